"""`guanxi decide`: what a decision table answers, and which rows hit."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from guanxi.cli.check import overlay, read_base, read_paths
from guanxi.cli.language import reader_words
from guanxi.cli.running import problems_text, refusal_text, run
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Catalog, compile_catalog
from guanxi.definitions.decisions import Decision
from guanxi.definitions.decisions.spreadsheet import table_csv
from guanxi.definitions.suggestions import nearest
from guanxi.errors import DefinitionsRefused, Invalid, Refused
from guanxi.rules.decision_facts import answer_json, outputs_json
from guanxi.rules.decisions import Undecided
from guanxi.web.strict_json import read_object

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("table")
@click.option("--facts", type=FILE, help="A JSON object: values by the name of the input.")
@click.option("--all", "many", type=FILE, help="One such object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the rows of the table as CSV instead.")
@click.option(
    "--definitions",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Take the table from this folder, over the base CRM, instead of the live release.",
)
def decide(
    table: str, facts: Path | None, many: Path | None, definitions: Path | None, *, as_csv: bool
) -> None:
    """Ask the decision table TABLE, and name the rows that hit.

    Prints one JSON object for each set of facts: `outputs`, `rows` (all that hit), `decided` (those that
    count); or `error`. Ends with 1 where the table has no answer for some of them.
    """
    if sum([facts is not None, many is not None, as_csv]) != 1:
        raise click.UsageError("Say one of --facts FILE.json, --all FILE.jsonl and --csv.")
    catalog = run(_live) if definitions is None else _of_folder(definitions)
    found = catalog.decisions.get(table)
    if found is None:
        raise click.ClickException(
            f'There is no decision table "{table}". {nearest(table, catalog.decisions)}'.strip()
        )
    if as_csv:
        data = {one.name: one.data for one in catalog.effective if one.kind == "decision"}
        click.echo(table_csv(data[table], data), nl=False)
        return
    # Lists, not generators: a line that is no JSON is told before anything is answered.
    given = [_read(facts, facts.read_bytes())] if facts else list(_lines(many))
    answers = [_answer(found, one) for one in given]
    for one in answers:
        click.echo(json.dumps(one, ensure_ascii=False))
    if any("error" in one for one in answers):
        raise click.exceptions.Exit(1)


async def _live(workspace: Workspace) -> Catalog:
    return await workspace.live()


def _of_folder(folder: Path) -> Catalog:
    base, found = read_base()
    own, problems = read_paths((folder,))
    if found or problems:
        raise click.ClickException(problems_text(found + problems))
    try:
        return compile_catalog(overlay(base, own))
    except DefinitionsRefused as refused:
        raise click.ClickException(problems_text(refused.problems)) from refused


def _lines(path: Path | None) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(path.read_bytes().splitlines() if path else (), 1):
        if line.strip():
            yield _read(f"{path}, line {number}", line)


def _read(where: object, content: bytes) -> Mapping[str, Any]:
    try:
        return read_object(content)
    except Refused as refused:
        raise click.ClickException(f"{where}: {refusal_text(refused)}") from refused


def _answer(table: Decision, facts: Mapping[str, Any]) -> dict[str, Any]:
    try:
        found = answer_json(table, facts)
    except Undecided as undecided:
        return {"error": reader_words(os.environ).say(undecided.message), "rows": []}
    except Invalid as refused:
        return {"error": refusal_text(refused), "rows": []}
    return {
        "outputs": outputs_json(table, found),
        "rows": list(found.rows),
        "decided": list(found.decided),
    }
