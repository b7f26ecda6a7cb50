"""Keeping records where they are for those who refer to them without a foreign key."""

from collections.abc import Collection

from guanxi.definitions.entity import Entity
from guanxi.storage.columns import quoted
from guanxi.storage.faults import ConstraintBroken
from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.session import Session


async def keep_referred(session: Session, entity: Entity, ids: Collection[int]) -> None:
    """Keep others from removing records until the end of the transaction, as a foreign key does.

    On SQLite the transaction itself keeps others out.

    Raises:
        ConstraintBroken: one of them is not there any more.
    """
    lock = " FOR KEY SHARE" if session.dialect == "postgres" else ""
    where = in_ids("id", "$1", session.dialect)
    sql = f"SELECT id FROM {quoted(entity.table)} WHERE {where} ORDER BY id{lock}"
    found = await session.fetch(sql, id_list(sorted(ids), session.dialect))
    if len(found) < len(set(ids)):
        raise ConstraintBroken("reference")


async def keep_unreferred(session: Session, entity: Entity, id_: int) -> None:
    """Wait for those who are about to refer to a record, and let nobody begin to."""
    if session.dialect == "postgres":
        await session.execute(f"SELECT 1 FROM {quoted(entity.table)} WHERE id = $1 FOR UPDATE", id_)
