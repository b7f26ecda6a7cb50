"""Every place where a definition names a field, an option, a state or another definition.

The compiler says so itself: each name that it looks up and each expression that it reads is noted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanxi.definitions.catalog import Catalog
from guanxi.definitions.changes_identity import fields_of
from guanxi.definitions.compile import compile_effective
from guanxi.definitions.compiling import Named, Part, Said, Workshop
from guanxi.definitions.documents import Document
from guanxi.definitions.extension import Layered, layered
from guanxi.definitions.extension_paths import path_at, segments
from guanxi.definitions.uses_names import constants_in, names_in

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name within an effective definition: at a JSON pointer, from character `start` to `end` of the text.

    With `part.key` it is the last key of the pointer; where `start` is `end`, the text stands for it under
    another name.
    """

    document: Document
    pointer: str
    part: Part
    name: str
    start: int
    end: int

    @property
    def path(self) -> str:
        """The path of the place."""
        return path_at(self.document.data, self.pointer)


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of some documents, with the layers that they are made of."""

    layers: Layered
    all: tuple[Mention, ...]

    def of(self, what: str, of: str, name: str) -> list[Mention]:
        """The mentions of one part, in the order of definitions."""
        return [one for one in self.all if (one.part.what, one.part.of, one.name) == (what, of, name)]


@lru_cache(maxsize=4)
def mentions_in(catalog: Catalog) -> Mentions:
    """The mentions in the definitions of a catalog."""
    return mentions_of(catalog.documents)


def mentions_of(documents: Sequence[Document]) -> Mentions:
    """The mentions in packs and workspace; what does not compile is left out."""
    layers = layered(documents)
    named = {f"{one.kind}/{one.name}": one for one in layers.documents}
    workshop = Workshop(names={}, mentions=[])
    compile_effective([Document(file, one.data, one.pack) for file, one in named.items()], workshop)
    noted = workshop.mentions or []
    found = [mention for note in noted for mention in _mentions(note, named[note.file], workshop)]
    found += [mention for one in named.values() for mention in _defaults(one)]
    found.sort(key=lambda one: (one.document.kind, one.document.name))
    distinct = {
        (one.document.kind, one.document.name, one.pointer, one.part, one.name, one.start): one
        for one in found
    }
    return Mentions(layers, tuple(distinct.values()))


def text_at(data: Any, pointer: str) -> Any:
    """What a JSON pointer leads to, or None."""
    for segment in segments(pointer.removeprefix("/")):
        if isinstance(data, list):
            data = data[int(segment)] if segment.isdecimal() and int(segment) < len(data) else None
        else:
            data = data.get(segment) if isinstance(data, dict) else None
    return data


def _mentions(note: Named | Said, document: Document, workshop: Workshop) -> Iterator[Mention]:
    text = text_at(document.data, note.pointer)
    if isinstance(note, Named):
        start, end = (0, 0) if note.part.key else _within(text, note)
        yield Mention(document, note.pointer, note.part, note.name, start, end)
        return
    # A value position holds its expression behind "= ".
    shift = text.find(note.text) if isinstance(text, str) else 0
    shift = shift if note.offset is None else note.offset
    for one in names_in(note.text, workshop.shapes, note.root):
        yield Mention(document, note.pointer, one.part, one.name, shift + one.start, shift + one.end)
    field, options = _select_of(document, note.pointer)
    for word, start, end in constants_in(note.text) if options else ():
        if word in options:
            part = Part("option", f"{document.name}.{field}")
            yield Mention(document, note.pointer, part, word, shift + start, shift + end)


def _within(text: Any, note: Named) -> tuple[int, int]:
    """The characters of a name in a text such as `-total` or `lines.price`; none if it is not in there."""
    words = list(_WORD.finditer(text if isinstance(text, str) else ""))
    depth = note.part.of.count(".") if len(words) > 1 else 0
    if depth < len(words) and words[depth][0] == note.name:
        return words[depth].span()
    return (0, len(note.name)) if text == note.name else (0, 0)


def _select_of(document: Document, pointer: str) -> tuple[str, set[str]]:
    """The select that an expression fills, by its path, and its options; no options where it fills none."""
    keys = segments(pointer.removeprefix("/"))
    if document.kind != "entity" or keys[-1:] not in (("formula",), ("suggest",), ("default",)):
        return "", set()
    name = ".".join(keys[1:-1:2])
    field = dict(fields_of(document.data)).get(name, {})
    return name, {one["name"] for one in field["options"]} if field.get("type") == "select" else set()


def _defaults(document: Document) -> Iterator[Mention]:
    """Options that a default names as they are."""
    for name, field in fields_of(document.data) if document.kind == "entity" else ():
        default, head = field.get("default"), "".join(f"/fields/{part}" for part in name.split("."))
        part = Part("option", f"{document.name}.{name}")
        if field.get("type") == "select" and isinstance(default, str) and not default.startswith("= "):
            yield Mention(document, f"{head}/default", part, default, 0, len(default))
        for index, one in enumerate(default if isinstance(default, list) else ()):
            yield Mention(document, f"{head}/default/{index}", part, one, 0, len(one))
