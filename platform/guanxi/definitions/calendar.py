"""The compiled calendar: when work is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from guanxi.definitions.labels import Label

DAY = 24 * 60
"""The minutes of a day as the clock on the wall counts them."""


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """Working hours within a day, in minutes since midnight by the clock on the wall; without the end."""

    start: int
    end: int


Hours = tuple[Opening, ...]
"""The openings of a day, in order; none of a day off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """Working hours in a time zone.

    `week` holds the hours from Monday to Sunday, `days` those of days that are not as usual, and `yearly`
    those of days of every year, by month and day, each with the first year in which it is so.
    """

    name: str
    label: Label
    help: Label | None = None
    zone: ZoneInfo
    week: tuple[Hours, ...]
    days: Mapping[date, Hours] = field(default_factory=dict)
    yearly: Mapping[tuple[int, int], tuple[int, Hours]] = field(default_factory=dict)

    def hours(self, day: date) -> Hours:
        """The working hours of a day."""
        named = self.days.get(day)
        if named is not None:
            return named
        since, hours = self.yearly.get((day.month, day.day), (day.year + 1, ()))
        return hours if day.year >= since else self.week[day.weekday()]
