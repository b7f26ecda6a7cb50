"""Which field is which from release to release, so that a column follows its field and never its name."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from guanxi.definitions.documents import Document
from guanxi.definitions.fields.references import links_of

Key = tuple[str, str]
"""An entity and the path of a field: `("order", "lines.price")`; an empty path is the entity itself."""

ITSELF = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """The uids of all fields of a release, and how often each name was given out before.

    A uid is the name of first publication (`order.total`); a name that is given out again, after its field
    was gone, gets the next number (`order.total~2`): a new field, whose column is empty.
    """

    uids: Mapping[Key, str]
    used: Mapping[str, int]

    def restored(self, earlier: "Identity") -> "Identity":
        """The identity after a roll back to an earlier release: its uids; what was given out stays so."""
        names = {*self.used, *earlier.used}
        used = {name: max(self.used.get(name, 0), earlier.used.get(name, 0)) for name in names}
        return Identity(earlier.uids, MappingProxyType(used))

    def to_json(self) -> dict[str, Any]:
        """The form that is kept with a release."""
        uids: dict[str, dict[str, str]] = {}
        for (entity, path), uid in self.uids.items():
            uids.setdefault(entity, {})[path] = uid
        return {"uids": uids, "used": dict(self.used)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Identity":
        """What `to_json` wrote."""
        uids = {(entity, path): uid for entity, some in data["uids"].items() for path, uid in some.items()}
        return cls(MappingProxyType(uids), MappingProxyType(dict(data["used"])))


NOTHING = Identity(MappingProxyType({}), MappingProxyType({}))
"""Before the first release."""


def field_identity(documents: Iterable[Document], before: Identity | None = None) -> Identity:
    """The uids of all fields of effective documents, given those of the release before."""
    before = before or NOTHING
    known = _paths(before.uids)
    used, uids = dict(before.used), dict[Key, str]()
    for entity, data in _entities(documents):
        came_from = _origins(known.get(entity, frozenset()), data)
        for path in (ITSELF, *came_from):
            origin = (entity, came_from.get(path) or path)
            uid = before.uids.get(origin) if path == ITSELF or came_from[path] else None
            if uid is None:
                name = f"{entity}.{path}" if path else entity
                used[name] = used.get(name, 0) + 1
                uid = name if used[name] == 1 else f"{name}~{used[name]}"
            uids[entity, path] = uid
    return Identity(MappingProxyType(uids), MappingProxyType(used))


def renames_between(before: Iterable[Document], after: Iterable[Document]) -> dict[Key, str]:
    """The fields that have another path in `after`, by entity and path in `before`."""
    old = {entity: frozenset(dict(fields_of(data))) for entity, data in _entities(before)}
    return {
        (entity, origin): path
        for entity, data in _entities(after)
        for path, origin in _origins(old.get(entity, frozenset()), data).items()
        if origin and origin != path
    }


def fields_of(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The fields of an entity with their paths, those of its lines too."""
    for name, field in _fields(data).items():
        yield name, field
        for inner, column in _fields(field).items():
            yield f"{name}.{inner}", column


def _entities(documents: Iterable[Document]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for document in documents:
        if document.kind == "entity":
            yield document.name, document.data


def _paths(uids: Mapping[Key, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entity, path in uids:
        found.setdefault(entity, set()).add(path)
    return {entity: frozenset(paths) for entity, paths in found.items()}


def _origins(old: AbstractSet[str], data: Mapping[str, Any]) -> dict[str, str | None]:
    """The fields of an entity by path, each with its path before; None for one that is new."""
    found: dict[str, str | None] = {}
    outer = _matched({path for path in old if "." not in path}, _fields(data))
    for name, origin in outer.items():
        found[name] = origin
        inner = {path.partition(".")[2] for path in old if origin and path.startswith(f"{origin}.")}
        columns = _matched(inner - {ITSELF}, _columns(_fields(data)[name]))
        found |= {f"{name}.{column}": was and f"{origin}.{was}" for column, was in columns.items()}
    return found


def _fields(data: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The fields below an entity or lines; drafts may hold what is none."""
    fields = data.get("fields")
    members = fields.items() if isinstance(fields, Mapping) else ()
    return {name: field for name, field in members if isinstance(field, Mapping)}


def _columns(field: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """The fields of lines; links have theirs too, which no definition names."""
    return _fields(links_of(field) if field.get("type") == "references" else field)


def _matched(old: AbstractSet[str], fields: Mapping[str, Any]) -> dict[str, str | None]:
    """The names of fields, each with its name before: the same, or the latest earlier name that is gone."""
    free = set(old) - set(fields) - {ITSELF}
    found: dict[str, str | None] = {}
    for name in sorted(fields):
        earlier = fields[name].get("renamedFrom")
        names = earlier if isinstance(earlier, list) else ()
        origin = name if name in old else next((one for one in names if one in free), None)
        free.discard(origin or "")
        found[name] = origin
    return found
