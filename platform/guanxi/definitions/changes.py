"""What is different between two sets of definitions, as a list of typed changes that can be applied."""

import copy
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from guanxi.definitions.changes_identity import renames_between
from guanxi.definitions.documents import Document, canonical
from guanxi.definitions.extension_paths import (
    MISSING,
    key_name,
    keys_of,
    parent_of,
    path_of,
    segments,
    step,
    value_at,
)

What = Literal["added", "removed", "changed", "renamed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of the definition `kind/name` at a path; the empty path is the whole definition.

    `before` and `after` are values; None where there is none. Of a field that was renamed, `path` is the
    old one, and they are its names; of an element that was moved, the keys of its left neighbour (None: it
    is the first).
    """

    kind: str
    name: str
    path: str
    what: What
    before: Any = None
    after: Any = None


def changes_between(before: Iterable[Document], after: Iterable[Document]) -> tuple[Change, ...]:
    """The changes that make `after` of `before`, by kind and name; both are effective documents."""
    old, new = _by_key(before), _by_key(after)
    renamed = renames_between(old.values(), new.values())
    found: list[Change] = []
    for key in sorted({*old, *new}):
        if key not in new:
            found.append(Change(*key, "", "removed", before=old[key].data))
        elif key not in old:
            found.append(Change(*key, "", "added", after=new[key].data))
        else:
            found += _of_document(key, old[key].data, new[key].data, renamed)
    return tuple(found)


def apply_changes(documents: Iterable[Document], changes: Iterable[Change]) -> list[Document]:
    """The documents after the changes; their files and packs stay, those of new ones are their names.

    Raises:
        KeyError: a change is about something that is not there.
    """
    found = _by_key(documents)
    fresh: set[tuple[str, str]] = set()
    for change in changes:
        key = (change.kind, change.name)
        if change.path == "" and change.what == "added":
            found[key] = Document(f"{change.kind}/{change.name}", copy.deepcopy(change.after))
            fresh.add(key)
        elif change.path == "" and change.what == "removed":
            del found[key]
        else:
            if key not in fresh:
                found[key] = replace(found[key], data=copy.deepcopy(found[key].data))
                fresh.add(key)
            apply_change(found[key].data, change)
    return list(found.values())


def apply_change(data: Any, change: Change) -> None:
    """Carry out one change within a definition."""
    match change.what:
        case "added" | "changed":
            put(data, change.path, copy.deepcopy(change.after))
        case "removed":
            drop(data, change.path)
        case "renamed":
            rename_key(data, change.path, change.after)
        case "moved":
            move(data, change.path, after=change.after)


def differences(before: Any, after: Any, path: str = "") -> Iterator[tuple[What, str, Any, Any]]:
    """What is different below a path: kind of change, path, value before, value after.

    Of a list, elements are removed, changed and added (in the order of their keys, at the end) before they
    are moved.
    """
    if isinstance(before, Mapping) and isinstance(after, Mapping) and "" not in {*before, *after}:
        yield from _members(dict(sorted(before.items())), after, path)
        return
    old = keys_of(before) if isinstance(before, list) else None
    new = keys_of(after) if isinstance(after, list) else None
    if old is not None and new is not None:
        yield from _members(dict(zip(old, before, strict=True)), dict(zip(new, after, strict=True)), path)
        standing = [key for key in old if key in new] + sorted(set(new) - set(old))
        for key in out_of_order(standing, new):
            yield "moved", _below(path, key), left_of(standing, key), left_of(new, key)
    elif canonical(before) != canonical(after):
        yield "changed", path, before, after


def out_of_order(standing: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The fewest keys to move, in the wanted order, so that `standing` becomes `wanted`."""
    places = {key: index for index, key in enumerate(wanted)}
    ends: list[int] = []
    rows: list[tuple[int, str]] = []
    for key in standing:
        row = bisect_left(ends, places[key])
        ends[row : row + 1] = [places[key]]
        rows.append((row, key))
    staying, row = set[str](), len(ends) - 1
    limit = len(wanted)
    for length, key in reversed(rows):
        if length == row and places[key] < limit:
            staying.add(key)
            row, limit = row - 1, places[key]
    return [key for key in wanted if key not in staying]


def left_of(keys: Sequence[str], key: str) -> str | None:
    """The left neighbour, or None for the first."""
    index = keys.index(key)
    return keys[index - 1] if index else None


def put(data: Any, path: str, value: Any) -> None:
    """Set what a path leads to; an element of a list that is not there yet is added at the end.

    Raises:
        KeyError: there is nothing to put it in.
    """
    holder, key = _holder(data, path)
    if isinstance(holder, list):
        keys = keys_of(holder) or []
        index = keys.index(key) if key in keys else len(holder)
        holder[index : index + 1] = [value]
    else:
        holder[key] = value


def drop(data: Any, path: str) -> None:
    """Remove what a path leads to.

    Raises:
        KeyError: there is nothing.
    """
    holder, key = _holder(data, path)
    if step(holder, key) is MISSING:
        raise KeyError(path)
    if isinstance(holder, list):
        del holder[(keys_of(holder) or []).index(key)]
    else:
        del holder[key]


def move(data: Any, path: str, *, after: str | None = None, before: str | None = None) -> None:
    """Move an element of a list behind or before another, or to the front.

    Raises:
        KeyError: one of them is not there.
    """
    holder, key = _holder(data, path)
    keys = keys_of(holder) if isinstance(holder, list) else None
    anchor = after if after is not None else before
    if keys is None or key not in keys or (anchor is not None and anchor not in keys):
        raise KeyError(path)
    element = holder.pop(keys.index(key))
    keys.remove(key)
    place = 0 if anchor is None else keys.index(anchor) + (after is not None)
    holder.insert(place, element)


def rename_key(data: Any, path: str, name: str) -> None:
    """Give a member of a map another key, in its place.

    Raises:
        KeyError: there is nothing.
    """
    holder, key = _holder(data, path)
    if not isinstance(holder, dict) or key not in holder:
        raise KeyError(path)
    members = [(name if one == key else one, value) for one, value in holder.items()]
    holder.clear()
    holder.update(members)


def _of_document(
    key: tuple[str, str], before: Any, after: Any, renamed: Mapping[tuple[str, str], str]
) -> Iterator[Change]:
    kind, name = key
    before = copy.deepcopy(before)
    # Lines come before their columns: the path of a column holds the new name of its lines.
    own = sorted((old, new) for (entity, old), new in renamed.items() if key == ("entity", entity))
    for old, new in own:
        outer, _, column = new.rpartition(".")
        was = old.rpartition(".")[2]
        if was != column:
            change = Change(
                kind, name, field_path(f"{outer}.{was}" if outer else was), "renamed", was, column
            )
            apply_change(before, change)
            yield change
    for what, path, old_value, new_value in differences(before, after):
        yield Change(kind, name, path, what, old_value, new_value)


def field_path(field: str) -> str:
    """The path of a field within its entity: `lines.price` is at `fields/lines/fields/price`."""
    return path_of(part for name in field.split(".") for part in ("fields", name))


def _members(
    before: Mapping[str, Any], after: Mapping[str, Any], path: str
) -> Iterator[tuple[What, str, Any, Any]]:
    for key in before:
        if key not in after:
            yield "removed", _below(path, key), before[key], None
    for key in before:
        if key in after:
            one, other = before[key], after[key]
            if isinstance(one, Mapping) and isinstance(other, Mapping) and key_name(one) != key_name(other):
                yield "changed", _below(path, key), one, other
            else:
                yield from differences(one, other, _below(path, key))
    for key in sorted(set(after) - set(before)):
        yield "added", _below(path, key), None, after[key]


def _below(path: str, key: str) -> str:
    return f"{path}/{path_of((key,))}" if path else path_of((key,))


def _holder(data: Any, path: str) -> tuple[Any, str]:
    holder = value_at(data, parent_of(path))
    if not isinstance(holder, dict | list):
        raise KeyError(path)
    return holder, segments(path)[-1]


def _by_key(documents: Iterable[Document]) -> dict[tuple[str, str], Document]:
    return {(document.kind, document.name): document for document in documents}
