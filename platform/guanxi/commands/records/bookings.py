"""Resources that two records would have at the same time."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.records.relations import titles_for
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Constraint, Entity
from guanxi.errors import N_, Problem
from guanxi.rules.bookings import Booking, bookings_of, refuse_reversed
from guanxi.rules.constraints import counts
from guanxi.storage.bookings import booked, lock_resources
from guanxi.storage.records import load

BOOKED = N_("{label} is taken at that time. Choose another, or another time.")
BOOKED_BY = N_("{label} is taken at that time by “{title}”. Choose another, or another time.")


async def taken_times(
    turn: Turn, entity: Entity, record: Mapping[str, Any], before: Mapping[str, Any] | None
) -> list[Problem]:
    """A problem for each resource that another record has meanwhile; only of what changed."""
    problems = refuse_reversed(entity, record)
    for constraint in entity.constraints:
        if constraint.resources and not problems:
            problems += await _taken(turn, entity, constraint, record, before)
    return problems


async def _taken(
    turn: Turn,
    entity: Entity,
    constraint: Constraint,
    record: Mapping[str, Any],
    before: Mapping[str, Any] | None,
) -> list[Problem]:
    known = [] if before is None else bookings_of(constraint, before, turn.variables)
    wanted = [one for one in bookings_of(constraint, record, turn.variables) if one not in known]
    if not wanted:
        return []
    await lock_resources(turn.session, entity, constraint, wanted)
    problems = []
    for booking in wanted:
        others = await _others(turn, entity, constraint, booking, None if before is None else before["id"])
        if others:
            problems.append(await _told(turn, entity, constraint, booking, others))
    return problems


async def _others(
    turn: Turn, entity: Entity, constraint: Constraint, booking: Booking, own: int | None
) -> list[int]:
    ids = await booked(turn.session, entity, constraint, booking, own)
    if constraint.when is None or not ids:
        return ids
    rows = await load(turn.session, turn.catalog, entity, ids, constraint.when.reads)
    return [id_ for id_ in ids if counts(constraint, rows[id_], turn.variables)]


async def _told(
    turn: Turn, entity: Entity, constraint: Constraint, booking: Booking, others: list[int]
) -> Problem:
    """What has it is named where the actor may see it."""
    label = entity.fields[booking.resource].label
    titles = await titles_for(turn, {entity.name: set(others)})
    title = next((titles[entity.name, id_] for id_ in others if titles.get((entity.name, id_))), "")
    said = BOOKED_BY(label=label, title=title) if title else BOOKED(label=label)
    return Problem(f"/{booking.resource}", "booked", constraint.message or said)
