"""The audit: one row for each thing that was done, in the transaction that did it.

Rows are written unsealed, so that writers do not wait for each other; `sealing` makes a chain of them soon
after, `verifying` checks it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from guanxi.storage.moments import moment
from guanxi.storage.session import Session

_INSERT = (
    "INSERT INTO g_audit (at, actor_id, channel, verb, entity, record_id, detail) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7)"
)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who did what to which record, when, and how; `detail` is JSON."""

    at: datetime
    actor_id: int | None
    channel: str
    verb: str
    entity: str
    record_id: int | None
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredAudit:
    """An audit row as it was stored."""

    id: int
    at: datetime
    actor_id: int | None
    channel: str
    verb: str
    detail: Mapping[str, Any]


def append(session: Session, row: AuditRow) -> None:
    """Add a row to the transaction; it is written together with the commit."""
    detail = orjson.dumps(row.detail).decode()
    session.at_end(_INSERT, row.at, row.actor_id, row.channel, row.verb, row.entity, row.record_id, detail)


async def audit_of(
    session: Session, entity: str, record_id: int, limit: int | None = None
) -> Sequence[StoredAudit]:
    """What was done to a record, newest first."""
    rows = await session.fetch(
        "SELECT id, at, actor_id, channel, verb, detail FROM g_audit "
        "WHERE entity = $1 AND record_id = $2 ORDER BY id DESC LIMIT $3",
        entity,
        record_id,
        limit if limit is not None else 2**31 - 1,
    )
    return [
        StoredAudit(
            row["id"],
            moment(row["at"]),
            row["actor_id"],
            row["channel"],
            row["verb"],
            orjson.loads(row["detail"]),
        )
        for row in rows
    ]
