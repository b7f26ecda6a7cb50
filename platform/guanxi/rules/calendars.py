"""Working time: moments that lie a span apart, and how much work lies between two moments.

Moments are in UTC. Days and hours are those of the calendar's time zone, so an hour of work is an hour that
passes, also in the night in which clocks are put on or back; a day later is the same time of day.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from guanxi.definitions.calendar import DAY, Calendar, Opening
from guanxi.definitions.flow.spans import Span
from guanxi.errors import GuanxiError
from guanxi.expressions.moments import add_months

LONGEST_CLOSED: Final = 3660
"""So many days in a row without work are taken for ever."""
_STEPS: Final = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}
_DAYS: Final = {"days": 1, "weeks": 7}


class NeverOpen(GuanxiError):
    """A calendar in which no work is ever done again, so that working time does not pass."""

    def __init__(self, calendar: str, day: date) -> None:
        super().__init__(f"the calendar {calendar} has no working hours after {day}")


def span_end(span: Span, since: datetime, calendar: Calendar | None = None, zone: str = "UTC") -> datetime:
    """The moment a span after another. `calendar` says the time zone; without one, `zone` does.

    Raises:
        ValueError: working time without a calendar.
        OverflowError: the moment lies behind the year 9999.
        NeverOpen: no more work is done in the calendar.
    """
    if span.working:
        if calendar is None:
            raise ValueError("working time needs a calendar")
        if span.unit == "days":
            return _working_days(span.amount, since, calendar)
        return _working(span.amount * _STEPS[span.unit], since, calendar)
    if span.unit in _STEPS:
        return since + span.amount * _STEPS[span.unit]
    here = since.astimezone(calendar.zone if calendar else ZoneInfo(zone))
    day: date | None
    if span.unit == "months":
        day = add_months(here.date(), span.amount)
        if day is None:
            raise OverflowError("the moment lies behind the year 9999")
    else:
        day = here.date() + timedelta(days=span.amount * _DAYS[span.unit])
    return _same_time(day, here)


def span_start(span: Span, until: datetime, calendar: Calendar | None = None, zone: str = "UTC") -> datetime:
    """The moment a span before another; working time is counted back in days only.

    Raises:
        ValueError: working minutes or hours, or working time without a calendar.
        OverflowError: the moment lies before the year 1.
        NeverOpen: no work was done before.
    """
    if span.working and (calendar is None or span.unit != "days"):
        raise ValueError("working time is counted back in days, by a calendar")
    if span.unit in _STEPS:
        return until - span.amount * _STEPS[span.unit]
    here = until.astimezone(calendar.zone if calendar else ZoneInfo(zone))
    if span.working and calendar is not None:
        return _same_time(_working_day(-span.amount, here.date(), calendar), here)
    if span.unit == "months":
        day = add_months(here.date(), -span.amount)
        if day is None:
            raise OverflowError("the moment lies before the year 1")
        return _same_time(day, here)
    return _same_time(here.date() - timedelta(days=span.amount * _DAYS[span.unit]), here)


def working_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments; nothing where the end is not after the start."""
    found = timedelta()
    if end <= start:
        return found
    first, last = (moment.astimezone(calendar.zone).date() for moment in (start, end))
    for number in range((last - first).days + 1):
        for opens, closes in _open(calendar, first + timedelta(days=number)):
            found += max(min(closes, end) - max(opens, start), timedelta())
    return found


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """Whether work is done at a moment."""
    day = moment.astimezone(calendar.zone).date()
    return any(opens <= moment < closes for opens, closes in _open(calendar, day))


def next_at(moment: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The first moment with this time of day that is not before another."""
    day = moment.astimezone(zone).date()
    found = datetime.combine(day, at, zone).astimezone(UTC)
    return found if found >= moment else datetime.combine(day + timedelta(days=1), at, zone).astimezone(UTC)


def _working(left: timedelta, since: datetime, calendar: Calendar) -> datetime:
    """The moment at which so much work has been done since."""
    day, closed = since.astimezone(calendar.zone).date(), 0
    while True:
        closed += 1
        for opens, closes in _open(calendar, day):
            begun = max(opens, since)
            if closes > begun:
                if left <= closes - begun:
                    return begun + left
                left -= closes - begun
                closed = 0
        if closed > LONGEST_CLOSED:
            raise NeverOpen(calendar.name, day)
        day += timedelta(days=1)


def _working_days(count: int, since: datetime, calendar: Calendar) -> datetime:
    """The same time of day so many days with work later."""
    here = since.astimezone(calendar.zone)
    return _same_time(_working_day(count, here.date(), calendar), here)


def _working_day(count: int, day: date, calendar: Calendar) -> date:
    """The day that lies so many days with work after another, or before it where `count` is negative."""
    step, closed = timedelta(days=1 if count > 0 else -1), 0
    while count:
        day, closed = day + step, closed + 1
        if calendar.hours(day):
            count, closed = count - step.days, 0
        if closed > LONGEST_CLOSED:
            raise NeverOpen(calendar.name, day)
    return day


def _open(calendar: Calendar, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The working hours of a day as moments; those that the clock leaves out are not there."""
    for opening in calendar.hours(day):
        opens, closes = (_moment(day, minute, calendar.zone) for minute in _ends(opening))
        if opens < closes:
            yield opens, closes


def _ends(opening: Opening) -> tuple[int, int]:
    return opening.start, opening.end


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    if minute == DAY:
        day, minute = day + timedelta(days=1), 0
    return datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)


def _same_time(day: date, here: datetime) -> datetime:
    return datetime.combine(day, here.timetz()).astimezone(UTC)
