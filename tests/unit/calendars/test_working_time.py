"""Working time, at its edges and by the laws that it keeps whatever the calendar is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions.calendar import DAY, Calendar, Hours, Opening
from guanxi.definitions.flow.spans import Span, parse_span
from guanxi.rules.calendars import NeverOpen, is_open, next_at, span_end, working_time

NOON: Hours = (Opening(540, 720), Opening(810, 1110))
"""09:00-12:00 and 13:30-18:30: eight hours."""
OFFICE = Calendar(
    name="office",
    label={"en": "Office"},
    zone=ZoneInfo("Asia/Shanghai"),
    week=(NOON,) * 5 + ((), ()),
    days={date(2026, 10, day): () for day in range(1, 8)} | {date(2026, 10, 10): NOON},
    yearly={(5, 1): (2026, ())},
)
BERLIN = Calendar(
    name="berlin", label={"en": "Berlin"}, zone=ZoneInfo("Europe/Berlin"), week=((Opening(0, DAY),),) * 7
)


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    """A moment by the clock on the wall."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("since", "span", "end"),
    [
        ("2026-03-02 09:00", "8 working hours", "2026-03-02 18:30"),
        ("2026-03-02 09:00", "3 working hours", "2026-03-02 12:00"),
        ("2026-03-02 09:00", "181 working minutes", "2026-03-02 13:31"),
        ("2026-03-06 18:00", "1 working hour", "2026-03-09 09:30"),
        ("2026-03-07 03:00", "1 working hour", "2026-03-09 10:00"),
        ("2026-03-06 20:15", "2 working days", "2026-03-10 20:15"),
        ("2026-09-30 10:00", "2 working days", "2026-10-09 10:00"),
        ("2026-09-30 10:00", "3 working days", "2026-10-10 10:00"),
        ("2026-04-30 10:00", "1 working day", "2026-05-04 10:00"),
        ("2027-04-30 10:00", "1 working day", "2027-05-03 10:00"),
        ("2025-04-30 10:00", "1 working day", "2025-05-01 10:00"),
        ("2026-03-02 09:00", "2 days", "2026-03-04 09:00"),
        ("2026-03-02 09:00", "1 week", "2026-03-09 09:00"),
        ("2026-01-31 09:00", "1 month", "2026-02-28 09:00"),
        ("2026-03-02 09:00", "90 minutes", "2026-03-02 10:30"),
    ],
)
def test_the_end_of_a_span(since: str, span: str, end: str) -> None:
    parsed = parse_span(span)
    assert parsed is not None
    assert str(parsed) == span
    assert span_end(parsed, at(since), OFFICE) == at(end)


def test_what_is_no_span() -> None:
    for text in ("", "2", "0 days", "-1 days", "2 working weeks", "1 working month", "2 dayss", "1 day\n"):
        assert parse_span(text) is None, text


def test_a_day_keeps_its_time_and_an_hour_passes_when_clocks_change() -> None:
    before = at("2026-03-28 12:00", "Europe/Berlin")
    assert span_end(Span(1, "days"), before, BERLIN) == before + timedelta(hours=23)
    assert span_end(Span(24, "hours"), before, BERLIN) == before + timedelta(hours=24)
    assert span_end(Span(24, "hours", working=True), before, BERLIN) == before + timedelta(hours=24)
    night = at("2026-10-25 00:00", "Europe/Berlin")
    assert working_time(BERLIN, night, at("2026-10-26 00:00", "Europe/Berlin")) == timedelta(hours=25)


def test_without_a_calendar_there_is_no_working_time() -> None:
    with pytest.raises(ValueError, match="needs a calendar"):
        span_end(Span(1, "hours", working=True), at("2026-03-02 09:00"))
    here = span_end(Span(1, "days"), at("2026-03-28 12:00", "Europe/Berlin"), zone="Europe/Berlin")
    assert here == at("2026-03-29 12:00", "Europe/Berlin")


def test_a_calendar_that_is_never_open_is_told() -> None:
    closed = Calendar(name="closed", label={"en": "Closed"}, zone=ZoneInfo("UTC"), week=((),) * 7)
    for unit in ("hours", "days"):
        with pytest.raises(NeverOpen):
            span_end(Span(1, unit, working=True), at("2026-03-02 09:00"), closed)


def test_the_next_time_of_day() -> None:
    zone = OFFICE.zone
    assert next_at(at("2026-03-02 08:00"), time(9), zone) == at("2026-03-02 09:00")
    assert next_at(at("2026-03-02 09:00"), time(9), zone) == at("2026-03-02 09:00")
    assert next_at(at("2026-03-02 09:01"), time(9), zone) == at("2026-03-03 09:00")


def test_whether_it_is_open() -> None:
    assert is_open(OFFICE, at("2026-03-02 09:00"))
    assert not is_open(OFFICE, at("2026-03-02 12:00"))
    assert not is_open(OFFICE, at("2026-10-05 10:00"))


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    marks = sorted(draw(st.sets(st.integers(0, DAY), max_size=4)))
    return tuple(Opening(*pair) for pair in zip(marks[::2], marks[1::2], strict=False))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    week = [draw(hours()) for _ in range(6)]
    days = draw(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), hours(), max_size=5))
    zone = draw(st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Chatham"]))
    return Calendar(name="any", label={"en": "Any"}, zone=ZoneInfo(zone), week=(*week, NOON), days=days)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda one: one.replace(tzinfo=UTC))  # noqa: DTZ001 - made aware there
MINUTES = st.integers(1, 3000)


@settings(max_examples=40, deadline=None)
@given(calendars(), MOMENTS, MINUTES, MINUTES)
def test_so_much_work_lies_before_the_end_of_a_span(
    calendar: Calendar, since: datetime, minutes: int, more: int
) -> None:
    end = span_end(Span(minutes, "minutes", working=True), since, calendar)
    assert working_time(calendar, since, end) == timedelta(minutes=minutes)
    assert end == span_end(Span(minutes, "minutes", working=True), since, calendar)
    later = span_end(Span(minutes + more, "minutes", working=True), since, calendar)
    assert later == span_end(Span(more, "minutes", working=True), end, calendar)
    assert later > end > since


@settings(max_examples=40, deadline=None)
@given(
    calendars(),
    MOMENTS,
    st.timedeltas(timedelta(), timedelta(days=20)),
    st.timedeltas(timedelta(), timedelta(days=20)),
)
def test_working_time_adds_up(calendar: Calendar, start: datetime, one: timedelta, two: timedelta) -> None:
    middle, end = start + one, start + one + two
    parts = working_time(calendar, start, middle) + working_time(calendar, middle, end)
    assert parts == working_time(calendar, start, end) <= end - start


@settings(max_examples=40, deadline=None)
@given(calendars(), MOMENTS, st.integers(1, 30))
def test_working_days_later_is_a_day_with_work(calendar: Calendar, since: datetime, days: int) -> None:
    end = span_end(Span(days, "days", working=True), since, calendar)
    first, last = since.astimezone(calendar.zone).date(), end.astimezone(calendar.zone).date()
    between = [first + timedelta(days=number) for number in range(1, (last - first).days + 1)]
    assert sum(bool(calendar.hours(day)) for day in between) == days
    assert calendar.hours(last)


def test_a_span_that_leads_behind_all_time_is_none():
    assert parse_span("1200 months") is not None
    assert parse_span("1201 months") is None
    assert parse_span("99999 months") is None
