"""Edges and times of a record: what an automation last saw of it, and what it sees now."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.approvals.case import complete_content
from guanxi.commands.records.finding import stored_paths
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.definitions.flow.automation import Automation, Becomes, Due
from guanxi.records.difference import Change, apply
from guanxi.rules.schedules import due_of
from guanxi.storage.automations import Seen, forget_seen, keep_seen, seen
from guanxi.storage.outbox import Event
from guanxi.storage.records import load
from guanxi.storage.timers import Timer, clear_timers, set_timer
from guanxi.workflow.encoding import decode

DUE = "due"
"""The kind of owner of timers that follow a record; the owner is the record, the key the automation."""


async def follow(turn: Turn, automation: Automation, event: Event, record_id: int) -> bool:
    """Look at a record that an event is about; whether the automation begins by that.

    Of a record that it has not looked at before, an edge is found by what the event changed. A moment that
    lies in the past begins it only where the event brought that moment.
    """
    entity = turn.catalog.entities[automation.of]
    record = await _loaded(turn, automation, entity, record_id)
    if record is None:
        await forget_seen(turn.session, automation.name, record_id)
        await clear_timers(turn.session, DUE, record_id, automation.name)
        return False
    known = await seen(turn.session, automation.name, record_id)
    match automation.on:
        case Becomes(condition=condition):
            now = condition.holds(record, turn.variables)
            if known is not None:
                was = known.holds
            elif event.verb == "created":
                was = False
            else:
                was = condition.holds(_before(entity, record, event), turn.variables)
            if known is None or known.holds != now:
                await keep_seen(turn.session, automation.name, record_id, Seen(holds=now))
            return now and not was
        case Due():
            new = known is not None or event.verb == "created"
            return await follow_moment(turn, automation, record, known, new=new)
        case _:
            return False


async def follow_moment(
    turn: Turn, automation: Automation, record: Mapping[str, Any], known: Seen | None, *, new: bool
) -> bool:
    """Set the timer of a record to the moment it gives now; whether that is past, and `new`."""
    if not isinstance(automation.on, Due):
        return False
    catalog, record_id = turn.catalog, record["id"]
    calendar = catalog.calendars[automation.calendar] if automation.calendar else None
    due = due_of(automation.on, record, turn.variables, catalog.decisions, calendar)
    if known is not None and known.due == due:
        return False
    await keep_seen(turn.session, automation.name, record_id, Seen(due=due))
    if due is None or due <= turn.now:
        await clear_timers(turn.session, DUE, record_id, automation.name)
        return due is not None and new
    await set_timer(turn.session, Timer(DUE, record_id, automation.name, due))
    return False


async def _loaded(
    turn: Turn, automation: Automation, entity: Entity, record_id: int
) -> dict[str, Any] | None:
    rows = await load(turn.session, turn.catalog, entity, [record_id], stored_paths(entity))
    if record_id not in rows:
        return None
    record = dict(rows[record_id])
    await complete_content(turn, entity, record, automation)
    return record


def _before(entity: Entity, record: dict[str, Any], event: Event) -> dict[str, Any]:
    """The record without what the event changed."""
    changes = [Change(path, decode(after), decode(before)) for path, (before, after) in event.changes.items()]
    return apply(entity, changes, record)
