"""Running processes: the instance with its state, and each accepted event, unique by (instance, seq)."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from guanxi.storage.moments import moment
from guanxi.storage.session import Row, Session

COLUMNS = (
    "id, approval, catalog, entity, record_id, status, seq, state, content_hash, started_by, started_at, "
    "finished_at, kind, parent_id, parent_key"
)

Kind = Literal["approval", "automation"]


@dataclass(frozen=True, slots=True)
class Instance:
    """One run of a process: `approval` is its name, of whichever `kind`.

    A sub-process has a parent, which knows it by `parent_key`. `catalog` is the digest of the definitions it
    runs under, `seq` how many events were accepted, `state` the engine's state as JSON, `content_hash` that
    of the watched content at the last event.
    """

    id: int
    approval: str
    catalog: str
    entity: str
    record_id: int
    status: str
    seq: int
    state: Mapping[str, Any]
    content_hash: str
    started_by: int
    started_at: datetime
    finished_at: datetime | None
    kind: Kind = "approval"
    parent_id: int | None = None
    parent_key: str | None = None


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An accepted event with the facts that decided it, both as JSON."""

    seq: int
    kind: str
    at: datetime
    by: int | None
    event: Mapping[str, Any]
    facts: Mapping[str, Any]


async def instance_of(session: Session, id_: int) -> Instance | None:
    """The instance of an id."""
    row = await session.fetchrow(f"SELECT {COLUMNS} FROM g_instance WHERE id = $1", id_)
    return _instance(row) if row is not None else None


async def last_instance(
    session: Session, entity: str, record_id: int, approval: str | None = None
) -> Instance | None:
    """The newest approval of a record, or the newest of this name; no sub-process, running or ended."""
    row = await session.fetchrow(
        f"SELECT {COLUMNS} FROM g_instance WHERE entity = $1 AND record_id = $2 AND kind = 'approval' "
        "AND parent_id IS NULL AND approval = COALESCE($3, approval) ORDER BY id DESC LIMIT 1",
        entity,
        record_id,
        approval,
    )
    return _instance(row) if row is not None else None


async def open_instances(session: Session, entity: str, record_id: int, kind: Kind) -> list[Instance]:
    """The instances of a kind about a record that have not ended, the oldest first."""
    rows = await session.fetch(
        f"SELECT {COLUMNS} FROM g_instance WHERE entity = $1 AND record_id = $2 AND kind = $3 "
        "AND status IN ('running', 'returned') ORDER BY id",
        entity,
        record_id,
        kind,
    )
    return [_instance(row) for row in rows]


async def child_of(session: Session, parent_id: int, key: str) -> Instance | None:
    """The sub-process that its parent knows by a key."""
    sql = f"SELECT {COLUMNS} FROM g_instance WHERE parent_id = $1 AND parent_key = $2"
    row = await session.fetchrow(f"{sql} ORDER BY id DESC LIMIT 1", parent_id, key)
    return _instance(row) if row is not None else None


async def await_events(session: Session, instance_id: int, names: Collection[str]) -> None:
    """Note the named events that an instance waits for, in place of those before."""
    await session.execute("DELETE FROM g_awaited_event WHERE instance_id = $1", instance_id)
    sql = "INSERT INTO g_awaited_event (instance_id, name) VALUES ($1, $2)"
    if names:
        await session.execute_many(sql, [(instance_id, name) for name in sorted(names)])


async def awaiting(session: Session, name: str) -> list[int]:
    """The instances that wait for a named event, by id."""
    rows = await session.fetch(
        "SELECT instance_id FROM g_awaited_event WHERE name = $1 ORDER BY instance_id", name
    )
    return [row["instance_id"] for row in rows]


async def has_instance(session: Session, entity: str, record_id: int) -> bool:
    """Whether the record ever went into an approval."""
    sql = "SELECT 1 FROM g_instance WHERE entity = $1 AND record_id = $2 AND kind = 'approval' LIMIT 1"
    return await session.value(sql, entity, record_id) is not None


async def add_instance(session: Session, instance: Instance) -> int:
    """Store a new instance and return its id (the one it carries is not used)."""
    new_id: int = await session.value(
        "INSERT INTO g_instance (approval, catalog, entity, record_id, status, seq, state, content_hash, "
        "started_by, started_at, finished_at, kind, parent_id, parent_key) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
        *_values(instance),
        instance.kind,
        instance.parent_id,
        instance.parent_key,
    )
    return new_id


async def save_instance(session: Session, instance: Instance, was: int) -> bool:
    """Store an instance over its state at event `was`; False when another event came first."""
    touched = await session.execute(
        "UPDATE g_instance SET approval = $1, catalog = $2, entity = $3, record_id = $4, status = $5, "
        "seq = $6, "
        "state = $7, content_hash = $8, started_by = $9, started_at = $10, finished_at = $11 "
        "WHERE id = $12 AND seq = $13",
        *_values(instance),
        instance.id,
        was,
    )
    return touched == 1


async def add_event(session: Session, instance_id: int, event: StoredEvent) -> None:
    """Store an accepted event. Raises ConstraintBroken when its number is taken."""
    await session.execute(
        "INSERT INTO g_instance_event (instance_id, seq, kind, at, by, event, facts) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        instance_id,
        event.seq,
        event.kind,
        event.at,
        event.by,
        _text(event.event),
        _text(event.facts),
    )


async def events_of(session: Session, instance_id: int) -> Sequence[StoredEvent]:
    """All events of an instance, in order."""
    rows = await session.fetch(
        "SELECT seq, kind, at, by, event, facts FROM g_instance_event WHERE instance_id = $1 ORDER BY seq",
        instance_id,
    )
    return [
        StoredEvent(
            row["seq"],
            row["kind"],
            moment(row["at"]),
            row["by"],
            json.loads(row["event"]),
            json.loads(row["facts"]),
        )
        for row in rows
    ]


def _values(instance: Instance) -> tuple[Any, ...]:
    return (
        instance.approval,
        instance.catalog,
        instance.entity,
        instance.record_id,
        instance.status,
        instance.seq,
        _text(instance.state),
        instance.content_hash,
        instance.started_by,
        instance.started_at,
        instance.finished_at,
    )


def _instance(row: Row) -> Instance:
    return Instance(
        id=row["id"],
        approval=row["approval"],
        catalog=row["catalog"],
        entity=row["entity"],
        record_id=row["record_id"],
        status=row["status"],
        seq=row["seq"],
        state=json.loads(row["state"]),
        content_hash=row["content_hash"],
        started_by=row["started_by"],
        started_at=moment(row["started_at"]),
        finished_at=moment(row["finished_at"]) if row["finished_at"] is not None else None,
        kind=row["kind"],
        parent_id=row["parent_id"],
        parent_key=row["parent_key"],
    )


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
