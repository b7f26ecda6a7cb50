"""What changed between two states of a record, path by path. `apply(difference(a, b), a)` gives b."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.entity import Entity


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after. `path` is a record key, or `<lines>/<line id>/<key>` inside lines.

    A line that came or went is one change: `<lines>/<line id>` with the whole line on one side.
    """

    path: str
    before: Any
    after: Any


def stored_keys(entity: Entity) -> list[str]:
    """The record keys that columns hold, in declared order."""
    return [column.key for field in entity.fields.values() for column in field.columns]


def difference(entity: Entity, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """All changes of stored values, in declared order; lines are matched by their id."""
    changes = [
        Change(key, before.get(key), after.get(key))
        for key in stored_keys(entity)
        if before.get(key) != after.get(key)
    ]
    for field in entity.line_fields:
        if field.lines is not None:
            changes += _of_lines(field.name, field.lines, before.get(field.name), after.get(field.name))
    return changes


def changed_fields(entity: Entity, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The top-level fields that differ, each once; lines differ in their order too."""
    changes = difference(entity, before, after)
    touched = [change.path.split("/")[0].split(".")[0] for change in changes]
    moved = [f.name for f in entity.line_fields if _ids(before, f.name) != _ids(after, f.name)]
    return list(dict.fromkeys([*touched, *moved]))


def apply(entity: Entity, changes: list[Change], before: Mapping[str, Any]) -> dict[str, Any]:
    """The record after the changes."""
    after = {
        **before,
        **{f.name: [dict(line) for line in before.get(f.name) or ()] for f in entity.line_fields},
    }
    for change in changes:
        name, *inside = change.path.split("/")
        if not inside:
            after[name] = change.after
            continue
        lines = after[name]
        if len(inside) == 2:
            next(line for line in lines if str(line["id"]) == inside[0])[inside[1]] = change.after
        elif change.after is None:
            lines[:] = [line for line in lines if str(line["id"]) != inside[0]]
        else:
            lines.append(dict(change.after))
    return after


def _ids(record: Mapping[str, Any], name: str) -> list[Any]:
    return [line.get("id") for line in record.get(name) or ()]


def _of_lines(name: str, entity: Entity, before: Any, after: Any) -> list[Change]:
    old = {line["id"]: line for line in before or ()}
    new = {line["id"]: line for line in after or ()}
    keys = stored_keys(entity)
    changes = []
    for key, line in old.items():
        if key not in new:
            changes.append(Change(f"{name}/{key}", _plain(line, keys), None))
            continue
        changes += [
            Change(f"{name}/{key}/{inner}", line.get(inner), new[key].get(inner))
            for inner in keys
            if line.get(inner) != new[key].get(inner)
        ]
    return changes + [
        Change(f"{name}/{key}", None, _plain(line, keys)) for key, line in new.items() if key not in old
    ]


def _plain(line: Mapping[str, Any], keys: list[str]) -> dict[str, Any]:
    return {"id": line["id"], **{key: line.get(key) for key in keys}}
