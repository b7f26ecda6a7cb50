"""Mail and webhooks on their way out: at most one row for each key, and how far it is.

`waiting` -> `sending` -> `sent`, or back to `waiting` to be tried again, or `failed`; `doubtful` when nobody
knows whether it arrived, `skipped` where there was no mail account.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

from guanxi.storage.moments import moment
from guanxi.storage.session import Row, Session

Channel = Literal["mail", "webhook"]
_COLUMNS = "id, key, channel, target, content, state, attempts, status, error, created_at, ended_at"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail or webhook; `target` is an address, `content` what is sent, without any secret."""

    id: int
    key: str
    channel: str
    target: str
    content: Mapping[str, Any]
    state: str
    attempts: int
    status: int | None
    error: str
    created_at: datetime
    ended_at: datetime | None


async def add_delivery(
    session: Session, key: str, channel: Channel, target: str, content: Mapping[str, Any], now: datetime
) -> int | None:
    """Put something on its way; None where the key is known, so that it is on its way already."""
    id_: int | None = await session.value(
        "INSERT INTO g_delivery (key, channel, target, content, state, attempts, error, created_at) "
        "VALUES ($1, $2, $3, $4, 'waiting', 0, '', $5) ON CONFLICT (key) DO NOTHING RETURNING id",
        key,
        channel,
        target,
        orjson.dumps(dict(content)).decode(),
        now,
    )
    return id_


async def delivery_of(session: Session, delivery_id: int) -> Delivery | None:
    """One delivery."""
    row = await session.fetchrow(f"SELECT {_COLUMNS} FROM g_delivery WHERE id = $1", delivery_id)
    return _delivery(row) if row is not None else None


async def deliveries(session: Session, limit: int) -> list[Delivery]:
    """The newest deliveries."""
    rows = await session.fetch(f"SELECT {_COLUMNS} FROM g_delivery ORDER BY id DESC LIMIT $1", limit)
    return [_delivery(row) for row in rows]


async def begin_sending(session: Session, delivery: Delivery) -> bool:
    """Note that it is being sent, before it is; whether it still was as it was read."""
    count = await session.execute(
        "UPDATE g_delivery SET state = 'sending', attempts = attempts + 1 "
        "WHERE id = $1 AND state = $2 AND attempts = $3",
        delivery.id,
        delivery.state,
        delivery.attempts,
    )
    return count == 1


async def end_sending(
    session: Session, delivery_id: int, state: str, now: datetime, status: int | None = None, error: str = ""
) -> None:
    """Note how it went."""
    await session.execute(
        "UPDATE g_delivery SET state = $1, status = $2, error = $3, ended_at = $4 WHERE id = $5",
        state,
        status,
        error[:2000],
        None if state == "waiting" else now,
        delivery_id,
    )


async def count_skipped(session: Session) -> int:
    """How many mails were not sent because there is no mail account."""
    count: int = await session.value("SELECT count(*) FROM g_delivery WHERE state = 'skipped'")
    return count


async def forget_deliveries(session: Session, before: datetime) -> int:
    """Forget what ended before a moment; returns how many."""
    return await session.execute("DELETE FROM g_delivery WHERE ended_at < $1", before)


def _delivery(row: Row) -> Delivery:
    return Delivery(
        row["id"],
        row["key"],
        row["channel"],
        row["target"],
        orjson.loads(row["content"]),
        row["state"],
        row["attempts"],
        row["status"],
        row["error"],
        moment(row["created_at"]),
        moment(row["ended_at"]) if row["ended_at"] is not None else None,
    )
