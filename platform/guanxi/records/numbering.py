"""Sequence numbers: `SO-{year}-{n:05}`, when one is given, and the period in which counting starts anew."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from guanxi.definitions.entity import Entity, Field

_LENGTHS = {"never": 0, "year": 4, "month": 7, "day": 10}
"""How much of a day, written `2026-01-31`, tells the period."""


def due_numbers(
    entity: Entity, record: Mapping[str, Any], variables: Mapping[str, Any], *, new: bool
) -> list[Field]:
    """The sequences of which the record is to have a number now; one that it has stays for ever.

    Without `assignWhen` a number belongs to a new record; with it, to the first save at whose end it holds.
    """
    return [
        field
        for field in entity.fields.values()
        if field.type == "sequence"
        and record.get(field.name) is None
        and _is_due(field, record, variables, new)
    ]


def period_of(field: Field, today: date) -> str:
    """The key of the counter: the year, the month, the day, or one for all time."""
    return today.isoformat()[: _LENGTHS[field.restart]]


def numbered(field: Field, number: int, today: date) -> str:
    """The text of one number. The format was checked when the definition was compiled."""
    parts = {"year": f"{today.year:04}", "month": f"{today.month:02}", "day": f"{today.day:02}"}
    return (field.format or "{n}").format(n=number, **parts)


def _is_due(field: Field, record: Mapping[str, Any], variables: Mapping[str, Any], new: bool) -> bool:  # noqa: FBT001
    return new if field.assign_when is None else field.assign_when.holds(record, variables)
