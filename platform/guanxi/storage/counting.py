"""Counting records before a release is published: what is there, what is missing, what is there twice."""

from collections import Counter
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


async def rows_of_options(session: Session, holder: Entity, field: Field) -> tuple[tuple[str, int], ...]:
    """How many records have each of the options of a field, in the order of the names."""
    column = field.columns[0]
    name = quoted(column.name)
    rows = await session.fetch(
        f"SELECT {name}, count(*) FROM {quoted(holder.table)} WHERE {name} IS NOT NULL GROUP BY {name}"
    )
    read, counts = convert_out(column, session.dialect), Counter[str]()
    for row in rows:
        value = read(row[0]) if read else row[0]
        for option in value if isinstance(value, tuple) else (value,):
            counts[option] += row[1]
    return tuple(sorted(counts.items()))


async def running_in_states(
    session: Session, entity: Entity, field: Field, states: Sequence[str]
) -> tuple[tuple[int, str, str], ...]:
    """The records in these states over which an approval is running: id, approval, state."""
    name = quoted(field.columns[0].name)
    among = ", ".join(f"${place}" for place in range(2, 2 + len(states)))
    rows = await session.fetch(
        f"SELECT t.id, i.approval, t.{name} FROM g_instance i JOIN {quoted(entity.table)} t "
        f"ON t.id = i.record_id WHERE i.entity = $1 AND i.finished_at IS NULL AND t.{name} IN ({among}) "
        "ORDER BY t.id",
        entity.name,
        *states,
    )
    return tuple((row[0], row[1], row[2]) for row in rows)


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
