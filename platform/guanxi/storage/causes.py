"""What led to what: the chain of events and automations behind an event."""

from dataclasses import dataclass

import orjson

from guanxi.storage.moments import moment
from guanxi.storage.outbox import Event
from guanxi.storage.session import Row, Session

LONGEST = 20
_COLUMNS = "id, at, actor_id, channel, verb, entity, record_id, detail"


@dataclass(frozen=True, slots=True)
class Link:
    """An event of a chain, and the automation that did it; empty for what a person did."""

    event: Event
    automation: str


async def chain_of(session: Session, event_id: int | None) -> list[Link]:
    """The events that led to an event, the first cause first, and the event itself last."""
    found: list[Link] = []
    while event_id is not None and len(found) < LONGEST:
        row = await session.fetchrow(f"SELECT {_COLUMNS} FROM g_audit WHERE id = $1", event_id)
        if row is None:
            break
        link = _link(row)
        found.insert(0, link)
        event_id = link.event.cause
    return found


async def newest_of(session: Session, verb: str, limit: int) -> list[Event]:
    """The newest events of a verb."""
    sql = f"SELECT {_COLUMNS} FROM g_audit WHERE verb = $1 ORDER BY id DESC LIMIT $2"
    return [_link(row).event for row in await session.fetch(sql, verb, limit)]


def _link(row: Row) -> Link:
    detail = orjson.loads(row["detail"])
    cause = detail.get("cause") or {}
    event = Event(
        0,
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
    return Link(event, cause.get("automation", ""))
