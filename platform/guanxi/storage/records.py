"""Records of entity tables: reading, adding, changing and removing them, one record at a time."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields.any_reference import Link
from guanxi.storage.columns import convert_in, quoted
from guanxi.storage.inserting import insert
from guanxi.storage.loading import Wanted, load, load_each
from guanxi.storage.placeholders import Arguments
from guanxi.storage.session import Session
from guanxi.storage.team_closure import TEAM, keep_closure
from guanxi.storage.updating import update

__all__ = ["Wanted", "delete", "insert", "load", "load_each", "lock_record", "referring", "taken", "update"]


async def lock_record(session: Session, entity: Entity, id_: int) -> bool:
    """Keep everybody else from changing the record until the end of the transaction.

    Returns:
        Whether it is there. On SQLite the transaction itself keeps others out.
    """
    # Not FOR UPDATE: a reference to the record that is being written elsewhere need not wait.
    lock = " FOR NO KEY UPDATE" if session.dialect == "postgres" else ""
    return await session.value(f"SELECT 1 FROM {quoted(entity.table)} WHERE id = $1{lock}", id_) is not None


async def delete(session: Session, catalog: Catalog, entity: Entity, id_: int) -> bool:
    """Remove a record with its lines; references declared to be cleared are cleared.

    Returns:
        Whether it was there.

    Raises:
        ConstraintBroken: something still refers to it.
    """
    if entity.name == TEAM:
        keep_closure(session)
    for shadow in catalog.placement.shadows:
        # What only a release gone by referred to must not hold a record for ever.
        if shadow.to == entity.table:
            column = quoted(shadow.column)
            await session.execute(
                f"UPDATE {quoted(shadow.table)} SET {column} = NULL WHERE {column} = $1", id_
            )
    for holder, one in catalog.references_to(entity.name):
        # No foreign key leads to one of several tables.
        if one.targets and one.on_delete == "clear":
            sets = ", ".join(f"{quoted(column.name)} = NULL" for column in one.columns)
            table, column = quoted(holder.table), quoted(one.columns[0].name)
            kept = referring_value(entity, one, id_)
            await session.execute(f"UPDATE {table} SET {sets} WHERE {column} = $1", kept)
    return await session.execute(f"DELETE FROM {quoted(entity.table)} WHERE id = $1", id_) == 1


async def referring(session: Session, holder: Entity, field: Field, entity: Entity, id_: int) -> int:
    """How many records (or lines) refer to a record of `entity` by this field."""
    column, kept = quoted(field.columns[0].name), referring_value(entity, field, id_)
    count: int = await session.value(f"SELECT count(*) FROM {quoted(holder.table)} WHERE {column} = $1", kept)
    return count


def referring_value(entity: Entity, field: Field, id_: int) -> int | str:
    """What a reference to a record of `entity` holds."""
    return str(Link(entity.name, id_)) if field.targets else id_


async def taken(
    session: Session, entity: Entity, values: Mapping[str, Any], except_id: int | None = None
) -> bool:
    """Whether another record has these values in these fields; a missing value is like no other."""
    if any(value is None for value in values.values()):
        return False
    arguments = Arguments()
    conditions = []
    for name, value in values.items():
        column = entity.fields[name].columns[0]
        mark = arguments.bind(convert_in(column, value, session.dialect))
        conditions.append(f"{quoted(column.name)} = {mark}")
    if except_id is not None:
        conditions.append(f"id <> {arguments.bind(except_id)}")
    sql = f"SELECT 1 FROM {quoted(entity.table)} WHERE {' AND '.join(conditions)} LIMIT 1"
    return await session.value(sql, *arguments.values) is not None
