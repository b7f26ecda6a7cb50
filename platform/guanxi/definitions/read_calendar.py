"""Reading a calendar: its hours in order, its exceptions day by day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from guanxi.definitions.calendar import DAY, Calendar, Hours, Opening
from guanxi.definitions.compiling import Compiling
from guanxi.definitions.labels import humanised
from guanxi.definitions.suggestions import nearest

Data = Mapping[str, Any]
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_DAYS: Final = 366
MOST_YEARLY_DAYS_OFF: Final = 60
"""So that no calendar is closed for ever."""


def read_calendar(data: Data, compiling: Compiling) -> Calendar:
    """Compile a calendar document that its meta-schema has accepted."""
    zone = data["timeZone"]
    if zone not in available_timezones():
        hint = nearest(zone, available_timezones())
        compiling.problem("/timeZone", f'there is no time zone "{zone}"', hint)
        zone = "UTC"
    week = tuple(_hours(data["week"].get(day, ()), f"/week/{day}", compiling) for day in WEEKDAYS)
    if not any(week):
        compiling.problem("/week", "it is never open", 'write the hours of a day, as in ["09:00-18:00"]')
    items = data.get("exceptions", ())
    compiling.distinct(items, "/exceptions")
    days: dict[date, Hours] = {}
    yearly: dict[tuple[int, int], tuple[int, Hours]] = {}
    for i, item in enumerate(items):
        pointer = f"/exceptions/{i}"
        hours = _hours(item["hours"], f"{pointer}/hours", compiling)
        for day in _days(item, pointer, compiling):
            taken = (day.month, day.day) in yearly if item.get("yearly") else day in days
            if taken:
                compiling.problem(pointer, f"{day} is among the exceptions already", "name each day once")
                break
            if item.get("yearly"):
                yearly[day.month, day.day] = (day.year, hours)
            else:
                days[day] = hours
    if sum(not hours for _, hours in yearly.values()) > MOST_YEARLY_DAYS_OFF:
        message = f"more than {MOST_YEARLY_DAYS_OFF} days of every year are off"
        compiling.problem("/exceptions", message, "leave days off that recur weekly out of the week")
    return Calendar(
        name=data["name"],
        label=data.get("label") or humanised(data["name"]),
        help=data.get("help"),
        zone=ZoneInfo(zone),
        week=week,
        days=MappingProxyType(days),
        yearly=MappingProxyType(yearly),
    )


def _hours(items: Sequence[str], pointer: str, compiling: Compiling) -> Hours:
    """The openings of a day; they follow each other without touching before the one before has ended."""
    found: list[Opening] = []
    for i, text in enumerate(items):
        start, _, end = text.partition("-")
        opening = Opening(_minutes(start), _minutes(end))
        if opening.start >= opening.end:
            compiling.problem(f"{pointer}/{i}", "it ends before it begins", "split hours past midnight")
        elif found and opening.start < found[-1].end:
            compiling.problem(f"{pointer}/{i}", "it begins before the others end", "put them in order")
        else:
            found.append(opening)
    return tuple(found)


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return min(int(hours) * 60 + int(minutes), DAY)


def _days(item: Data, pointer: str, compiling: Compiling) -> Iterator[date]:
    """The days of an exception."""
    first = _day(item["from"], f"{pointer}/from", compiling)
    last = _day(item["upTo"], f"{pointer}/upTo", compiling) if "upTo" in item else first
    if first is None or last is None:
        return
    if last < first:
        compiling.problem(f"{pointer}/upTo", "the last day is before the first", "turn them round")
    elif (last - first).days >= MOST_DAYS:
        compiling.problem(f"{pointer}/upTo", "it is longer than a year", "change the week instead")
    else:
        yield from (first + timedelta(days=number) for number in range((last - first).days + 1))


def _day(text: str, pointer: str, compiling: Compiling) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        compiling.problem(pointer, f"there is no day {text}", "write a day of the calendar")
        return None
