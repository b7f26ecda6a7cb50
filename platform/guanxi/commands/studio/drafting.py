"""The draft laid over the live release: definitions as they would be, and what is wrong with them."""

import copy
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.definitions import Catalog, Document, compile_catalog
from guanxi.definitions.changes import Change, apply_changes, changes_between
from guanxi.definitions.documents import canonical
from guanxi.definitions.extension_making import saved
from guanxi.definitions.extension_paths import inside
from guanxi.errors import DefinitionProblem, DefinitionsRefused
from guanxi.storage.drafts import StoredDraft

Key = tuple[str, str]
Definitions = dict[Key, Any]
"""Effective definitions by kind and name."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft as it stands.

    `definitions` are the effective ones with the draft's changes; `documents` are what publishing would make
    live; `catalog` is None while there are `problems`. `clashes` are changes whose place a release has
    changed meanwhile: the release is kept until somebody discards them.
    """

    live: Catalog
    rows: tuple[StoredDraft, ...] = ()
    definitions: Mapping[Key, Any] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    catalog: Catalog | None = None
    problems: tuple[DefinitionProblem, ...] = ()
    clashes: frozenset[Key] = frozenset()
    changes: tuple[Change, ...] = ()

    @property
    def mark(self) -> str:
        """Names this state of draft and release, for who wants to act on just this."""
        state = [
            self.live.digest,
            *([row.kind, row.name, row.updated_at.isoformat(), row.version] for row in self.rows),
        ]
        return print_of(state)

    @property
    def entities(self) -> Mapping[str, Any]:
        """The entities of the draft by name, as data."""
        return {name: data for (kind, name), data in self.definitions.items() if kind == "entity"}


def of_release(live: Catalog) -> Definitions:
    """The definitions that are live."""
    return {(one.kind, one.name): one.data for one in live.effective}


def drafted(live: Catalog, rows: Sequence[StoredDraft]) -> Drafted:
    """Lay the rows of a draft over the live release, and compile it."""
    definitions, clashes = laid_over(of_release(live), rows)
    documents = documents_of(live, definitions)
    catalog, problems = _compiled(documents) if rows else (live, ())
    effective = [Document(f"{kind}/{name}", data) for (kind, name), data in definitions.items()]
    return Drafted(
        live=live,
        rows=tuple(rows),
        definitions=definitions,
        documents=tuple(documents),
        catalog=catalog,
        problems=problems,
        clashes=frozenset(clashes),
        changes=changes_between(live.effective, effective) if rows else (),
    )


def laid_over(live: Definitions, rows: Iterable[StoredDraft]) -> tuple[Definitions, set[Key]]:
    """The live definitions with the changes of the rows, and the rows whose place was changed meanwhile."""
    definitions, clashes = dict(live), set[Key]()
    for row in rows:
        key = (row.kind, row.name)
        data, clash = _moved_on(live.get(key), row)
        if clash:
            clashes.add(key)
        elif data is None:
            definitions.pop(key, None)
        else:
            definitions[key] = data
    return definitions, clashes


def documents_of(live: Catalog, definitions: Mapping[Key, Any]) -> list[Document]:
    """The documents that make these definitions of the live ones: extensions over packs, and own ones."""
    before = of_release(live)
    documents = list(live.documents)
    for key in before.keys() - definitions.keys():
        documents = [one for one in documents if (one.kind, one.name) != key]
    for key, data in definitions.items():
        if key not in before or not alike(before[key], data):
            documents = saved(documents, copy.deepcopy(data))
    return documents


def print_of(data: Any) -> str:
    """A short mark of some JSON: who has looked at it can say so."""
    return hashlib.sha256(canonical(data)).hexdigest()[:16]


def alike(one: Any, other: Any) -> bool:
    """Whether two definitions say the same; the order of keys means nothing."""
    return canonical(one) == canonical(other)


def _moved_on(live: Any, row: StoredDraft) -> tuple[Any, bool]:
    """A row's definition on what is live by now, and whether the two cannot be had together."""
    if alike(live, row.base) or alike(live, row.data):
        return row.data, False
    if live is None or row.base is None or row.data is None:
        return None, True
    base, now, wanted = ([Document("", data)] for data in (row.base, live, row.data))
    theirs, ours = changes_between(base, now), changes_between(base, wanted)
    if any(inside(a.path, b.path) or inside(b.path, a.path) for a in theirs for b in ours):
        return None, True
    return apply_changes(now, ours)[0].data, False


def _compiled(documents: Sequence[Document]) -> tuple[Catalog | None, tuple[DefinitionProblem, ...]]:
    try:
        return compile_catalog(documents), ()
    except DefinitionsRefused as refused:
        return None, refused.problems
