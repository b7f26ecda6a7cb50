"""`guanxi init`: a workspace with the base CRM as its first release."""

import click

from guanxi.cli.check import read_base
from guanxi.cli.running import problems_text, read_settings, run
from guanxi.commands.releases.initialise import Initialised, initialise
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
