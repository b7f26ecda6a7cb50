"""Times of the day and durations: what is taken, what is refused, and how both are written."""

from datetime import timedelta
from typing import Any

import pytest

from guanxi.definitions import Document, compile_catalog
from guanxi.definitions.fields import FIELD_TYPES, FieldProblem
from guanxi.definitions.fields.duration import duration_text
from guanxi.definitions.fields.spans import clock, whole_minutes
from guanxi.errors import DefinitionsRefused
from tests.unit.definitions.field_of import entity_of, field_of

BOTH, JSON, FORM = (False, True), (False,), (True,)


def span(hours=0, minutes=0, seconds=0):
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


TAKEN = [
    # (type, options, raw, from, value)
    ("time", {}, "09:30", BOTH, span(9, 30)),
    ("time", {}, "9:30", BOTH, span(9, 30)),
    ("time", {}, "00:00", BOTH, span()),
    ("time", {}, "23:59", BOTH, span(23, 59)),
    ("time", {}, "09:30:00", BOTH, span(9, 30)),
    ("time", {}, " 09:30 ", FORM, span(9, 30)),
    ("time", {"min": "09:00", "max": "17:00"}, "17:00", BOTH, span(17)),
    ("duration", {}, "PT1H30M", BOTH, span(1, 30)),
    ("duration", {}, "PT90M", BOTH, span(1, 30)),
    ("duration", {}, "P1DT2H", BOTH, span(26)),
    ("duration", {}, "PT0M", BOTH, span()),
    ("duration", {}, "PT5M0S", BOTH, span(0, 5)),
    ("duration", {}, "1:30", FORM, span(1, 30)),
    ("duration", {}, "100:05", FORM, span(100, 5)),
    ("duration", {}, "1.5 h", FORM, span(1, 30)),
    ("duration", {}, "1h 30m", FORM, span(1, 30)),
    ("duration", {}, "90 min", FORM, span(1, 30)),
    ("duration", {}, "2 小时 15 分钟", FORM, span(2, 15)),
    ("duration", {}, "2小时15分", FORM, span(2, 15)),
    ("duration", {}, "", FORM, None),
]
REFUSED: list[tuple[str, dict[str, str], Any, tuple[bool, ...]]] = [
    # (type, options, raw, from)
    *(("time", {}, raw, BOTH) for raw in (
        "24:00", "9", "9:5", "09:60", "09:30:15", "0930", "9.30", "09:30Z", "-1:00", "０９:30", 9, True,
    )),
    ("time", {}, "09:30\n", JSON),
    ("time", {"min": "09:00"}, "08:59", BOTH),
    ("time", {"max": "17:00"}, "17:01", BOTH),
    *(("duration", {}, raw, BOTH) for raw in (
        "90", "P", "PT", "P1DT", "P1M", "P1Y", "PT1.5H", "PT30S", "-PT1H", "1:60", "pt1h", "PT1000000H",
        "1.001 h", "h", "min", "٣ h", 90, 1.5,
    )),
    ("duration", {}, {}, BOTH),
    *(("duration", {}, raw, JSON) for raw in ("1:30", "90 min", "PT1H\n")),
    ("duration", {}, "0.33 h", FORM),
    ("duration", {"min": "PT30M"}, "PT29M", BOTH),
    ("duration", {"max": "PT8H"}, "8:01", FORM),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "options", "raw", "sources", "value"), TAKEN)
def test_what_is_taken(kind, options, raw, sources, value):
    for form in sources:
        assert FIELD_TYPES[kind].coerce(field_of(kind, **options), raw, form=form) == value


@pytest.mark.parametrize(("kind", "options", "raw", "sources"), REFUSED)
def test_what_is_refused(kind, options, raw, sources):
    for form in sources:
        with pytest.raises(FieldProblem):
            FIELD_TYPES[kind].coerce(field_of(kind, **options), raw, form=form)


def test_spans_are_written_in_hours_and_minutes():
    spans = (span(), span(0, 5), span(2), span(26, 30), -span(1, 30))
    assert [duration_text(one) for one in spans] == ["PT0M", "PT5M", "PT2H", "PT26H30M", "-PT1H30M"]
    assert [clock(one) for one in spans] == ["0:00", "0:05", "2:00", "26:30", "-1:30"]


def test_half_a_minute_is_rounded_away_from_zero():
    given = (span(seconds=29), span(seconds=30), span(1, 2, 31), -span(seconds=30), -span(seconds=29))
    assert [whole_minutes(one) // span(minutes=1) for one in given] == [0, 1, 63, -1, 0]


@pytest.mark.parametrize(("kind", "bound"), [("time", "25:00"), ("duration", "1:30"), ("duration", "PT")])
def test_a_bound_that_is_none_is_named(kind, bound):
    data = {"kind": "entity", "name": "thing", "title": "name", "fields": {
        "name": {"type": "text"}, "value": {"type": kind, "min": bound},
    }}  # fmt: skip
    with pytest.raises(DefinitionsRefused) as refused:
        compile_catalog([Document("thing.json", data)])
    assert [one.pointer for one in refused.value.problems] == ["/fields/value/min"]


def test_expressions_calculate_with_them():
    entity = entity_of({
        "starts": {"type": "datetime"}, "takes": {"type": "duration"}, "opens": {"type": "time"},
        "ends": {"type": "datetime", "formula": "starts + takes"},
        "long": {"type": "boolean", "formula": "takes > hours(2) and opens <= hours(8) + minutes(30)"},
    })  # fmt: skip
    record = {"takes": span(2, 1), "opens": span(8, 30)}
    long = entity.fields["long"].formula
    assert long
    assert long.evaluate(record, {}) is True
    assert long.evaluate({**record, "opens": span(8, 31)}, {}) is False
