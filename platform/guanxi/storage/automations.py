"""What is kept of automations: their schedules, what they saw of records, what led to their runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.expressions import Formula
from guanxi.expressions.sets import condition_sql
from guanxi.storage.columns import quoted
from guanxi.storage.moments import moment
from guanxi.storage.placeholders import Arguments
from guanxi.storage.session import Session


@dataclass(frozen=True, slots=True)
class Schedule:
    """An automation that begins at times; `spec` is what the times were set by."""

    id: int
    automation: str
    spec: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What an automation last saw of a record: whether its condition held, and the moment it gave."""

    holds: bool = False
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Led:
    """What led to a run: the event, and how many automations led to it, the one by the other."""

    automation: str
    event: int | None
    depth: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is listed."""

    id: int
    record_id: int
    status: str
    started_at: datetime
    finished_at: datetime | None
    event: int | None
    depth: int


async def schedules(session: Session) -> list[Schedule]:
    """Every schedule."""
    rows = await session.fetch("SELECT id, automation, spec FROM g_schedule ORDER BY automation")
    return [Schedule(row["id"], row["automation"], row["spec"]) for row in rows]


async def keep_schedule(session: Session, automation: str, spec: str) -> int:
    """Note by what the times of an automation are set; returns the id of its schedule."""
    id_: int = await session.value(
        "INSERT INTO g_schedule (automation, spec) VALUES ($1, $2) "
        "ON CONFLICT (automation) DO UPDATE SET spec = excluded.spec RETURNING id",
        automation,
        spec,
    )
    return id_


async def drop_schedule(session: Session, schedule: Schedule) -> None:
    """The automation begins at no time any more; what it saw of records is forgotten."""
    await session.execute("DELETE FROM g_schedule WHERE id = $1", schedule.id)
    await session.execute("DELETE FROM g_watched WHERE automation = $1", schedule.automation)


async def seen(session: Session, automation: str, record_id: int) -> Seen | None:
    """What an automation last saw of a record; None where it has not looked at it yet."""
    row = await session.fetchrow(
        "SELECT holds, due FROM g_watched WHERE automation = $1 AND record_id = $2", automation, record_id
    )
    if row is None:
        return None
    return Seen(bool(row["holds"]), moment(row["due"]) if row["due"] is not None else None)


async def keep_seen(session: Session, automation: str, record_id: int, now: Seen) -> None:
    """Remember what an automation saw of a record."""
    await session.execute(
        "INSERT INTO g_watched (automation, record_id, holds, due) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (automation, record_id) DO UPDATE SET holds = excluded.holds, due = excluded.due",
        automation,
        record_id,
        now.holds,
        now.due,
    )


async def forget_seen(session: Session, automation: str, record_id: int) -> None:
    """The record is gone."""
    sql = "DELETE FROM g_watched WHERE automation = $1 AND record_id = $2"
    await session.execute(sql, automation, record_id)


async def note_run(session: Session, instance_id: int, record_id: int, led: Led) -> None:
    """Keep what led to a run."""
    await session.execute(
        "INSERT INTO g_automation_run (instance_id, automation, record_id, event, depth) "
        "VALUES ($1, $2, $3, $4, $5)",
        instance_id,
        led.automation,
        record_id,
        led.event,
        led.depth,
    )


async def led_to(session: Session, instance_id: int) -> Led | None:
    """What led to a run; None of an instance that began otherwise."""
    row = await session.fetchrow(
        "SELECT automation, event, depth FROM g_automation_run WHERE instance_id = $1", instance_id
    )
    return Led(row["automation"], row["event"], row["depth"]) if row is not None else None


async def ran_for(session: Session, automation: str, record_id: int) -> bool:
    """Whether the automation ever ran for the record."""
    sql = "SELECT 1 FROM g_automation_run WHERE automation = $1 AND record_id = $2 LIMIT 1"
    return await session.value(sql, automation, record_id) is not None


async def runs_of(session: Session, automation: str, limit: int) -> list[Run]:
    """The newest runs of an automation."""
    rows = await session.fetch(
        "SELECT i.id, i.record_id, i.status, i.started_at, i.finished_at, r.event, r.depth "
        "FROM g_automation_run r JOIN g_instance i ON i.id = r.instance_id "
        "WHERE r.automation = $1 ORDER BY r.instance_id DESC LIMIT $2",
        automation,
        limit,
    )
    return [
        Run(
            row["id"],
            row["record_id"],
            row["status"],
            moment(row["started_at"]),
            moment(row["finished_at"]) if row["finished_at"] is not None else None,
            row["event"],
            row["depth"],
        )
        for row in rows
    ]


async def count_runs(session: Session) -> Mapping[str, tuple[int, int]]:
    """How many runs each automation has had, and how many of them have not ended."""
    rows = await session.fetch(
        "SELECT r.automation, count(*) AS runs, count(*) - count(i.finished_at) AS open "
        "FROM g_automation_run r JOIN g_instance i ON i.id = r.instance_id GROUP BY r.automation"
    )
    return {row["automation"]: (row["runs"], row["open"]) for row in rows}


async def ids_where(
    session: Session,
    catalog: Catalog,
    entity: Entity,
    where: Formula | None,
    variables: Mapping[str, Any],
    after: int,
    limit: int,
) -> Sequence[int]:
    """The next records for which a condition holds, in the order of their ids, behind `after`."""
    arguments = Arguments()
    condition = "1 = 1"
    if where is not None:
        condition = condition_sql(where, catalog.tables, session.dialect, "t", arguments.bind, variables)
    rows = await session.fetch(
        f"SELECT t.id FROM {quoted(entity.table)} t WHERE ({condition}) AND t.id > {arguments.bind(after)} "
        f"ORDER BY t.id LIMIT {arguments.bind(limit)}",
        *arguments.values,
    )
    return [row["id"] for row in rows]
