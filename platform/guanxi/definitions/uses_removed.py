"""What two sets of definitions differ by that was there and is gone, and who still uses it."""

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guanxi.definitions.changes import apply_changes, changes_between, field_path
from guanxi.definitions.changes_identity import fields_of
from guanxi.definitions.documents import Document
from guanxi.definitions.extension import Layered, layered
from guanxi.definitions.extension_paths import MISSING, inside, parent_of, pointer_at, value_at
from guanxi.definitions.meta import kinds, schema_problems
from guanxi.definitions.uses import Target, Use, field_target, uses_in
from guanxi.definitions.uses_mentions import mentions_of
from guanxi.definitions.uses_words import Words
from guanxi.errors import DefinitionProblem, Sentence

Key = tuple[str, str]
SHOWN = 8
_WHOLE = kinds() - {"extension", "layout", "stages"}
"""The kinds that others name as a whole."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that is gone from `kind/name` (at a path; the empty path is all of it) and is still used."""

    kind: str
    name: str
    path: str
    what: Sentence
    uses: tuple[Use, ...]
    file: str
    pointer: str


def removed_in_use(before: Sequence[Document], after: Sequence[Document]) -> tuple[Removed, ...]:
    """What is gone from `before` to `after` (packs and workspace) though something in `after` uses it.

    Nothing is told where the shape of `before` does not hold: such documents were never live.
    """
    old, new = layered(before), layered(after)
    if any(schema_problems(one) for one in old.documents):
        return ()
    changes = changes_between(old.documents, new.documents)
    called_as_now = apply_changes(old.documents, [one for one in changes if one.what == "renamed"])
    gone = _gone(called_as_now, new.documents)
    if not gone:
        return ()
    mentions = mentions_of(_restored(called_as_now, new.documents, gone))
    there = {(one.kind, one.name): one for one in new.documents}
    words = Words(called_as_now)
    found = []
    for (kind, name, path), targets in gone.items():
        uses = tuple(
            _as_written(use, new) for use in uses_in(mentions, targets) if _remains(use, there, gone)
        )
        if uses:
            file, pointer = _where(new, old, (kind, name), path)
            found.append(Removed(kind, name, path, words.place(kind, name, path), uses, file, pointer))
    return tuple(found)


def refuse_removed(before: Sequence[Document], after: Sequence[Document]) -> list[DefinitionProblem]:
    """A problem for each thing that was removed and is still used, with its uses; where it was removed."""
    return [
        DefinitionProblem(one.file, one.pointer, f"{one.what} is gone and still used", _listed(one.uses))
        for one in removed_in_use(before, after)
    ]


def _listed(uses: Sequence[Use]) -> str:
    shown = "; ".join(str(use.where) for use in uses[:SHOWN])
    more = f" and {len(uses) - SHOWN} more" if len(uses) > SHOWN else ""
    return f"used by: {shown}{more}"


Place = tuple[str, str, str]
Gone = dict[Place, list[Target]]


def _gone(before: Iterable[Document], after: Iterable[Document]) -> Gone:
    """The places that are gone, each with what can no longer be named."""
    old = {(one.kind, one.name): one for one in before}
    new = {(one.kind, one.name): one for one in after}
    found: Gone = {}
    for (kind, name), document in old.items():
        other = new.get((kind, name))
        if other is None:
            if kind in _WHOLE:
                found[kind, name, ""] = [(kind, "", name)]
            continue
        for path, targets in _parts(document):
            if value_at(other.data, path) is MISSING:
                found[kind, name, path] = targets
    return {
        (kind, name, path): targets
        for (kind, name, path), targets in found.items()
        if not any((kind, name, above) in found for above in _above(path))
    }


def _above(path: str) -> Iterator[str]:
    while path:
        path = parent_of(path)
        yield path


def _parts(document: Document) -> Iterator[tuple[str, list[Target]]]:
    """What can be named of a definition, with its place."""
    data, name = document.data, document.name
    if document.kind == "entity":
        for field, item in fields_of(data):
            yield field_path(field), [field_target(name, field)]
            for option in item.get("options", ()):
                place = f"{field_path(field)}/options/{option['name']}"
                yield place, [("option", f"{name}.{field}", option["name"])]
    elif document.kind == "stages":
        for state in data["states"]:
            option = ("option", f"{data['of']}.{data['field']}", state["name"])
            yield f"states/{state['name']}", [("state", data["of"], state["name"]), option]
        for transition in data["transitions"]:
            yield f"transitions/{transition}", [("transition", data["of"], transition)]
    elif document.kind in ("approval", "automation"):
        for path, step in _steps(data, ""):
            yield path, [("step", name, step)]


def _steps(data: Mapping[str, Any], way: str) -> Iterator[tuple[str, str]]:
    for key in ("steps", "otherwise"):
        for step in data.get(key, ()):
            path = f"{way}{key}/{step['name']}"
            yield path, step["name"]
            for branch in step.get("branches", ()):
                yield from _steps(branch, f"{path}/branches/{branch['name']}/")
            yield from _steps({"otherwise": step.get("otherwise", ())}, f"{path}/")


def _restored(before: Iterable[Document], after: Iterable[Document], gone: Gone) -> list[Document]:
    """The definitions of `after` with what is gone put back, so that it can be named; without extensions."""
    old = {(one.kind, one.name): one for one in before}
    new = {(one.kind, one.name): replace(one, data=copy.deepcopy(one.data)) for one in after}
    for kind, name, path in gone:
        if not path:
            new[kind, name] = old[kind, name]
            continue
        value = copy.deepcopy(value_at(old[kind, name].data, path))
        holder = value_at(new[kind, name].data, parent_of(path))
        if isinstance(holder, list):
            holder.append(value)
        elif isinstance(holder, dict):
            holder[path.rpartition("/")[2]] = value
    return [replace(one, file=f"{one.kind}/{one.name}") for one in new.values()]


def _remains(use: Use, there: Mapping[Key, Document], gone: Gone) -> bool:
    """Whether a use is in a definition that is still there, and not within something that is gone itself."""
    own = (path for kind, name, path in gone if (kind, name) == (use.kind, use.name))
    return (use.kind, use.name) in there and not any(inside(use.path, path) for path in own)


def _as_written(use: Use, new: Layered) -> Use:
    owner = new.owner(use.kind, use.name, use.path)
    return replace(use, file=owner.document.file, pointer=owner.pointer, pack=owner.document.pack)


def _where(new: Layered, old: Layered, key: Key, path: str) -> tuple[str, str]:
    """Where it was removed: in an extension, else in the document that held it."""
    for part in new.parts.get(key, ()):
        if part.value is MISSING and inside(path, part.path):
            return part.document.file, part.pointer
    document = new.bases.get(key)
    if document is None:
        return old.bases[key].file, ""
    return document.file, pointer_at(document.data, parent_of(path))
