"""Times that records take of resources: half-open, from the start up to and without the end.

Source: the definition language, `noOverlap`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.entity import Constraint, Entity
from guanxi.errors import N_, Problem
from guanxi.rules.constraints import counts

ENDS_FIRST = N_("{end} must not be before {start}.")


@dataclass(frozen=True, slots=True)
class Booking:
    """That a record has a resource from `start` up to `end`, both of the type of their fields."""

    resource: str
    value: Any
    start: Any
    end: Any


def bookings_of(
    constraint: Constraint, record: Mapping[str, Any], variables: Mapping[str, Any]
) -> list[Booking]:
    """What a record takes; nothing without a beginning and an end, and no time is no booking."""
    start, end = record.get(constraint.start), record.get(constraint.end)
    if start is None or end is None or start >= end or not counts(constraint, record, variables):
        return []
    return [
        Booking(name, record[name], start, end)
        for name in constraint.resources
        if record.get(name) is not None
    ]


def refuse_reversed(entity: Entity, record: Mapping[str, Any]) -> list[Problem]:
    """A problem for each end that is before its start."""
    problems = {}
    for constraint in entity.constraints:
        if not constraint.resources:
            continue
        start, end = record.get(constraint.start), record.get(constraint.end)
        if start is not None and end is not None and end < start:
            labels = {
                "end": entity.fields[constraint.end].label,
                "start": entity.fields[constraint.start].label,
            }
            problems[constraint.end] = Problem(f"/{constraint.end}", "ends_first", ENDS_FIRST(**labels))
    return list(problems.values())
