"""Places in definitions in the words of the business: `List of Order › Views › Mine › Condition`."""

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.definitions.documents import Document
from guanxi.definitions.extension_paths import MISSING, segments, step
from guanxi.definitions.labels import Label, humanised
from guanxi.definitions.uses_vocabulary import KEYS, KINDS, LANGUAGES, ROWS, SILENT, VIEWS, WITHIN
from guanxi.errors import N_, Sentence, Text

Key = tuple[str, str]
INSIDE = N_("{outer} › {inner}")
NAMED = N_("{name}")


class Words:
    """Says places of effective documents; where labels of entities and fields are missing, their names."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._data: dict[Key, Any] = {(one.kind, one.name): one.data for one in documents}

    def definition(self, kind: str, name: str) -> Sentence:
        """A definition: `List of Order`."""
        data = self._data.get((kind, name), {})
        if kind == "layout":
            return VIEWS.get(str(data.get("view")), NAMED)(name=self.entity(str(data.get("of", name))))
        if kind == "stages":
            return KINDS[kind](name=self.entity(str(data.get("of", name))))
        return KINDS.get(kind, NAMED)(name=_label(data, name))

    def entity(self, name: str) -> Label:
        """The label of an entity, or of lines (`order.lines`)."""
        outer, _, lines = name.partition(".")
        data = self._data.get(("entity", outer), {})
        return _label(_members(data, "fields").get(lines, {}), lines) if lines else _label(data, outer)

    def field(self, entity: str, path: str) -> Sentence:
        """The label of a field; of a field of lines with that of the lines before."""
        data: Any = self._data.get(("entity", entity), {})
        said: Sentence | None = None
        for name in path.split("."):
            data = _members(data, "fields").get(name, {})
            said = _joined(said, _label(data, name))
        return said or humanised(path)

    def place(self, kind: str, name: str, path: str) -> Sentence:
        """A place of a definition, beginning with the definition."""
        return _joined(self.definition(kind, name), *self.parts(kind, name, path))

    def parts(self, kind: str, name: str, path: str) -> list[Sentence]:
        """A place within a definition, from the outside to the inside."""
        data = self._data.get((kind, name), {})
        keys, found, holder = segments(path), list[Sentence](), data
        of = name if kind == "entity" else str(data.get("of", ""))
        for depth, key in enumerate(keys):
            following = step(holder, key)
            member = depth > 0 and (isinstance(holder, list) or keys[depth - 1] in _MAPS)
            if kind == "role" and depth == 1:
                of = key
                said: Sentence = self.entity(key)
            elif member:
                said = self._member(of, key, following, keys[depth - 1])
            elif depth and keys[depth - 1] in ("label", "plural", "help", "message"):
                said = LANGUAGES.get(key) or humanised(key)
            elif key in SILENT and depth + 1 < len(keys):
                holder = following
                continue
            else:
                said = WITHIN.get((kind, key)) or KEYS.get(key) or humanised(key)
            found.append(said)
            holder = following
        return found

    def _member(self, of: str, key: str, element: Any, container: str) -> Sentence:
        """A member of a list or map by its label, or that of the field that it names."""
        if isinstance(element, Mapping) and "label" in element:
            return _label(element, key)
        fields = _members(self._data.get(("entity", of), {}), "fields")
        name = key.lstrip("-")
        if container in _OF_FIELDS and name in fields:
            return _label(fields[name], name)
        if container == "entities" or ("entity", key) == (container, key):
            return self.entity(key)
        return ROWS.get(key, humanised(key)) if isinstance(element, Mapping) else humanised(key)


_MAPS = frozenset({"fields", "input", "transitions", "grants"})
"""Keys of maps whose members have names of their own."""
_OF_FIELDS = frozenset(
    {
        "columns",
        "except",
        "fields",
        "filters",
        "highlight",
        "noOverlap",
        "requires",
        "search",
        "sort",
        "unique",
        "watch",
    }
)
"""Keys of lists and maps whose members are called as fields."""


def _label(data: Any, name: str) -> Label:
    label = data.get("label") if isinstance(data, Mapping) else None
    return label if isinstance(label, Mapping) and label else humanised(name)


def _members(data: Any, key: str) -> Mapping[str, Any]:
    found = data.get(key) if isinstance(data, Mapping) and data is not MISSING else None
    return found if isinstance(found, Mapping) else {}


def _joined(outer: Sentence | None, *inner: Sentence) -> Sentence:
    said = outer
    for one in inner:
        said = one if said is None else INSIDE(outer=said, inner=one)
    return said if said is not None else Text("")
