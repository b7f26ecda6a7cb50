"""Reading a calendar: its days as they are declared, and what is told when they do not fit."""

from datetime import date
from typing import Any

import pytest

from guanxi.definitions.calendar import Opening
from guanxi.definitions.compiling import Compiling, Workshop
from guanxi.definitions.documents import Document
from guanxi.definitions.meta import schema_problems
from guanxi.definitions.read_calendar import read_calendar
from tests.unit.definitions.base import base_catalog

DAY = ["09:00-12:00", "13:30-24:00"]


def document(**changes: Any) -> dict[str, Any]:
    base = {"kind": "calendar", "name": "office", "timeZone": "Asia/Shanghai", "week": {"monday": DAY}}
    return base | changes


def problems(**changes: Any) -> dict[str, str]:
    data = document(**changes)
    found = schema_problems(Document("calendar.json", data))
    if not found:
        workshop = Workshop(names={})
        read_calendar(data, Compiling("calendar.json", workshop))
        found = workshop.problems
    return {problem.pointer: f"{problem.message} {problem.hint}" for problem in found}


def test_a_day_has_the_hours_of_its_exception_its_year_or_its_weekday() -> None:
    calendar = read_calendar(
        document(
            exceptions=[
                {"name": "labour", "from": "2026-05-01", "yearly": True, "hours": []},
                {"name": "shift", "from": "2028-05-01", "hours": ["10:00-11:00"]},
                {"name": "week", "from": "2026-10-01", "upTo": "2026-10-07", "hours": []},
            ]
        ),
        Compiling("calendar.json", Workshop(names={})),
    )
    assert calendar.hours(date(2026, 3, 2)) == (Opening(540, 720), Opening(810, 1440))
    assert calendar.hours(date(2026, 3, 3)) == ()
    assert calendar.hours(date(2017, 5, 1)) == calendar.week[0], "before the first year"
    assert calendar.hours(date(2034, 5, 1)) == ()
    assert calendar.hours(date(2028, 5, 1)) == (Opening(600, 660),), "a day of one year goes first"
    assert calendar.hours(date(2026, 10, 5)) == ()
    assert calendar.hours(date(2027, 10, 4)) == calendar.week[0]


def test_the_office_of_the_base_crm_has_its_make_up_days() -> None:
    office = base_catalog().calendars["office"]
    assert office.hours(date(2026, 2, 14)) == office.hours(date(2026, 2, 13)) != ()
    assert office.hours(date(2026, 2, 16)) == office.hours(date(2026, 2, 21)) == ()
    assert office.hours(date(2026, 10, 10)) != ()
    assert office.hours(date(2027, 2, 8)) == ()


DAYS_OFF = [{"name": "off", "from": "2026-01-01", "upTo": "2026-03-31", "yearly": True, "hours": []}]


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"timeZone": "Asia/Shangai"}, "/timeZone", "Asia/Shanghai"),
        ({"week": {"monday": []}}, "/week", "never open"),
        ({"week": {"mondy": DAY}}, "/week/mondy", "monday"),
        ({"week": {"monday": ["9-12"]}}, "/week/monday/0", "09:00-12:00"),
        ({"week": {"monday": ["12:00-09:00"]}}, "/week/monday/0", "ends before"),
        ({"week": {"monday": ["09:00-12:00", "11:00-13:00"]}}, "/week/monday/1", "begins before"),
        ({"exceptions": [{"name": "x", "from": "2026-02-30", "hours": []}]}, "/exceptions/0/from", "no day"),
        ({"exceptions": [{"name": "x", "from": "2026-02-01"}]}, "/exceptions/0", '"hours" is missing'),
        ({"exceptions": [{**DAYS_OFF[0], "upTo": "2025-01-01"}]}, "/exceptions/0/upTo", "before the first"),
        ({"exceptions": [{**DAYS_OFF[0], "upTo": "2028-01-01"}]}, "/exceptions/0/upTo", "longer than a year"),
        ({"exceptions": [*DAYS_OFF, {**DAYS_OFF[0], "name": "y"}]}, "/exceptions/1", "already"),
        ({"exceptions": [*DAYS_OFF, *DAYS_OFF]}, "/exceptions/1/name", "occurs twice"),
        ({"exceptions": DAYS_OFF}, "/exceptions", "of every year"),
    ],
)
def test_what_does_not_fit_is_told_where_it_is(changes: dict[str, Any], place: str, said: str) -> None:
    found = problems(**changes)
    assert place in found, found
    assert said in found[place].replace("'", '"')
