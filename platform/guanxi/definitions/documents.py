"""Reading definitions: JSON files to documents, within limits, and the digest that names their content."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from guanxi.errors import DefinitionProblem

MAX_BYTES = 1_000_000
"""The largest definition, in bytes; a large entity has about 50,000."""
MAX_DEPTH = 32
"""How deep lists and objects may nest; an approval of an approval's branches needs about 15."""
MAX_MEMBERS = 500
"""The most elements of one list or entries of one object; no schema allows more than 300."""
MAX_PARTS = 10_000
"""The most values and keys of one definition; a large entity has about 3,000."""
MAX_DOCUMENTS = 5_000
META = "meta"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """One definition as it was written. `file` only says where; the meaning is in `data`.

    `pack` is the pack that brings it; empty for what is the workspace's own.
    """

    file: str
    data: Any
    pack: str = ""

    @property
    def kind(self) -> str:
        """Its kind, or an empty text where it has none."""
        return self._text("kind")

    @property
    def name(self) -> str:
        """Its name, or an empty text where it has none."""
        return self._text("name")

    def _text(self, key: str) -> str:
        value = self.data.get(key) if isinstance(self.data, Mapping) else None
        return value if isinstance(value, str) else ""


class _NotStrict(ValueError):
    """Something that JSON readers take and the standard does not, or that would be lost in reading."""


def read_folder(*folders: Path) -> tuple[list[Document], list[DefinitionProblem]]:
    """All `*.json` below the folders but those of `meta`, and what is wrong with the unreadable ones.

    The file of a document begins with the name of the folder: `schemas/entities/order.json`. A document
    belongs to the pack whose own document is in the nearest folder above, or in a folder beside.
    """
    documents: list[Document] = []
    problems: list[DefinitionProblem] = []
    places: list[Path] = []
    for file, path in _files(folders):
        if len(documents) >= MAX_DOCUMENTS:
            problems.append(
                DefinitionProblem(file, "", f"more than {MAX_DOCUMENTS} definitions", "split the pack")
            )
            break
        if path.stat().st_size > MAX_BYTES:
            problems.append(_too_large(file))
            continue
        document = read_document(file, path.read_bytes())
        if isinstance(document, DefinitionProblem):
            problems.append(document)
        else:
            documents.append(document)
            places.append(path.parent.resolve())
    roots = [folder.resolve() for folder in folders]
    return _with_packs(documents, places, roots), problems


def read_document(file: str, content: bytes) -> Document | DefinitionProblem:
    """One document from the bytes of a JSON file, or why it cannot be read."""
    if len(content) > MAX_BYTES:
        return _too_large(file)
    try:
        text = content.decode("utf-8")
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)
    except UnicodeDecodeError as error:
        return DefinitionProblem(file, "", f"not UTF-8 at byte {error.start}", "save the file as UTF-8")
    except json.JSONDecodeError as error:
        return DefinitionProblem(
            file, "", f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        )
    except RecursionError:
        return DefinitionProblem(file, "", f"nested deeper than {MAX_DEPTH} levels", "name the parts")
    except _NotStrict as error:
        return DefinitionProblem(file, "", str(error), "JSON does not allow it in a definition")
    return Document(file, data)


def canonical(data: Any) -> bytes:
    """The one way to write a JSON value: sorted keys, no white space, UTF-8."""
    return json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest_of(documents: Iterable[Document]) -> str:
    """The SHA-256 (hexadecimal) of what the documents hold, and whose they are, whatever their order."""
    ordered = sorted(documents, key=lambda document: (document.kind, document.name))
    return hashlib.sha256(canonical([stored(document) for document in ordered])).hexdigest()


def stored(document: Document) -> Any:
    """A document as a release keeps it: its data, with the pack that brings it."""
    return {"pack": document.pack, "definition": document.data} if document.pack else document.data


def from_stored(item: Any) -> Document:
    """What `stored` wrote; the file of the document is its kind and name."""
    brought = isinstance(item, Mapping) and item.keys() == {"pack", "definition"}
    document = Document("", item["definition"], item["pack"]) if brought else Document("", item)
    return replace(document, file=f"{document.kind}/{document.name}")


def flaw(data: Any) -> str:
    """Why a value cannot be kept as a definition, or an empty text: too deep, too much, not JSON, a float.

    Floats are refused because two readers may read one differently; decimals are written as texts.
    """
    stack, parts = [(data, 0)], 0
    while stack:
        value, depth = stack.pop()
        parts += 1
        found = _scalar_flaw(value)
        if depth > MAX_DEPTH:
            found = f"nested deeper than {MAX_DEPTH} levels"
        elif isinstance(value, Mapping | list) and len(value) > MAX_MEMBERS:
            found = f"a list or object with more than {MAX_MEMBERS} members"
        elif parts > MAX_PARTS:
            found = f"more than {MAX_PARTS:,} values and keys"
        if found:
            return found
        if isinstance(value, Mapping):
            stack += [(one, depth + 1) for pair in value.items() for one in pair]
        elif isinstance(value, list):
            stack += [(one, depth + 1) for one in value]
    return ""


def _scalar_flaw(value: object) -> str:
    if isinstance(value, str):
        return "a text holds a character that cannot be stored" if _UNSTORABLE.search(value) else ""
    if isinstance(value, int):
        return "" if abs(value) < 2**63 else "a whole number of more than 64 bits"
    if isinstance(value, float):
        return f"the number {value!r} is not whole: write it as a text"
    known = value is None or isinstance(value, Mapping | list)
    return "" if known else f"{type(value).__name__} is no JSON value"


def _files(folders: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for folder in folders:
        for path in sorted(folder.rglob("*.json")):
            inside = path.relative_to(folder)
            if inside.parts[0] != META:
                yield str(Path(folder.name) / inside), path


def _with_packs(
    documents: Sequence[Document], places: Sequence[Path], roots: Sequence[Path]
) -> list[Document]:
    """The documents with the packs that they belong to."""
    packs = {place: one.name for one, place in zip(documents, places, strict=True) if one.kind == "pack"}
    beside = {root.parent: packs[root] for root in roots if root in packs}
    found = []
    for document, place in zip(documents, places, strict=True):
        root = next(root for root in roots if place.is_relative_to(root))
        above = (one for one in (place, *place.parents) if one.is_relative_to(root))
        pack = next((packs[one] for one in above if one in packs), beside.get(root.parent, ""))
        found.append(replace(document, pack=pack))
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _NotStrict(f'the key "{key[:60]}" occurs twice in one object')
        found[key] = value
    return found


def _constant(name: str) -> Any:
    raise _NotStrict(f"{name} is not a number of JSON")


def _integer(text: str) -> int:
    if len(text) > 20:
        raise _NotStrict("a whole number of more than 19 digits")
    return int(text)


def _too_large(file: str) -> DefinitionProblem:
    return DefinitionProblem(file, "", f"larger than {MAX_BYTES:,} bytes", "split the definition")
