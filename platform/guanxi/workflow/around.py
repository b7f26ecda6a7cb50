"""Answers from a workspace's definitions: its decision tables, its calendars, the records of its users."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from guanxi.definitions.calendar import Calendar
from guanxi.definitions.decisions import Decision
from guanxi.definitions.flow.spans import Span
from guanxi.rules.calendars import next_at, span_end
from guanxi.rules.decisions import Answer, decide


@dataclass(frozen=True, slots=True)
class Around:
    """What lies outside an instance, as plain data; an `Outside`.

    `record` and `variables` are what tables decide by, `calendar` that of the process; where it has none,
    days are those of `zone`. `users` are flat records by id, with what conditions on candidates read.
    """

    record: Mapping[str, Any]
    variables: Mapping[str, Any]
    tables: Mapping[str, Decision] = field(default_factory=dict)
    calendar: Calendar | None = None
    zone: str = "UTC"
    users: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    def table(self, decision: str) -> Answer:
        """What a decision table answers on the record. Raises `Undecided` when no row does."""
        return decide(self.tables[decision], self.record, self.variables)

    def user(self, person: int) -> Mapping[str, Any]:
        """A person's own record."""
        return self.users[person]

    def end(self, span: Span, since: datetime) -> datetime:
        """The moment a span after another."""
        return span_end(span, since, self.calendar, self.zone)

    def start(self, day: date, at: time) -> datetime:
        """The moment of a time of day on a day."""
        return datetime.combine(day, at, self._zone).astimezone(UTC)

    def onward(self, since: datetime, at: time) -> datetime:
        """The first moment from `since` on with that time of day."""
        return next_at(since, at, self._zone)

    @property
    def _zone(self) -> ZoneInfo:
        return self.calendar.zone if self.calendar else ZoneInfo(self.zone)


PLAIN: Final = Around({}, {})
"""Knows no tables and no people, and counts plain time in UTC: enough for a process that asks for no more."""
