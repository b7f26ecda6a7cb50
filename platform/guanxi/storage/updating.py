"""Changing a record and its lines: only what differs is written, and only on the version it was read in."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from guanxi.definitions.entity import Column, Entity
from guanxi.errors import N_, VersionMismatch
from guanxi.storage.columns import own_columns, quoted
from guanxi.storage.inserting import row_values
from guanxi.storage.placeholders import Arguments
from guanxi.storage.session import Dialect, Session, Statement
from guanxi.storage.team_closure import TEAM, keep_closure

CHANGED_SINCE = N_("Somebody has changed this since you opened it. Compare, then save again.")


async def update(
    session: Session,
    entity: Entity,
    before: Mapping[str, Any],
    record: dict[str, Any],
    *,
    by: int | None,
    at: datetime,
) -> bool:
    """Write the differences between a record as it was read and as it shall be.

    The record then holds its new version, `updated_at`, `updated_by` and the ids of new lines.

    Returns:
        Whether anything differed; if not, nothing is written and the version stays.

    Raises:
        VersionMismatch: the stored record is no longer the one that was read.
        ConstraintBroken: a unique value is taken, or a reference leads nowhere.
        Invalid: a number is too large for its column.
    """
    changed = _changed(own_columns(entity), before, record)
    line_changes = [
        (field.lines, before.get(field.name) or [], record.get(field.name) or [])
        for field in entity.line_fields
        if field.lines is not None
        and _stored(field.lines, before.get(field.name)) != _stored(field.lines, record.get(field.name))
    ]
    if not changed and not line_changes:
        return False
    await _update_head(session, entity, before, record, changed, by, at)
    if entity.name == TEAM:
        keep_closure(session)
    record.update(version=before["version"] + 1, updated_at=at, updated_by=by)
    statements: list[Statement] = []
    added: list[dict[str, Any]] = []
    for lines, old, new in line_changes:
        statements += _removed(lines, before["id"], old, new)
        statements += _rewritten(lines, before["id"], old, new, session.dialect)
        additions = list(_added(lines, before["id"], new, session.dialect))
        statements += [statement for statement, _ in additions]
        added += [line for _, line in additions]
    results = await session.batch(statements) if statements else []
    for line, rows in zip(added, results[len(results) - len(added) :] if added else (), strict=True):
        line["id"] = rows[0][0]
    return True


def _stored(lines: Entity, held: Any) -> list[list[Any]]:
    """What the table holds of lines; beside it they carry what formulas read."""
    keys = ["id", *(column.key for column in own_columns(lines))]
    return [[line.get(key) for key in keys] for line in held or ()]


def _changed(
    columns: tuple[Column, ...], before: Mapping[str, Any], record: Mapping[str, Any]
) -> tuple[Column, ...]:
    return tuple(
        column for column in columns if column.key in record and record[column.key] != before.get(column.key)
    )


async def _update_head(
    session: Session,
    entity: Entity,
    before: Mapping[str, Any],
    record: Mapping[str, Any],
    changed: tuple[Column, ...],
    by: int | None,
    at: datetime,
) -> None:
    arguments = Arguments(before["id"], before["version"], at, by)
    values = row_values(changed, record, session.dialect)
    sets = ["version = version + 1", "updated_at = $3", "updated_by = $4"]
    sets += [
        f"{quoted(column.name)} = {arguments.bind(value)}"
        for column, value in zip(changed, values, strict=True)
    ]
    sql = f"UPDATE {quoted(entity.table)} SET {', '.join(sets)} WHERE id = $1 AND version = $2"
    if await session.execute(sql, *arguments.values) != 1:
        raise VersionMismatch(CHANGED_SINCE)


def _removed(
    lines: Entity, owner: int, old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> Iterator[Statement]:
    kept = {line.get("id") for line in new}
    for line in old:
        if line["id"] not in kept:
            yield f"DELETE FROM {quoted(lines.table)} WHERE id = $1 AND parent_id = $2", (line["id"], owner)


def _rewritten(
    lines: Entity, owner: int, old: list[dict[str, Any]], new: list[dict[str, Any]], dialect: Dialect
) -> Iterator[Statement]:
    places = {line["id"]: (place, line) for place, line in enumerate(old)}
    for place, line in enumerate(new):
        if line.get("id") is None:
            continue
        if line["id"] not in places:
            raise ValueError(f"Line {line['id']} does not belong to record {owner}.")
        old_place, was = places[line["id"]]
        changed = _changed(own_columns(lines), was, line)
        if not changed and place == old_place:
            continue
        arguments = Arguments(line["id"], owner, place)
        values = row_values(changed, line, dialect)
        sets = ["position = $3"]
        sets += [
            f"{quoted(column.name)} = {arguments.bind(value)}"
            for column, value in zip(changed, values, strict=True)
        ]
        sql = f"UPDATE {quoted(lines.table)} SET {', '.join(sets)} WHERE id = $1 AND parent_id = $2"
        yield sql, arguments.values


def _added(
    lines: Entity, owner: int, new: list[dict[str, Any]], dialect: Dialect
) -> Iterator[tuple[Statement, dict[str, Any]]]:
    columns = own_columns(lines)
    for place, line in enumerate(new):
        if line.get("id") is not None:
            continue
        arguments = Arguments()
        marks = [arguments.bind(value) for value in (owner, place, *row_values(columns, line, dialect))]
        names = ", ".join(["parent_id", "position", *(quoted(column.name) for column in columns)])
        sql = f"INSERT INTO {quoted(lines.table)} ({names}) VALUES ({', '.join(marks)}) RETURNING id"
        yield (sql, arguments.values), line
