"""Counting records before a release is published: what is there, what is missing, what is there twice."""

from collections.abc import Sequence

from guanxi.definitions.entity import Column, Entity, Field
from guanxi.storage.columns import convert_out, quoted
from guanxi.storage.moving import SAMPLES
from guanxi.storage.session import Session

Samples = tuple[tuple[int, str, str], ...]
"""Of each: the id of the record, its value, and what would become of it or stands against it."""


async def count_rows(session: Session, table: str) -> int:
    """How many records (or lines) a table has."""
    count: int = await session.value(f"SELECT count(*) FROM {quoted(table)}")
    return count


async def count_values(session: Session, holder: Entity, field: Field) -> int:
    """How many records have a value of the field."""
    name = quoted(field.columns[0].name)
    count: int = await session.value(f"SELECT count({name}) FROM {quoted(holder.table)}")
    return count


async def missing_values(session: Session, holder: Entity, column: Column) -> tuple[int, Samples]:
    """How many records lack a value, and which."""
    table, name = quoted(holder.table), quoted(column.name)
    count: int = await session.value(f"SELECT count(*) FROM {table} WHERE {name} IS NULL")
    if not count:
        return 0, ()
    rows = await session.fetch(f"SELECT id FROM {table} WHERE {name} IS NULL ORDER BY id LIMIT {SAMPLES}")
    return count, tuple((row[0], "", "") for row in rows)


async def equal_values(session: Session, holder: Entity, columns: Sequence[Column]) -> tuple[int, Samples]:
    """How many combinations of values more than one record has, and which."""
    table, names = quoted(holder.table), ", ".join(quoted(column.name) for column in columns)
    there = " AND ".join(f"{quoted(column.name)} IS NOT NULL" for column in columns)
    twice = f"SELECT min(id) AS id, {names} FROM {table} WHERE {there} GROUP BY {names} HAVING count(*) > 1"
    count: int = await session.value(f"SELECT count(*) FROM ({twice}) AS twice")
    if not count:
        return 0, ()
    rows = await session.fetch(f"{twice} ORDER BY 1 LIMIT {SAMPLES}")
    convert = [convert_out(column, session.dialect) or str for column in columns]
    return count, tuple(
        (row[0], ", ".join(str(one(row[place])) for place, one in enumerate(convert, 1)), "") for row in rows
    )


async def count_open_approvals(session: Session, approval: str) -> int:
    """How many runs of an approval are not finished."""
    count: int = await session.value(
        "SELECT count(*) FROM g_instance WHERE approval = $1 AND finished_at IS NULL", approval
    )
    return count


async def count_open_of_entity(session: Session, entity: str) -> int:
    """How many runs of any approval over records of an entity are not finished."""
    count: int = await session.value(
        "SELECT count(*) FROM g_instance WHERE entity = $1 AND finished_at IS NULL", entity
    )
    return count


async def count_holders_of_role(session: Session, role: str) -> int:
    """How many people hold a role."""
    count: int = await session.value("SELECT count(*) FROM g_role_member WHERE role = $1", role)
    return count
