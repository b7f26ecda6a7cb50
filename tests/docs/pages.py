"""The parts of a documentation page that must be true: commands, files, changes to files, and output."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it is about, its lines."""

    kind: str
    file: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page in their order."""
    return [Block(kind, file or "", text) for kind, file, text in _BLOCK.findall(page.read_text("utf-8"))]


def changed(content: str, change: str) -> str:
    """A file after a block in the form of a diff: what stands there is found exactly once and replaced."""
    lines = change.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert content.count(before) == 1, f"found {content.count(before)} times:\n{before}"
    return content.replace(before, after)


def write(block: Block, folder: Path) -> None:
    """Make or change the file of a block in a folder."""
    path = folder / block.file
    if block.kind == "json":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")
    else:
        path.write_text(changed(path.read_text("utf-8"), block.text), "utf-8")
