"""Timers: moments at which something of an owner (an approval, an automation) is due."""

from dataclasses import dataclass
from datetime import datetime

from guanxi.storage.moments import moment
from guanxi.storage.session import Session


@dataclass(frozen=True, slots=True)
class Timer:
    """What is due when: `key` names it among the timers of its owner."""

    owner_kind: str
    owner_id: int
    key: str
    due: datetime


async def set_timer(session: Session, timer: Timer) -> None:
    """Set a timer, or move the one of the same key, in the caller's transaction."""
    await session.execute(
        "INSERT INTO g_timer (owner_kind, owner_id, key, due) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (owner_kind, owner_id, key) DO UPDATE SET due = excluded.due",
        timer.owner_kind,
        timer.owner_id,
        timer.key,
        timer.due,
    )


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


async def take_timer(session: Session, timer_id: int, now: datetime) -> Timer | None:
    """Take a timer that is still due out of the table: whoever commits has fired it, nobody else does."""
    row = await session.fetchrow(
        "DELETE FROM g_timer WHERE id = $1 AND due <= $2 RETURNING owner_kind, owner_id, key, due",
        timer_id,
        now,
    )
    if row is None:
        return None
    return Timer(row["owner_kind"], row["owner_id"], row["key"], moment(row["due"]))
