"""Automations that begin at times: when they are next, and for which records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from guanxi.commands.approvals.case import complete_content
from guanxi.commands.automations.beginning import Beginning, defer_beginning
from guanxi.commands.automations.following import follow_moment
from guanxi.commands.records.finding import stored_paths
from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.flow.automation import Automation, Due, Every, OnDay
from guanxi.rules.schedules import next_day, next_every
from guanxi.storage.automations import ids_where, schedules, seen
from guanxi.storage.jobs import Job, defer
from guanxi.storage.records import load
from guanxi.storage.timers import Timer, set_timer

SCHEDULE: Final = "schedule"
"""The kind of owner of the timers of schedules."""
NEXT: Final = "next"
SWEEP: Final = "begin automations"
CHUNK: Final = 200
"""Records that are looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """The records behind `after` are to be looked at, for a time that came at `moment`."""

    automation: str
    moment: str
    after: int = 0

    @property
    def occasion(self) -> str:
        """Names this chunk among all there are."""
        return f"{self.automation} sweep {self.moment} {self.after}"

    def payload(self) -> dict[str, Any]:
        """As the payload of a job."""
        return {"automation": self.automation, "moment": self.moment, "after": self.after}


def spec_of(catalog: Catalog, automation: Automation) -> str | None:
    """By what the times of an automation are set; None of one that does not begin at times."""
    if not automation.active or not isinstance(automation.on, Due | Every | OnDay):
        return None
    data: Mapping[str, Any] = next(
        one.data for one in catalog.effective if (one.kind, one.name) == ("automation", automation.name)
    )
    told = {key: data.get(key) for key in ("of", "on", "calendar")}
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def next_of(turn: Turn, automation: Automation, last: datetime | None) -> datetime | None:
    """When an automation with a schedule is next, counted on from the last time."""
    calendar = turn.catalog.calendars[automation.calendar] if automation.calendar else None
    match automation.on:
        case Every():
            return next_every(automation.on, last, turn.now, calendar, turn.zone.key)
        case OnDay() if calendar is not None:
            return next_day(automation.on, turn.now, calendar)
        case _:
            return None


async def defer_sweep(turn: Turn, sweep: Sweep) -> None:
    """Look at the records after the commit, chunk by chunk."""
    await defer(turn.session, Job(SWEEP, sweep.payload(), sweep.occasion), turn.now)


async def fire_schedule(turn: Turn, timer: Timer) -> None:
    """The time of a schedule has come: set the next, and begin for the records of the segment."""
    known = {one.id: one for one in await schedules(turn.session)}
    schedule = known.get(timer.owner_id)
    automation = turn.catalog.automations.get(schedule.automation) if schedule is not None else None
    if automation is None or not automation.active:
        return
    due = next_of(turn, automation, timer.due)
    if due is not None:
        await set_timer(turn.session, Timer(SCHEDULE, timer.owner_id, NEXT, due))
        await defer_sweep(turn, Sweep(automation.name, timer.due.isoformat()))


async def fire_due(turn: Turn, timer: Timer) -> None:
    """The moment that a record gave has come."""
    automation = turn.catalog.automations.get(timer.key)
    if automation is None or not isinstance(automation.on, Due):
        return
    occasion = f"{automation.name} due {timer.owner_id} {timer.due.isoformat()}"
    await defer_beginning(turn, Beginning(automation.name, timer.owner_id, occasion))


async def sweep_chunk(turn: Turn, sweep: Sweep) -> None:
    """Begin for the next records of the segment; of those with a moment of their own, set the timers."""
    automation = turn.catalog.automations.get(sweep.automation)
    if automation is None or not automation.active:
        return
    entity = turn.catalog.entities[automation.of]
    ids = await ids_where(
        turn.session, turn.catalog, entity, automation.where, turn.variables, sweep.after, CHUNK
    )
    if isinstance(automation.on, Due):
        rows = await load(turn.session, turn.catalog, entity, ids, stored_paths(entity))
        for id_ in ids:
            record = dict(rows[id_])
            await complete_content(turn, entity, record, automation)
            known = await seen(turn.session, automation.name, id_)
            await follow_moment(turn, automation, record, known, new=False)
    else:
        for id_ in ids:
            occasion = f"{automation.name} at {sweep.moment} {id_}"
            await defer_beginning(turn, Beginning(automation.name, id_, occasion))
    if len(ids) == CHUNK:
        await defer_sweep(turn, Sweep(sweep.automation, sweep.moment, ids[-1]))
