"""All instances, for what looks at a whole workspace."""

from collections.abc import Sequence

from guanxi.storage.session import Session


async def instance_ids(session: Session) -> Sequence[int]:
    """The ids of all instances, the oldest first."""
    return [row["id"] for row in await session.fetch("SELECT id FROM g_instance ORDER BY id")]


async def instances_waiting_for(session: Session, user_id: int) -> Sequence[int]:
    """The ids of the instances in which a task waits for a person, the oldest first."""
    rows = await session.fetch(
        "SELECT DISTINCT t.instance_id AS id FROM g_task_holder h JOIN g_task t ON t.id = h.task_id "
        "WHERE h.user_id = $1 AND h.waiting ORDER BY id",
        user_id,
    )
    return [row["id"] for row in rows]


async def task_by_key(session: Session, instance_id: int, key: str) -> int | None:
    """The id of a task, open or closed, by the key that the engine gave it."""
    sql = "SELECT max(id) AS id FROM g_task WHERE instance_id = $1 AND key = $2"
    rows = await session.fetch(sql, instance_id, key)
    found: int | None = rows[0]["id"] if rows else None
    return found
