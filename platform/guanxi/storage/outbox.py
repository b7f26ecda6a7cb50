"""Events for those who react to them: the audit itself, read in the order in which it was sealed.

Every change is in the audit, written in the transaction that made it. Sealing gives each committed row the
next place, without gaps and never before one that is already read, which is what a cursor needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from guanxi.storage.moments import moment
from guanxi.storage.session import Row, Session

_COLUMNS = "seal_seq, id, at, actor_id, channel, verb, entity, record_id, detail"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `place` orders events; `cause` is the id of the event that led to it.

    `depth` counts the reactions that led here: 0 for what a person did.
    """

    place: int
    id: int
    at: datetime
    actor_id: int | None
    channel: str
    verb: str
    entity: str
    record_id: int | None
    detail: Mapping[str, Any]
    cause: int | None
    depth: int

    @property
    def changes(self) -> dict[str, tuple[Any, Any]]:
        """What was changed: value before and after by path."""
        return {str(path): (before, after) for path, before, after in self.detail.get("changes", ())}


async def events_after(session: Session, place: int, limit: int) -> list[Event]:
    """The next events after a place."""
    rows = await session.fetch(
        f"SELECT {_COLUMNS} FROM g_audit WHERE seal_seq > $1 ORDER BY seal_seq LIMIT $2", place, limit
    )
    return [_event(row) for row in rows]


async def event_at(session: Session, place: int) -> Event | None:
    """The event at a place."""
    row = await session.fetchrow(f"SELECT {_COLUMNS} FROM g_audit WHERE seal_seq = $1", place)
    return _event(row) if row is not None else None


async def hold_cursor(session: Session, consumer: str) -> int:
    """How far a consumer has read; nobody else moves it until the transaction ends.

    A new consumer begins at the end: what happened before is not its business.
    """
    place: int = await session.value(
        "INSERT INTO g_consumer (name, place) "
        "VALUES ($1, (SELECT coalesce(max(seal_seq), 0) FROM g_audit)) "
        "ON CONFLICT (name) DO UPDATE SET place = g_consumer.place RETURNING place",
        consumer,
    )
    return place


async def cursor_of(session: Session, consumer: str) -> int | None:
    """How far a consumer has read; None: it never has."""
    place: int | None = await session.value("SELECT place FROM g_consumer WHERE name = $1", consumer)
    return place


async def last_place(session: Session) -> int:
    """The place of the newest event."""
    place: int | None = await session.value("SELECT max(seal_seq) FROM g_audit")
    return place or 0


async def move_cursor(session: Session, consumer: str, place: int) -> None:
    """The consumer has read up to this place."""
    await session.execute("UPDATE g_consumer SET place = $1 WHERE name = $2", place, consumer)


def _event(row: Row) -> Event:
    detail = orjson.loads(row["detail"])
    cause = detail.get("cause") or {}
    return Event(
        row["seal_seq"],
        row["id"],
        moment(row["at"]),
        row["actor_id"],
        row["channel"],
        row["verb"],
        row["entity"],
        row["record_id"],
        detail,
        cause.get("event"),
        cause.get("depth", 0),
    )
