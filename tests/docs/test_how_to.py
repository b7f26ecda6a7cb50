"""What the how-to guides tell to type exists, and what they tell to write compiles."""

import json
import re
import shlex
import shutil
from typing import Any

import click
import pytest

from guanxi import resources
from guanxi.cli import main
from guanxi.cli.check import overlay, read_base, read_paths
from guanxi.definitions import check_documents
from tests.docs.pages import DOCS, blocks, write

PAGES = sorted((DOCS / "how-to").glob("*.md"))
INLINE = re.compile(
    r"`(?:guanxi )?((?:init|serve|work|tick|jobs|secret set|check|apply|user add|user link|token"
    r"|verify-audit)(?: [^`]*)?)`"
)


def commands(page):
    for block in blocks(page):
        if block.kind == "sh":
            for line in block.text.splitlines():
                if ".venv/bin/guanxi " in line:
                    yield shlex.split(line.partition(".venv/bin/guanxi ")[2])
    yield from (shlex.split(found) for found in INLINE.findall(page.read_text("utf-8")))


def understood(words):
    """Parse a command as the program would; an unknown command or option raises."""
    command: Any = main
    context = click.Context(main)
    while isinstance(command, click.Group):
        name, command, words = command.resolve_command(context, words)
        context = click.Context(command, parent=context, info_name=name)
    known = {option for parameter in command.params for option in parameter.opts}
    options = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert options <= known, options - known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_and_options_exist(page):
    for words in commands(page):
        understood(list(words))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_definitions_compile(page, tmp_path):
    given = [block for block in blocks(page) if block.kind in ("json", "diff")]
    written = [block for block in given if block.file]
    assert all(json.loads(block.text) for block in given if not block.file)
    shipped = {
        path.name: path
        for name in ("schemas", "workflows")
        for path in resources.folder(name).rglob("*.json")
    }
    for block in written:
        path = tmp_path / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        if block.kind == "diff" and not path.exists():
            shutil.copy(shipped[path.name], path)
        write(block, tmp_path)
    if written:
        own, unreadable = read_paths((tmp_path,))
        assert not unreadable
        assert not list(check_documents(overlay(read_base()[0], own)))


def test_the_index_leads_to_every_page():
    index = (DOCS / "README.md").read_text("utf-8")
    for page in DOCS.rglob("*.md"):
        inner = page.relative_to(DOCS)
        section = f"({inner.parent}/README.md)"
        if page.name == "README.md" and page.parent == DOCS:
            continue
        assert f"({inner})" in index or section in index, inner
