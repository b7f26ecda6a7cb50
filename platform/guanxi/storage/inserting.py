"""Adding a record with its lines: one statement on PostgreSQL, one thread hop on SQLite."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanxi.definitions.entity import Column, Entity
from guanxi.errors import N_, Invalid
from guanxi.storage.columns import SYSTEM_COLUMNS, convert_in, own_columns, quoted, sql_type
from guanxi.storage.placeholders import for_sqlite
from guanxi.storage.session import Dialect, Session
from guanxi.storage.sqlite import SqliteSession
from guanxi.storage.team_closure import TEAM, keep_closure

Record = dict[str, Any]

TOO_LARGE = N_("A number is too large to be stored. Enter smaller values.")


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of the record and, on PostgreSQL, the text that also takes the lines."""

    columns: tuple[Column, ...]
    sql: str
    lines: tuple[tuple[str, tuple[Column, ...], str], ...]
    """Of each lines field: its name, the columns, and the text that adds one line (SQLite)."""


async def insert(session: Session, entity: Entity, record: Record) -> int:
    """Add a record, system keys included, and return its id; the record and its lines then hold theirs.

    Raises:
        ConstraintBroken: a unique value is taken, or a reference leads nowhere.
        Invalid: a number is too large for its column.
    """
    plan = _plan(entity, session.dialect)
    values = row_values(plan.columns, record, session.dialect)
    groups = [
        (
            record.get(name) or [],
            [row_values(columns, line, session.dialect) for line in record.get(name) or []],
        )
        for name, columns, _ in plan.lines
    ]
    if isinstance(session, SqliteSession):
        id_, line_ids = await _insert_sqlite(session, plan, values, [rows for _, rows in groups])
    else:
        id_, line_ids = await _insert_postgres(session, plan, values, [rows for _, rows in groups])
    record["id"] = id_
    for (lines, _), ids in zip(groups, line_ids, strict=True):
        for line, line_id in zip(lines, ids, strict=True):
            line["id"] = line_id
    if entity.name == TEAM:
        keep_closure(session)
    return id_


def row_values(columns: Sequence[Column], record: Mapping[str, Any], dialect: Dialect) -> list[Any]:
    """A record's values in the order of columns, as the driver takes them.

    Raises:
        Invalid: a number is too large for its column.
    """
    try:
        return [convert_in(column, record.get(column.key), dialect) for column in columns]
    except ValueError as error:
        raise Invalid(TOO_LARGE) from error


async def _insert_sqlite(
    session: SqliteSession, plan: Head, values: list[Any], groups: list[list[list[Any]]]
) -> tuple[int, list[list[int]]]:
    def work(connection: sqlite3.Connection) -> tuple[int, list[list[int]]]:
        id_ = connection.execute(plan.sql, values).lastrowid or 0
        ids = [
            [
                connection.execute(sql, [id_, position, *row]).lastrowid or 0
                for position, row in enumerate(rows)
            ]
            for (_, _, sql), rows in zip(plan.lines, groups, strict=True)
        ]
        return id_, ids

    return await session.run(work)


async def _insert_postgres(
    session: Session, plan: Head, values: list[Any], groups: list[list[list[Any]]]
) -> tuple[int, list[list[int]]]:
    arguments = list(values)
    for (_, columns, _), rows in zip(plan.lines, groups, strict=True):
        arguments.append(list(range(len(rows))))
        arguments += [[row[place] for row in rows] for place in range(len(columns))]
    row = await session.fetchrow(plan.sql, *arguments)
    if row is None:
        raise RuntimeError("INSERT ... RETURNING gave no row.")
    return row[0], [list(row[place + 1] or ()) for place in range(len(plan.lines))]


@lru_cache(maxsize=512)
def _plan(entity: Entity, dialect: Dialect) -> Head:
    columns = (*SYSTEM_COLUMNS, *own_columns(entity))
    names = ", ".join(quoted(column.name) for column in columns)
    marks = ", ".join(f"${place + 1}" for place in range(len(columns)))
    head = f"INSERT INTO {quoted(entity.table)} ({names}) VALUES ({marks})"
    lines = tuple(
        (field.name, own_columns(field.lines), _line_sql(field.lines))
        for field in entity.line_fields
        if field.lines
    )
    if dialect == "sqlite":
        return Head(columns, for_sqlite(head), lines)
    parts, results, used = [f"head AS ({head} RETURNING id)"], ["head.id"], len(columns)
    for number, field in enumerate(field for field in entity.line_fields if field.lines):
        if field.lines is None:
            continue
        parts.append(f"lines_{number} AS ({_lines_from_arrays(field.lines, used)} RETURNING id, position)")
        results.append(f"(SELECT array_agg(id ORDER BY position) FROM lines_{number})")
        used += 1 + len(own_columns(field.lines))
    return Head(columns, f"WITH {', '.join(parts)} SELECT {', '.join(results)} FROM head", lines)


def _line_sql(lines: Entity) -> str:
    """Adds one line: owner, position, columns."""
    columns = own_columns(lines)
    names = ", ".join(["parent_id", "position", *(quoted(column.name) for column in columns)])
    marks = ", ".join(f"?{place + 1}" for place in range(len(columns) + 2))
    return f"INSERT INTO {quoted(lines.table)} ({names}) VALUES ({marks})"


def _lines_from_arrays(lines: Entity, used: int) -> str:
    """Adds all lines from one array a column, so that one text serves any number of lines."""
    columns = own_columns(lines)
    names = [quoted(column.name) for column in columns]
    types = ["int", *(sql_type(column, "postgres").partition("(")[0] for column in columns)]
    arrays = ", ".join(f"${used + place + 1}::{type_}[]" for place, type_ in enumerate(types))
    listed = ", ".join(["position", *names])
    return (
        f"INSERT INTO {quoted(lines.table)} (parent_id, {listed}) "
        f"SELECT head.id, {listed.replace('position', 'row.position', 1)} "
        f"FROM head, unnest({arrays}) AS row({listed})"
    )
