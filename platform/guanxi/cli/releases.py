"""`guanxi init` and `guanxi apply`: from definitions to a live release."""

from pathlib import Path

import click

from guanxi.cli.check import PATHS, overlay, read_base, read_paths
from guanxi.cli.running import OPERATOR, problems_text, read_settings, run
from guanxi.commands.releases.initialise import Initialised, initialise
from guanxi.commands.releases.publish import publish_documents
from guanxi.commands.workspace import Workspace


@click.command()
def init() -> None:
    """Make the workspace: its database, the platform's tables, the base CRM as the first release.

    On a workspace that exists it only brings the platform's own tables up to date. It creates no person and
    no password: `guanxi user add NAME EMAIL --role admin` does, with a one-time link.
    """
    done = run(initialise_base)
    place = "the database" if not read_settings().embedded else str(read_settings().home)
    if done.published:
        click.echo(f"Workspace made in {place}; release {done.digest[:12]} is live.")
        click.echo("Next: guanxi user add NAME EMAIL --role admin, then guanxi serve.")
    else:
        click.echo(f"The workspace in {place} is up to date; release {done.digest[:12]} is live.")


async def initialise_base(workspace: Workspace) -> Initialised:
    """Initialise a workspace with the definitions that ship with the product."""
    documents, problems = read_base()
    if problems:
        raise click.ClickException(problems_text(problems))
    return await initialise(workspace, documents)


@click.command()
@PATHS
@click.option("--note", default="", help="What the release is for; kept with it.")
def apply(paths: tuple[Path, ...], note: str) -> None:
    """Publish the definitions in PATHS as a new release.

    They are added to those that are live; one of the same kind and name takes the place of the live one.
    All or nothing: where there are problems, nothing is changed and the end is 1.
    """
    if not paths:
        raise click.UsageError("Say which files or folders to apply.")
    own, problems = read_paths(paths)
    if problems:
        raise click.ClickException(problems_text(problems))

    async def publish(workspace: Workspace) -> tuple[str, bool]:
        live = await workspace.live()
        documents = overlay(list(live.documents), own)
        catalog = await publish_documents(workspace, OPERATOR, documents, live.digest, note)
        return catalog.digest, catalog.digest != live.digest

    digest, changed = run(publish)
    click.echo(f"Release {digest[:12]} is live." if changed else f"Nothing to change; {digest[:12]} is live.")
