"""Which fields a unique value was refused for, when somebody else was faster than our own look."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guanxi.definitions.entity import Constraint, Entity
from guanxi.storage.columns import convert_in, quoted
from guanxi.storage.faults import ConstraintBroken
from guanxi.storage.indexes import indexes_of
from guanxi.storage.placeholders import Arguments
from guanxi.storage.session import Session


def broken_fields(entity: Entity, broken: ConstraintBroken) -> tuple[str, ...]:
    """The fields of the entity whose values are taken together; empty when it was about something else."""
    for index in indexes_of(entity):
        names = tuple(column.name for column in index.columns)
        on_sqlite = broken.table == entity.table and broken.columns == names
        if index.unique and (broken.constraint == index.name or on_sqlite):
            return tuple(column.key for column in index.columns)
    return ()


async def lock_key(
    session: Session, entity: Entity, constraint: Constraint, values: Mapping[str, Any]
) -> None:
    """Let one transaction at a time look who has these values, and take them.

    On SQLite the transaction itself keeps others out.
    """
    if session.dialect == "postgres":
        said = "\x1f".join(_plain(value) for value in values.values())
        name = f"unique {entity.name}.{constraint.name} {said}"
        await session.fetch("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", name)


async def same_key(
    session: Session, entity: Entity, values: Mapping[str, Any], except_id: int | None
) -> list[int]:
    """The other records that have these values."""
    arguments = Arguments()
    conditions = []
    for name, value in values.items():
        column = entity.fields[name].columns[0]
        mark = arguments.bind(convert_in(column, value, session.dialect))
        conditions.append(f"{quoted(column.name)} = {mark}")
    if except_id is not None:
        conditions.append(f"id <> {arguments.bind(except_id)}")
    sql = f"SELECT id FROM {quoted(entity.table)} WHERE {' AND '.join(conditions)}"
    return [row[0] for row in await session.fetch(sql, *arguments.values)]


def _plain(value: Any) -> str:
    """Equal values in one writing."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
