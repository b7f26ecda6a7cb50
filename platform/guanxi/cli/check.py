"""`guanxi check`: do definitions compile?"""

import os
from pathlib import Path

import click

from guanxi import resources
from guanxi.cli.language import reader_words
from guanxi.cli.running import problems_text
from guanxi.definitions import compile_catalog
from guanxi.definitions.documents import Document, read_document, read_folder
from guanxi.definitions.proving import warnings_of
from guanxi.definitions.unlocked import unlocked_reads
from guanxi.errors import DefinitionProblem, DefinitionsRefused

PATHS = click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))


@click.command()
@PATHS
def check(paths: tuple[Path, ...]) -> None:
    """Check the base definitions together with those in PATHS.

    A definition in PATHS takes the place of the base one of the same kind and name. Nothing is changed.
    Ends with 1 where there are problems; each names file and place. What could not be proved of decision
    tables is said, what should be looked at in processes, and which formulas of lockable records follow
    what is not locked.
    """
    base, found = read_base()
    own, own_problems = read_paths(paths)
    if found or own_problems:
        raise click.ClickException(problems_text(found + own_problems))
    try:
        catalog = compile_catalog(overlay(base, own))
    except DefinitionsRefused as refused:
        raise click.ClickException(problems_text(refused.problems)) from refused
    words = reader_words(os.environ)
    for table in catalog.decisions.values():
        for unproved in table.unproved:
            click.echo(f"decision/{table.name}: {words.say(unproved)}")
    for one in unlocked_reads(catalog):
        click.echo(f"entity/{one.entity}#/fields/{one.path}: {words.say(one.said)}")
    for process, flaw in warnings_of(catalog):
        click.echo(f"{process.name}: {words.say(flaw.text)} {words.say(flaw.hint)}")
    click.echo(f"{len(overlay(base, own))} definitions, no problems.")


def read_base() -> tuple[list[Document], list[DefinitionProblem]]:
    """The definitions that ship with the product."""
    return read_folder(resources.folder("schemas"), resources.folder("workflows"))


def read_paths(paths: tuple[Path, ...]) -> tuple[list[Document], list[DefinitionProblem]]:
    """The definitions in files and below folders."""
    documents: list[Document] = []
    problems: list[DefinitionProblem] = []
    for path in paths:
        if path.is_dir():
            found, wrong = read_folder(path.resolve())
            documents += found
            problems += wrong
            continue
        document = read_document(str(path), path.read_bytes())
        if isinstance(document, Document):
            documents.append(document)
        else:
            problems.append(document)
    return documents, problems


def overlay(base: list[Document], own: list[Document]) -> list[Document]:
    """The base with the own documents added; one of the same kind and name takes the place."""
    replaced = {(document.kind, document.name) for document in own}
    return [document for document in base if (document.kind, document.name) not in replaced] + own
