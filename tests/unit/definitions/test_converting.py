"""Values of one type become values of another, or are refused; nothing is guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from guanxi.definitions.converting import comes_back, converted
from guanxi.definitions.fields import FieldProblem
from tests.unit.definitions.field_of import entity_of

TEXT = {"type": "text"}
INTEGER = {"type": "integer"}
DECIMAL = {"type": "decimal", "scale": 2}
MONEY = {"type": "money", "currency": "CNY"}
SELECT = {"type": "select", "options": [{"name": "edu"}, {"name": "it"}]}
BOOLEAN = {"type": "boolean"}
SEVERAL = {"type": "multiSelect", "options": [{"name": "edu"}, {"name": "it"}, {"name": "ngo"}]}


YES_NO = {"type": "select", "options": [{"name": "yes"}, {"name": "no"}]}


def field_of(**definition):
    return entity_of({"it": definition}).fields["it"]


def turned(before, after, value, **more):
    """What a value becomes, and whether that comes back."""
    old, new = field_of(**before), field_of(**after)
    record = {old.name: value, **{f"{old.name}.{key}": one for key, one in more.items()}}
    values = converted(old, new, record)
    return values[new.name], comes_back(old, new, record, values)


@pytest.mark.parametrize(
    ("before", "after", "value", "becomes", "back"),
    [
        (TEXT, {"type": "longText"}, "a", "a", True),
        (TEXT, INTEGER, "12", 12, True),
        (TEXT, INTEGER, " 12 ", 12, False),
        (TEXT, DECIMAL, "1.5", Decimal("1.50"), True),
        (TEXT, DECIMAL, "1.50", Decimal("1.50"), False),
        (TEXT, {"type": "date"}, "2026-01-31", date(2026, 1, 31), True),
        (TEXT, SELECT, "edu", "edu", True),
        (TEXT, BOOLEAN, "true", True, True),
        (SELECT, TEXT, "it", "it", True),
        (SELECT, SEVERAL, "it", ("it",), True),
        (SEVERAL, SELECT, ("it",), "it", True),
        (SEVERAL, {**SEVERAL, "options": SEVERAL["options"][:2]}, ("edu", "it"), ("edu", "it"), True),
        (SEVERAL, TEXT, ("edu", "it"), "edu, it", True),
        (TEXT, SEVERAL, "it, edu", ("edu", "it"), False),
        (TEXT, {"type": "address"}, "Long Lane 1", "Long Lane 1", True),
        ({"type": "address"}, TEXT, "Long Lane 1, Leeds", "Long Lane 1, Leeds", False),
        (BOOLEAN, TEXT, False, "false", True),
        (INTEGER, DECIMAL, 7, Decimal("7.00"), True),
        (DECIMAL, INTEGER, Decimal("7.50"), 8, False),
        (DECIMAL, INTEGER, Decimal("7.00"), 7, True),
        (DECIMAL, {"type": "decimal", "scale": 1}, Decimal("0.05"), Decimal("0.1"), False),
        (DECIMAL, MONEY, Decimal("7.25"), Decimal("7.2500"), True),
        ({"type": "date"}, TEXT, date(2026, 1, 31), "2026-01-31", True),
        (TEXT, MONEY, "4.5 CNY", Decimal("4.5000"), True),
        (TEXT, MONEY, "4.50", Decimal("4.5000"), False),
        (INTEGER, MONEY, 4, Decimal("4.0000"), True),
        (BOOLEAN, YES_NO, True, "yes", True),
        (BOOLEAN, YES_NO, False, "no", True),
        (YES_NO, BOOLEAN, "no", False, True),
    ],
)
def test_a_value_becomes_another(before, after, value, becomes, back):
    found, again = turned(before, after, value)
    assert (found, type(found), again) == (becomes, type(becomes), back)


def test_money_becomes_a_number_where_it_is_one_currency():
    assert turned(MONEY, INTEGER, Decimal("12.0000"), currency="CNY") == (12, True)
    assert turned(MONEY, INTEGER, Decimal("12.5000"), currency="CNY") == (13, False)


def test_a_day_begins_in_the_time_zone_of_the_workspace():
    day, moment = field_of(type="date"), field_of(type="datetime")
    shanghai = ZoneInfo("Asia/Shanghai")
    begins = datetime(2026, 1, 30, 16, tzinfo=UTC)
    values = converted(day, moment, {"it": date(2026, 1, 31)}, zone=shanghai)
    assert values == {"it": begins}
    assert comes_back(day, moment, {"it": date(2026, 1, 31)}, values, shanghai)
    late = {"it": datetime(2026, 1, 30, 16, 30, tzinfo=UTC)}
    assert converted(moment, day, late, zone=shanghai) == {"it": date(2026, 1, 31)}
    assert converted(moment, day, late) == {"it": date(2026, 1, 30)}
    assert not comes_back(moment, day, late, {"it": date(2026, 1, 31)}, shanghai)


def test_money_becomes_a_text_with_its_currency():
    assert turned(MONEY, TEXT, Decimal("12.5000"), currency="CNY") == ("12.5 CNY", True)


@pytest.mark.parametrize(
    ("before", "after", "value"),
    [
        (TEXT, INTEGER, "1.5"),
        (TEXT, INTEGER, "many"),
        (TEXT, DECIMAL, "1.234"),
        (TEXT, {"type": "date"}, "31/01/2026"),
        (TEXT, SELECT, "retail"),
        (SEVERAL, SELECT, ("edu", "it")),
        (SEVERAL, SELECT, ("ngo",)),
        (TEXT, {"type": "integer", "min": 5}, "4"),
        (TEXT, MONEY, "4 USD"),
        (TEXT, MONEY, "four CNY"),
        (TEXT, {"type": "money", "currency": "CNY", "min": "5"}, "4"),
        (BOOLEAN, INTEGER, True),
        (BOOLEAN, SELECT, True),
        (SELECT, BOOLEAN, "edu"),
        (TEXT, {"type": "date", "max": "2026-01-30"}, "2026-01-31"),
    ],
)
def test_what_cannot_be_is_refused(before, after, value):
    with pytest.raises(FieldProblem):
        turned(before, after, value)


def test_nothing_stays_nothing():
    assert turned(TEXT, INTEGER, None) == (None, True)
    assert converted(field_of(**DECIMAL), field_of(**MONEY), {}) == {"it": None, "it.currency": None}
