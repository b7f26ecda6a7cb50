"""Trees of records: what lies above a record, along a reference of an entity to itself."""

from guanxi.definitions.entity import Entity
from guanxi.storage.columns import quoted
from guanxi.storage.session import Session


async def lock_tree(session: Session, entity: Entity, field: str) -> None:
    """Let one transaction at a time hang records of this tree elsewhere, so that two cannot close a circle.

    On SQLite the transaction itself keeps others out.
    """
    if session.dialect == "postgres":
        await session.fetch("SELECT pg_advisory_xact_lock(hashtext($1))", f"tree {entity.name}.{field}")


async def is_above(session: Session, entity: Entity, field: str, id_: int, start: int) -> bool:
    """Whether the record `id_` is `start` itself or somewhere above it."""
    table, column = quoted(entity.table), quoted(entity.fields[field].columns[0].name)
    # UNION leaves out what was met already, so a circle of former times ends the walk.
    sql = (
        "WITH RECURSIVE above (id) AS (SELECT CAST($1 AS BIGINT) UNION "
        f"SELECT t.{column} FROM above a JOIN {table} t ON t.id = a.id WHERE t.{column} IS NOT NULL) "
        "SELECT 1 FROM above WHERE id = $2"
    )
    return await session.value(sql, start, id_) is not None
