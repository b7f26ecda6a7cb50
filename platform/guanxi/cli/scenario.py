"""`guanxi scenario`: play stories in a workspace of their own, and say where one goes otherwise than told."""

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from guanxi.cli.check import overlay, read_base
from guanxi.cli.language import reader_words
from guanxi.cli.running import Unreachable, problems_text, refusal_text
from guanxi.clock import SystemClock
from guanxi.definitions import Document
from guanxi.errors import N_, DefinitionsRefused, Refused, Text, Unavailable
from guanxi.scenarios import Difference, Scenario, play, read_scenario
from guanxi.scenarios.staged import staged
from guanxi.scenarios.telling import told
from guanxi.scenarios.watching import NotReplayed
from guanxi.storage.throwaway import throwaway_database

AS_TOLD = N_("{number} of {count} scenarios went as told.")
OTHERWISE = N_("Step {number} went otherwise than told.")
EXPECTED = N_("expected {name}: {value}")
GOT = N_("got {name}: {value}")
NOTHING = N_("nothing")
REFUSED = N_("refused: {code}")


@click.command()
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--database",
    default=None,
    metavar="URL",
    help="Play on this PostgreSQL server, in a database of its own that is dropped afterwards.",
)
@click.option("--quiet", is_flag=True, help="Print only what goes otherwise than told.")
def scenario(paths: tuple[Path, ...], database: str | None, *, quiet: bool) -> None:
    """Play the scenarios in PATHS: folders with a steps.json, or folders of such folders.

    Each is played from its own beginning in a workspace that is thrown away, under a clock that only the
    story moves; every step is printed. Ends with 1 at the first step of which something else comes than is
    told, with what was expected and what came.
    """
    folders = [folder for path in paths for folder in _folders(path)]
    if not folders:
        raise click.ClickException("There is no scenario here: a scenario is a folder with a steps.json.")
    for number, folder in enumerate(folders):
        try:
            different = asyncio.run(_play(folder, database, quiet=quiet))
        except DefinitionsRefused as refused:
            raise click.ClickException(problems_text(refused.problems)) from refused
        except Refused as refused:
            raise click.ClickException(f"{folder}: {refusal_text(refused)}") from refused
        except (NotReplayed, ValueError) as error:
            raise click.ClickException(f"{folder}: {error}") from error
        except Unavailable as error:
            raise Unreachable(str(error)) from error
        if different is not None:
            _say_difference(different)
            click.echo(_say(AS_TOLD(number=number, count=len(folders))))
            raise click.exceptions.Exit(1)
    click.echo(_say(AS_TOLD(number=len(folders), count=len(folders))))


def _folders(path: Path) -> list[Path]:
    if (path / "steps.json").is_file():
        return [path]
    return sorted(found.parent for found in path.glob("*/steps.json"))


async def _play(folder: Path, database: str | None, *, quiet: bool) -> Difference | None:
    story = read_scenario(folder)
    if not quiet:
        click.echo(story.title)

    def tell(number: int, step: Mapping[str, Any], refused: str | None) -> None:
        if not quiet:
            end = f" ({_say(REFUSED(code=refused))})" if refused else ""
            click.echo(f"  {number}. {'; '.join(map(_say, told(step)))}{end}")

    async with (
        throwaway_database(database, f"guanxi_{SystemClock().unique_id().hex}") as url,
        staged(story, documents_of(story), url) as world,
    ):
        return await play(story, world, tell)


def documents_of(story: Scenario) -> Sequence[Document]:
    """All definitions under which a scenario is played."""
    if not story.base:
        return story.definitions
    base, problems = read_base()
    if problems:
        raise DefinitionsRefused(problems)
    return overlay(base, list(story.definitions))


def _say_difference(different: Difference) -> None:
    click.echo(_say(OTHERWISE(number=different.number)))
    for name in dict.fromkeys([*different.expected, *different.got]):
        for sentence, values in ((EXPECTED, different.expected), (GOT, different.got)):
            value = json.dumps(values[name], ensure_ascii=False) if name in values else _say(NOTHING)
            click.echo(f"    {_say(sentence(name=name, value=value))}")


def _say(text: Text) -> str:
    return reader_words(os.environ).say(text)
