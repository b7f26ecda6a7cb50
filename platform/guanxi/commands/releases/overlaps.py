"""Stored records that stand against a new rule by which times do not overlap."""

from collections.abc import AsyncIterator

from guanxi.commands.releases.candidate import Candidate
from guanxi.commands.releases.plan import Finding
from guanxi.definitions.entity import Constraint, Entity
from guanxi.errors import N_
from guanxi.storage.bookings import overlapping
from guanxi.storage.session import Session

OVERLAP = N_("{rows} pairs of records have the same at the same time. Change those records first.")


async def overlap_findings(session: Session, candidate: Candidate) -> AsyncIterator[Finding]:
    """A finding for each constraint that is new or other than before, and that records break."""
    for entity in candidate.catalog.entities.values():
        was = candidate.live.entities.get(entity.name)
        known = {_said(one) for one in was.constraints} if was is not None else set()
        for constraint in entity.constraints:
            new = constraint.resources and _said(constraint) not in known
            if new and _kept(candidate, entity, constraint):
                rows, samples = await overlapping(session, candidate.catalog, entity, constraint, {})
                if rows:
                    path, said = f"constraints/{constraint.name}", OVERLAP(rows=rows)
                    yield Finding("entity", entity.name, path, "needsDecision", rows, said, samples)


def _said(constraint: Constraint) -> tuple[object, ...]:
    when = constraint.when.text if constraint.when is not None else ""
    return constraint.resources, constraint.start, constraint.end, when


def _kept(candidate: Candidate, entity: Entity, constraint: Constraint) -> bool:
    """Whether there are columns for all that it reads; where one is new, nothing can overlap yet."""
    there = candidate.existing.columns.get(entity.table)
    reads = {path for path in constraint.when.reads if path in entity.fields} if constraint.when else set()
    names = {*constraint.resources, constraint.start, constraint.end, *reads}
    columns = [column for name in names for column in entity.fields[name].columns]
    return there is not None and all(column.name in there for column in columns)
