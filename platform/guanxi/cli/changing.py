"""`guanxi plan`, `apply`, `diff`, `rollback` and `export`: changing a workspace while it runs."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from guanxi.cli.check import PATHS, read_paths
from guanxi.cli.plan_text import changes_text, plan_text
from guanxi.cli.running import OPERATOR, problems_text, run
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.documents import (
    changes_since,
    exported_from,
    files_of,
    put_over,
    refuse_moved,
    write_files,
)
from guanxi.commands.releases.mapping import read_mappings
from guanxi.commands.releases.plan import Plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.releases.roll_back import Release, find_release, list_releases, plan_roll_back
from guanxi.commands.releases.upgrading import upgrade_with
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Document
from guanxi.definitions.merging import Choice

NOTE = click.option("--note", default="", help="What the release is for; kept with it.")
ACCEPT = click.option(
    "--accept",
    type=click.Choice(["lossy"]),
    multiple=True,
    help="Publish although some values cannot be got back exactly.",
)
MAP = click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FIELD:OLD=NEW",
    help="What becomes of an option or a state that goes: order.status:waiting=open.",
)
CHOOSE = click.option(
    "--choose",
    multiple=True,
    metavar="PLACE=ours|theirs",
    help="Who is followed at a conflict with a new version of a pack: you or the pack.",
)
CHOICES = click.option(
    "--choices",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='A JSON file of such choices: {"entity/order:fields/note/label/en": "ours"}.',
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")


@click.command()
@PATHS
@MAP
@CHOOSE
@CHOICES
@AS_JSON
def plan(
    paths: tuple[Path, ...],
    maps: tuple[str, ...],
    choose: tuple[str, ...],
    choices: Path | None,
    *,
    as_json: bool,
) -> None:
    """Show what publishing the definitions in PATHS would do; nothing is changed.

    The class of each change is worked out from the records: additive, lossless, lossy (some values could not
    be got back), needsDecision (records stand against it).
    """
    own = _read(paths)
    made = run(lambda workspace: _plan(workspace, paths, own, _read_choices(choose, choices), maps))
    click.echo(_json(made) if as_json else plan_text(made))


@click.command()
@PATHS
@NOTE
@ACCEPT
@MAP
@CHOOSE
@CHOICES
def apply(
    paths: tuple[Path, ...],
    note: str,
    accept: tuple[str, ...],
    maps: tuple[str, ...],
    choose: tuple[str, ...],
    choices: Path | None,
) -> None:
    """Publish the definitions in PATHS as a new release, and print its plan.

    They are added to those that are live; one of the same kind and name takes the place of the live one. A
    folder made by `guanxi export` is all there is: what is not in it goes. A pack that comes in a newer
    version than the installed one is merged with what the workspace has made of it. All or nothing: where
    something stands against it, nothing is changed and the end is 1.
    """
    own = _read(paths)

    async def work(workspace: Workspace) -> None:
        made = await _plan(workspace, paths, own, _read_choices(choose, choices), maps)
        await _carry_out(workspace, made, accept, note)

    run(work)


@click.command()
@click.argument("release", default="")
def diff(release: str) -> None:
    """Show what is different from RELEASE (the beginning of its digest) to the live one.

    Without RELEASE from the one that was live before, and the list of all releases.
    """

    async def work(workspace: Workspace) -> str:
        found = await find_release(workspace, release)
        changes = await changes_since(workspace, found.digest)
        lines = [] if release else [_listed(await list_releases(workspace)), ""]
        return "\n".join(
            [*lines, f"From {found.digest[:12]} to the live release:", changes_text(changes or ())]
        )

    click.echo(run(work))


@click.command()
@click.argument("release", default="")
@NOTE
@ACCEPT
@MAP
@click.option("--plan", "only_plan", is_flag=True, help="Only show what it would do.")
def rollback(
    release: str, note: str, accept: tuple[str, ...], maps: tuple[str, ...], *, only_plan: bool
) -> None:
    """Go back to RELEASE (the beginning of its digest), or to the release that was live before this one.

    Fields that were removed since come back with their values, and so do those whose type was changed. The
    plan says before what cannot be restored.
    """

    async def work(workspace: Workspace) -> None:
        made = await plan_roll_back(workspace, OPERATOR, release, read_mappings(maps))
        if only_plan:
            click.echo(plan_text(made))
        else:
            await _carry_out(workspace, made, accept, note or f"Back to {made.to[:12]}")

    run(work)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write all definitions of the live release as files below FOLDER, to keep them under version control.

    `guanxi apply FOLDER` publishes what was changed in them; it refuses when another release is live by then.
    """

    async def work(workspace: Workspace) -> tuple[int, str]:
        live = await workspace.live()
        write_files(folder, files_of(live.documents, live.digest))
        return len(live.documents), live.digest

    count, digest = run(work)
    click.echo(f"{count} definitions of release {digest[:12]} are in {folder}.")


def _read(paths: tuple[Path, ...]) -> list[Document]:
    if not paths:
        raise click.UsageError("Say which files or folders.")
    own, problems = read_paths(paths)
    if problems:
        raise click.ClickException(problems_text(problems))
    return own


def _read_choices(choose: tuple[str, ...], file: Path | None) -> Mapping[str, Choice]:
    found: dict[str, Any] = {}
    if file is not None:
        try:
            read = json.loads(file.read_bytes())
        except ValueError as error:
            raise click.UsageError(f"{file} is not JSON: {error}") from error
        if not isinstance(read, dict):
            raise click.UsageError(f"{file} holds no object of choices.")
        found |= read
    found |= {place: side for place, _, side in (one.rpartition("=") for one in choose)}
    wrong = [place for place, side in found.items() if side not in ("ours", "theirs")]
    if wrong:
        raise click.UsageError(f"Choose ours or theirs at: {', '.join(wrong)}")
    return found


async def _plan(
    workspace: Workspace,
    paths: tuple[Path, ...],
    own: list[Document],
    choices: Mapping[str, Choice],
    maps: tuple[str, ...],
) -> Plan:
    live, values = (await workspace.live()).documents, read_mappings(maps)
    exported = exported_from(paths[0]) if len(paths) == 1 and paths[0].is_dir() else None
    if exported is not None:
        await refuse_moved(workspace, exported)
    upgrade = upgrade_with(live, own, choices, whole=exported is not None)
    if upgrade is not None:
        return await plan_change(workspace, OPERATOR, upgrade.documents, upgrade=upgrade, values=values)
    if choices:
        raise click.UsageError(
            "There is no conflict to choose at: no installed pack comes in a newer version."
        )
    documents = own if exported is not None else put_over(live, own)
    return await plan_change(workspace, OPERATOR, documents, values=values)


async def _carry_out(workspace: Workspace, made: Plan, accept: tuple[str, ...], note: str) -> None:
    if made.empty:
        click.echo(f"Nothing to change; {made.from_[:12]} is live.")
        return
    click.echo(plan_text(made))
    catalog = await apply_plan(workspace, OPERATOR, made, accept=accept, note=note)
    click.echo(f"Release {catalog.digest[:12]} is live.")


def _json(made: Plan) -> str:
    return json.dumps({"digest": made.digest, **made.to_json()}, ensure_ascii=False, indent=2)


def _listed(releases: Sequence[Release]) -> str:
    return "\n".join(
        f"{one.digest[:12]}  {one.created_at:%Y-%m-%d %H:%M}  {one.note}".rstrip() for one in releases
    )
