"""Spans of time as definitions write them: `"2 working days"`, `"3 hours"`, or one that varies."""

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from guanxi.expressions import Formula

Unit: TypeAlias = Literal["minutes", "hours", "days", "weeks", "months"]

UNITS: Final[tuple[Unit, ...]] = ("minutes", "hours", "days", "weeks", "months")
WORKING_UNITS: Final[tuple[Unit, ...]] = ("minutes", "hours", "days")

MOST_MONTHS: Final = 1200
"""A hundred years: a moment that far away can still be written; the other units cannot reach too far."""
_WRITTEN = re.compile(r"([1-9][0-9]{0,4}) (working )?(minute|hour|day|week|month)s?(?![\s\S])")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: `amount` units, of working time where `working`.

    Working time is counted by a calendar: working minutes and hours run only while it is open, so many
    working days later is at the same time of day on a day that has working hours. Days, weeks and months keep
    the time of day of the calendar's time zone; of a month that is too short, the last day counts.
    """

    amount: int
    unit: Unit
    working: bool = False

    def __str__(self) -> str:
        """As a definition writes it."""
        unit = self.unit if self.amount != 1 else self.unit.removesuffix("s")
        return f"{self.amount} {'working ' if self.working else ''}{unit}"


@dataclass(frozen=True, slots=True)
class DecidedSpan:
    """A span that a decision table gives: the text of its `output`, or of its only one.

    `reads` are the record paths that the table decides by.
    """

    decision: str
    output: str | None = None
    reads: frozenset[str] = frozenset()


AnySpan: TypeAlias = Span | DecidedSpan | Formula
"""A fixed span; one that a decision table gives; an expression of type duration over the record."""


def parse_span(text: str) -> Span | None:
    """The span that a text means, or None: `"1 day"`, `"30 days"`, `"8 working hours"`."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    amount, working, word = match.groups()
    unit: Unit = f"{word}s"  # type: ignore[assignment]  # the pattern allows no other
    if (working and unit not in WORKING_UNITS) or (unit == "months" and int(amount) > MOST_MONTHS):
        return None
    return Span(int(amount), unit, bool(working))
