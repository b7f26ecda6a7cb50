"""Days and moments: what leaves the calendar (years 1 to 9999) is missing."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
MAX_DAYS = 3_652_059
"""The days of the years 1 to 9999: no span of this calendar is longer."""


def days(count: int) -> timedelta | None:
    """A span of whole days."""
    return timedelta(days=count) if abs(count) <= MAX_DAYS else None


def hours(count: int) -> timedelta | None:
    """A span of whole hours."""
    return timedelta(hours=count) if abs(count) <= MAX_DAYS * 24 else None


def minutes(count: int) -> timedelta | None:
    """A span of whole minutes."""
    return timedelta(minutes=count) if abs(count) <= MAX_DAYS * 1440 else None


def day_after(day: date, span: timedelta) -> date | None:
    """A day moved by the whole days in a span (downwards: -1 hour is -1 day)."""
    try:
        return day + span
    except OverflowError:
        return None


def moment_after(moment: datetime, span: timedelta) -> datetime | None:
    """A moment moved by a span."""
    try:
        return moment + span
    except OverflowError:
        return None


def day_before(day: date, span: timedelta) -> date | None:
    """A day moved back by the whole days in a span."""
    return day_after(day, -span)


def moment_before(moment: datetime, span: timedelta) -> datetime | None:
    """A moment moved back by a span."""
    return moment_after(moment, -span)


def spans_together(left: timedelta, right: timedelta) -> timedelta | None:
    """The sum of two spans, if it is a span of this calendar."""
    total = left + right
    return total if abs(total) <= MAX_DAYS * DAY else None


def spans_apart(left: timedelta, right: timedelta) -> timedelta | None:
    """The difference of two spans, if it is a span of this calendar."""
    return spans_together(left, -right)


def date_of(moment: datetime, zone: str) -> date | None:
    """The day of a moment on the wall calendar of a time zone."""
    try:
        return moment.astimezone(UTC if zone == "UTC" else ZoneInfo(zone)).date()
    except OverflowError:
        return None


def days_from(day: date, until: date) -> int:
    """The days from one day to another."""
    return (until - day).days


def days_from_moment(moment: datetime, until: datetime) -> int:
    """The whole days from one moment to another."""
    return (until - moment) // DAY


def add_months(day: date, months: int) -> date | None:
    """The same day of a later (or earlier) month, or its last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def end_of_year(day: date) -> date:
    """The last day of the year."""
    return day.replace(month=12, day=31)


def next_anniversary(day: date, today: date) -> date | None:
    """The first return of a day, not before today; 29 February returns on the 28th in common years."""
    this_year = add_months(day, 12 * (today.year - day.year))
    if this_year is None or this_year >= today:
        return this_year
    return add_months(day, 12 * (today.year + 1 - day.year))
