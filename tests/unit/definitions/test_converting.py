"""Values of one type become values of another, or are refused; nothing is guessed."""

from datetime import date
from decimal import Decimal

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
    ],
)
def test_a_value_becomes_another(before, after, value, becomes, back):
    found, again = turned(before, after, value)
    assert (found, type(found), again) == (becomes, type(becomes), back)


def test_money_becomes_a_text_with_its_currency():
    assert turned(MONEY, TEXT, Decimal("12.5000"), currency="CNY") == ("12.5 CNY", False)


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
        (TEXT, MONEY, "4"),
        (BOOLEAN, INTEGER, True),
        ({"type": "date"}, {"type": "datetime"}, date(2026, 1, 31)),
    ],
)
def test_what_cannot_be_is_refused(before, after, value):
    with pytest.raises(FieldProblem):
        turned(before, after, value)


def test_nothing_stays_nothing():
    assert turned(TEXT, INTEGER, None) == (None, True)
    assert converted(field_of(**DECIMAL), field_of(**MONEY), {}) == {"it": None, "it.currency": None}
