"""Which records have a resource at a time, and keeping others from taking it meanwhile."""

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Constraint, Entity
from guanxi.expressions import condition_sql
from guanxi.rules.bookings import Booking
from guanxi.storage.columns import convert_in, quoted
from guanxi.storage.counting import Samples
from guanxi.storage.moving import SAMPLES
from guanxi.storage.placeholders import Arguments
from guanxi.storage.session import Session


async def lock_resources(
    session: Session, entity: Entity, constraint: Constraint, bookings: Iterable[Booking]
) -> None:
    """Let one transaction at a time look who has these resources, and take them; always in the same order.

    On SQLite the transaction itself keeps others out.
    """
    if session.dialect == "postgres":
        place = f"booking {entity.name}.{constraint.name}"
        for name in sorted(f"{place} {one.resource} {one.value}" for one in bookings):
            await session.fetch("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", name)


async def booked(
    session: Session, entity: Entity, constraint: Constraint, booking: Booking, except_id: int | None
) -> list[int]:
    """The other records that have the resource within the time, wherever `when` holds or not."""
    arguments = Arguments()

    def compared(name: str, operator: str, value: Any) -> str:
        column = entity.fields[name].columns[0]
        mark = arguments.bind(convert_in(column, value, session.dialect))
        return f"{quoted(column.name)} {operator} {mark}"

    conditions = [
        compared(booking.resource, "=", booking.value),
        compared(constraint.start, "<", booking.end),
        compared(constraint.end, ">", booking.start),
        " < ".join(quoted(entity.fields[one].columns[0].name) for one in (constraint.start, constraint.end)),
    ]
    if except_id is not None:
        conditions.append(f"id <> {arguments.bind(except_id)}")
    sql = f"SELECT id FROM {quoted(entity.table)} WHERE {' AND '.join(conditions)} ORDER BY id"
    return [row[0] for row in await session.fetch(sql, *arguments.values)]


async def overlapping(
    session: Session, catalog: Catalog, entity: Entity, constraint: Constraint, variables: Mapping[str, Any]
) -> tuple[int, Samples]:
    """How many pairs of stored records have a resource at the same time, and which."""
    count, samples = 0, list[tuple[int, str, str]]()
    for resource in constraint.resources:
        arguments = Arguments()
        sql = _pairs(session, catalog, entity, constraint, resource, arguments, variables)
        pairs: int = await session.value(f"SELECT count(*) FROM ({sql}) AS pairs", *arguments.values)
        if pairs:
            rows = await session.fetch(f"{sql} ORDER BY 1, 2 LIMIT {SAMPLES}", *arguments.values)
            samples += [(row[0], resource, f"#{row[1]}") for row in rows]
        count += pairs
    return count, tuple(samples[:SAMPLES])


def _pairs(
    session: Session,
    catalog: Catalog,
    entity: Entity,
    constraint: Constraint,
    resource: str,
    arguments: Arguments,
    variables: Mapping[str, Any],
) -> str:
    held, start, end = (
        quoted(entity.fields[name].columns[0].name) for name in (resource, constraint.start, constraint.end)
    )
    table = quoted(entity.table)
    conditions = [f"{one}.{start} < {other}.{end}" for one in ("a", "b") for other in ("a", "b")]
    for alias in ("a", "b"):
        if constraint.when is not None:
            bind, dialect = arguments.bind, session.dialect
            conditions.append(condition_sql(constraint.when, catalog.tables, dialect, alias, bind, variables))
    joined = f"{table} a JOIN {table} b ON a.{held} = b.{held} AND a.id < b.id"
    return f"SELECT a.id AS one, b.id AS other FROM {joined} WHERE {' AND '.join(conditions)}"
