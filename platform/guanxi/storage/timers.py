"""Timers: moments at which something of an owner (an approval, an automation) is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.moments import moment
from guanxi.storage.session import Session


@dataclass(frozen=True, slots=True)
class Timer:
    """What is due when: `key` names it among the timers of its owner."""

    owner_kind: str
    owner_id: int
    key: str
    due: datetime


_SET = (
    "INSERT INTO g_timer (owner_kind, owner_id, key, due) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (owner_kind, owner_id, key) DO UPDATE SET due = excluded.due"
)


async def set_timer(session: Session, timer: Timer) -> None:
    """Set a timer, or move the one of the same key, in the caller's transaction."""
    await set_timers(session, (timer,))


async def set_timers(session: Session, timers: Sequence[Timer]) -> None:
    """As `set_timer`, for any number."""
    rows = [(one.owner_kind, one.owner_id, one.key, one.due) for one in timers]
    if len(rows) == 1:
        await session.execute(_SET, *rows[0])
    elif rows:
        await session.execute_many(_SET, rows)


async def clear_timers(session: Session, owner_kind: str, owner_id: int, key: str | None = None) -> None:
    """Clear a timer of an owner, or all of them; one that is not there is fine."""
    sql = "DELETE FROM g_timer WHERE owner_kind = $1 AND owner_id = $2"
    if key is None:
        await session.execute(sql, owner_kind, owner_id)
    else:
        await session.execute(f"{sql} AND key = $3", owner_kind, owner_id, key)


async def timers_of(session: Session, owner_kind: str, owner_id: int) -> list[Timer]:
    """The timers of an owner, the next first."""
    rows = await session.fetch(
        "SELECT owner_kind, owner_id, key, due FROM g_timer WHERE owner_kind = $1 AND owner_id = $2 "
        "ORDER BY due, id",
        owner_kind,
        owner_id,
    )
    return [Timer(row["owner_kind"], row["owner_id"], row["key"], moment(row["due"])) for row in rows]


async def due_timers(session: Session, now: datetime, limit: int) -> list[int]:
    """The ids of timers that are due, the longest due first."""
    rows = await session.fetch("SELECT id FROM g_timer WHERE due <= $1 ORDER BY due, id LIMIT $2", now, limit)
    return [row["id"] for row in rows]


async def take_timers(session: Session, ids: Sequence[int], now: datetime) -> list[tuple[int, Timer]]:
    """Take timers that are still due out of the table, the longest due first, with their ids.

    Whoever commits has fired them, nobody else does. What was cleared or moved meanwhile is left out.
    """
    rows = await session.fetch(
        f"DELETE FROM g_timer WHERE {in_ids('id', '$1', session.dialect)} AND due <= $2 "
        "RETURNING id, owner_kind, owner_id, key, due",
        id_list(ids, session.dialect),
        now,
    )
    taken = [
        (row["id"], Timer(row["owner_kind"], row["owner_id"], row["key"], moment(row["due"]))) for row in rows
    ]
    return sorted(taken, key=lambda one: (one[1].due, one[0]))
