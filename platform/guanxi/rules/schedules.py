"""When something that happens again and again is next, and when something that follows a record is due."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from guanxi.definitions.calendar import Calendar
from guanxi.definitions.decisions.model import Decision
from guanxi.definitions.flow.automation import Due, Every, OnDay
from guanxi.definitions.flow.spans import AnySpan, DecidedSpan, Span, parse_span
from guanxi.expressions import Formula
from guanxi.rules.calendars import LONGEST_CLOSED, NeverOpen, next_at, span_end, span_start
from guanxi.rules.decisions import decide

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BY_THE_CLOCK: Final = frozenset({"minutes", "hours"})
MIDNIGHT: Final = time()


def next_every(
    on: Every, last: datetime | None, now: datetime, calendar: Calendar | None, zone: str
) -> datetime:
    """The next moment after `now` of what happens every so often, counted on from the `last` time.

    The first time is at the next such time of day, or a span from now. Times that were missed while nothing
    ran are not made up for.

    Raises:
        NeverOpen, OverflowError: there is none.
    """
    here = calendar.zone if calendar else ZoneInfo(zone)
    if last is None and on.at is not None:
        return next_at(now + timedelta(microseconds=1), on.at, here)
    due = last or now
    span = on.span
    if not isinstance(span, Span):
        raise TypeError("an automation that begins every so often has a fixed span")
    while due <= now or due == last:
        due = span_end(span, due, calendar, zone)
        if on.at is not None and span.unit in _BY_THE_CLOCK:
            due = next_at(due, on.at, here)
        elif on.at is not None:
            # A time that a day leaves out, the next day has again.
            due = datetime.combine(due.astimezone(here).date(), on.at, here).astimezone(UTC)
    return due


def next_day(on: OnDay, now: datetime, calendar: Calendar) -> datetime:
    """The moment after `now` at which such a day of the calendar has come.

    Raises:
        NeverOpen: there is no such day.
    """
    first = now.astimezone(calendar.zone).date()
    for number in range(LONGEST_CLOSED):
        day = first + timedelta(days=number)
        due = datetime.combine(day, on.at or MIDNIGHT, calendar.zone).astimezone(UTC)
        if due > now and _is(on.day, day, calendar):
            return due
    raise NeverOpen(calendar.name, first)


def due_of(
    on: Due,
    record: Mapping[str, Any],
    variables: Mapping[str, Any],
    tables: Mapping[str, Decision],
    calendar: Calendar | None,
) -> datetime | None:
    """The moment that follows from a record; None where the record does not say one, or none can come."""
    zone = str(variables["zone"])
    here = calendar.zone if calendar else ZoneInfo(zone)
    found = on.moment.evaluate(record, variables)
    if isinstance(found, date) and not isinstance(found, datetime):
        found = datetime.combine(found, on.at or MIDNIGHT, here).astimezone(UTC)
    if not isinstance(found, datetime):
        return None
    span, sign = (on.before, -1) if on.before is not None else (on.after, 1)
    if span is not None:
        length = _length(span, record, variables, tables)
        try:
            if isinstance(length, Span):
                move = span_end if sign > 0 else span_start
                found = move(length, found, calendar, zone)
            elif length is not None:
                found += sign * length
            else:
                return None
        except (OverflowError, NeverOpen):
            return None
    return found if on.at is None else _at(found, on, here)


def _length(
    span: AnySpan, record: Mapping[str, Any], variables: Mapping[str, Any], tables: Mapping[str, Decision]
) -> Span | timedelta | None:
    """The span that is meant for a record; None where its expression or table gives nothing."""
    given: object = span
    if isinstance(span, Formula):
        given = span.evaluate(record, variables)
    elif isinstance(span, DecidedSpan):
        outputs = decide(tables[span.decision], record, variables).outputs
        given = outputs[span.output] if span.output else next(iter(outputs.values()))
        given = parse_span(given) if isinstance(given, str) else given
    return given if isinstance(given, Span | timedelta) else None


def _at(found: datetime, on: Due, here: ZoneInfo) -> datetime:
    """The time of day on that day; what is counted on is never early."""
    if on.before is None:
        return next_at(found, on.at or MIDNIGHT, here)
    return datetime.combine(found.astimezone(here).date(), on.at or MIDNIGHT, here).astimezone(UTC)


def _is(name: str, day: date, calendar: Calendar) -> bool:
    if name in _WEEKDAYS:
        return day.weekday() == _WEEKDAYS.index(name)
    if name == "working":
        return bool(calendar.hours(day))
    last = monthrange(day.year, day.month)[1]
    days = [day.replace(day=number) for number in range(1, last + 1)]
    if name.endswith("Working"):
        days = [one for one in days if calendar.hours(one)]
    return bool(days) and day == (days[0] if name.startswith("monthFirst") else days[-1])
