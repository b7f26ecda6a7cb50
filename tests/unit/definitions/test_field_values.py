"""What each field type takes, from JSON and from a form, and what it refuses; nothing is guessed."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.definitions.fields import FIELD_TYPES, FieldProblem, Money
from tests.unit.definitions.field_of import field_of

HELD = (str, int, Decimal, Money, bool, date, timedelta, list, tuple, dict)
BOTH, JSON, FORM = (False, True), (False,), (True,)
LARGE = 2**63 - 1

TAKEN = [
    # (type, options, raw, from, value)
    ("text", {}, "Huaxin", BOTH, "Huaxin"),
    ("text", {}, "华信精密", BOTH, "华信精密"),
    ("text", {}, "", BOTH, None),
    ("text", {}, "  a ", FORM, "a"),
    ("text", {}, "  a ", JSON, "  a "),
    ("text", {"max": 2}, "中文", BOTH, "中文"),
    ("longText", {}, "a\r\nb", FORM, "a\nb"),
    ("longText", {}, "a\n\tb", JSON, "a\n\tb"),
    ("integer", {}, 7, JSON, 7),
    ("integer", {}, "-7", BOTH, -7),
    ("integer", {}, " 7 ", FORM, 7),
    ("integer", {}, str(LARGE), BOTH, LARGE),
    ("integer", {}, -LARGE - 1, JSON, -LARGE - 1),
    ("decimal", {}, "12.5", BOTH, Decimal("12.50")),
    ("decimal", {}, "12.500000", BOTH, Decimal("12.50")),
    ("decimal", {}, 12, JSON, Decimal("12.00")),
    ("decimal", {}, 0.1, JSON, Decimal("0.10")),
    ("decimal", {}, "-0", BOTH, Decimal("0.00")),
    ("decimal", {"scale": 0}, "12.0", BOTH, Decimal(12)),
    ("decimal", {}, "9999999999999999.99", BOTH, Decimal("9999999999999999.99")),
    ("percent", {}, "25", BOTH, Decimal("25.00")),
    ("percent", {"max": "100"}, "100", BOTH, Decimal("100.00")),
    ("money", {}, {"amount": "12.5", "currency": "CNY"}, JSON, Money(Decimal("12.5000"), "CNY")),
    ("money", {}, {"amount": "12.5"}, JSON, Money(Decimal("12.5000"), None)),
    ("money", {}, "12.5", BOTH, Money(Decimal("12.5000"), None)),
    ("money", {}, {"amount": None, "currency": "CNY"}, JSON, None),
    ("boolean", {}, True, JSON, True),
    ("boolean", {}, "on", FORM, True),
    ("boolean", {}, "false", FORM, False),
    ("boolean", {}, "", FORM, None),
    ("date", {}, "2026-02-28", BOTH, date(2026, 2, 28)),
    ("date", {}, " 2026-02-28 ", FORM, date(2026, 2, 28)),
    ("datetime", {}, "2026-01-31T08:00:00Z", BOTH, datetime(2026, 1, 31, 8, tzinfo=UTC)),
    ("datetime", {}, "2026-01-31T08:00:00+08:00", BOTH, datetime(2026, 1, 31, 0, tzinfo=UTC)),
    ("datetime", {}, "2026-01-31T08:00", FORM, datetime(2026, 1, 31, 8, tzinfo=UTC)),
    ("datetime", {}, "2026-01-31T08:00:00.123456Z", JSON, datetime(2026, 1, 31, 8, 0, 0, 123456, tzinfo=UTC)),
    ("select", {}, "a", BOTH, "a"),
    ("multiSelect", {}, ["c", "a", "c"], JSON, ("a", "c")),
    ("multiSelect", {}, "b，a", FORM, ("a", "b")),
    ("multiSelect", {}, [], BOTH, None),
    ("multiSelect", {}, "", FORM, None),
    (
        "address",
        {},
        {"street": "Long Lane 1", "city": "Leeds"},
        BOTH,
        {"city": "Leeds", "street": "Long Lane 1"},
    ),
    ("address", {}, {"city": "Leeds", "street": None, "region": ""}, BOTH, {"city": "Leeds"}),
    ("address", {}, '{"city": "Leeds"}', FORM, {"city": "Leeds"}),
    ("address", {}, "Long Lane 1\r\n2nd floor", FORM, {"street": "Long Lane 1, 2nd floor"}),
    ("address", {}, "{no json", FORM, {"street": "{no json"}),
    ("address", {}, {}, BOTH, None),
    ("reference", {}, "12", BOTH, 12),
    ("reference", {}, {"id": "12"}, JSON, 12),
    ("reference", {}, {"id": "12", "title": "Huaxin"}, JSON, 12),
    ("reference", {}, {"id": None}, JSON, None),
    ("references", {}, ["12", {"id": "7", "title": "x"}, "12"], JSON, (12, 7)),
    ("references", {}, "12, 7", FORM, (12, 7)),
    ("references", {}, None, BOTH, ()),
    ("lines", {}, [{"quantity": "1"}], JSON, [{"quantity": "1"}]),
    ("lines", {}, None, JSON, []),
]

REFUSED = [
    # (type, options, raw, from)
    ("text", {}, 12, BOTH),
    ("text", {}, ["a"], JSON),
    ("text", {}, "a\nb", BOTH),
    ("text", {}, "a\0b", BOTH),
    ("text", {}, "\ud800", BOTH),
    ("text", {}, "a\x7f", BOTH),
    ("text", {}, "x" * 201, BOTH),
    ("text", {"max": 2}, "abc", BOTH),
    ("text", {"min": 2}, "a", BOTH),
    ("longText", {}, "a\0", BOTH),
    ("longText", {}, "x" * 10_001, BOTH),
    ("integer", {}, "abc", BOTH),
    ("integer", {}, "1.5", BOTH),
    ("integer", {}, 1.5, JSON),
    ("integer", {}, 1.0, JSON),
    ("integer", {}, True, JSON),
    ("integer", {}, "1\n", JSON),
    ("integer", {}, "１２", BOTH),
    ("integer", {}, "1e3", BOTH),
    ("integer", {}, "1_000", BOTH),
    ("integer", {}, LARGE + 1, JSON),
    ("integer", {}, str(-LARGE - 2), BOTH),
    ("integer", {}, "9" * 6000, BOTH),
    ("integer", {}, {}, JSON),
    ("integer", {"min": 3}, 2, JSON),
    ("integer", {"max": 3}, "4", BOTH),
    ("decimal", {}, "abc", BOTH),
    ("decimal", {}, "NaN", BOTH),
    ("decimal", {}, "Infinity", BOTH),
    ("decimal", {}, float("nan"), JSON),
    ("decimal", {}, float("inf"), JSON),
    ("decimal", {}, 0.1 + 0.2, JSON),
    ("decimal", {}, "1e5", BOTH),
    ("decimal", {}, "1,000.00", BOTH),
    ("decimal", {}, "1.5\n", JSON),
    ("decimal", {}, "1.005", BOTH),
    ("decimal", {}, "٣", BOTH),
    ("decimal", {}, True, JSON),
    ("decimal", {}, "10000000000000000", BOTH),
    ("decimal", {}, 10**40, JSON),
    ("decimal", {}, "9" * 6000, BOTH),
    ("decimal", {"min": "0"}, "-0.01", BOTH),
    ("decimal", {"scale": 0}, "1.5", BOTH),
    ("percent", {"max": "100"}, "100.01", BOTH),
    ("percent", {}, "10.0000001", BOTH),
    ("percent", {}, "25%", BOTH),
    ("money", {}, "12.34567", BOTH),
    ("money", {}, "CNY 12", BOTH),
    ("money", {}, {"amount": "12", "currency": "cny"}, JSON),
    ("money", {}, {"amount": "12", "currency": "CNY\n"}, JSON),
    ("money", {}, {"amount": "12", "currency": 7}, JSON),
    ("money", {}, {"amount": "12", "unit": "CNY"}, JSON),
    ("money", {}, {"currency": "CNY"}, JSON),
    ("money", {}, {"amount": {"amount": "1"}}, JSON),
    ("money", {}, ["12"], JSON),
    ("money", {"min": "0"}, "-1", BOTH),
    ("boolean", {}, "true", JSON),
    ("boolean", {}, 1, JSON),
    ("boolean", {}, "yes", FORM),
    ("date", {}, "2026-02-29", BOTH),
    ("date", {}, "28.02.2026", BOTH),
    ("date", {}, "20260228", BOTH),
    ("date", {}, "2026-2-28", BOTH),
    ("date", {}, "2026-W01-1", BOTH),
    ("date", {}, "2026-02-28\n", JSON),
    ("date", {}, "2026-02-28T00:00:00Z", BOTH),
    ("date", {}, "0000-01-01", BOTH),
    ("date", {}, 20260228, JSON),
    ("date", {"min": "2026-01-01"}, "2025-12-31", BOTH),
    ("date", {"max": "2026-01-01"}, "2026-01-02", BOTH),
    ("datetime", {}, "2026-01-31T08:00:00", JSON),
    ("datetime", {}, "2026-01-31T25:00:00Z", BOTH),
    ("datetime", {}, "2026-01-31T08:00:00Z\n", JSON),
    ("datetime", {}, "2026-01-31T08:00:00.1234567Z", BOTH),
    ("datetime", {}, "0001-01-01T00:00:00+14:00", BOTH),
    ("datetime", {}, "9999-12-31T23:59:59-14:00", BOTH),
    ("datetime", {}, "2026-01-31T08:00:00+99:00", BOTH),
    ("datetime", {}, 0, JSON),
    ("select", {}, "c", BOTH),
    ("select", {}, "A", BOTH),
    ("select", {}, "a\n", BOTH),
    ("select", {}, ["a"], JSON),
    ("reference", {}, 12, JSON),
    ("reference", {}, "-1", BOTH),
    ("reference", {}, "0", BOTH),
    ("reference", {}, "12\n", BOTH),
    ("reference", {}, "1' or '1'='1", BOTH),
    ("reference", {}, "9" * 19, BOTH),
    ("reference", {}, {"id": "12", "name": "x"}, JSON),
    ("reference", {}, {"id": 12}, JSON),
    ("reference", {}, True, JSON),
    ("multiSelect", {}, ["a", "d"], JSON),
    ("multiSelect", {}, ["a", 1], JSON),
    ("multiSelect", {}, "a", JSON),
    ("multiSelect", {}, "a, d", FORM),
    ("address", {}, {"town": "Leeds"}, BOTH),
    ("address", {}, {"city": ["Leeds"]}, BOTH),
    ("address", {}, {"country": "x" * 61}, BOTH),
    ("address", {}, {"street": "a\x00"}, BOTH),
    ("address", {}, ["Leeds"], BOTH),
    ("address", {}, "Leeds", JSON),
    ("references", {}, "12", JSON),
    ("references", {}, ["-1"], BOTH),
    ("references", {}, [12], JSON),
    ("lines", {}, {"quantity": "1"}, JSON),
    ("lines", {}, ["1"], JSON),
    ("lines", {}, "1", BOTH),
    ("sequence", {}, "N-1", BOTH),
    ("stage", {}, "new", BOTH),
]


@pytest.mark.parametrize(("kind", "options", "raw", "sources", "value"), TAKEN)
def test_what_is_taken_becomes_a_value(kind, options, raw, sources, value):
    field = field_of(kind, **options)
    for form in sources:
        read = FIELD_TYPES[kind].coerce(field, raw, form=form)
        assert read == value
        assert type(read) is type(value)
        if isinstance(value, Decimal):
            assert read.as_tuple().exponent == -field.scale


@pytest.mark.parametrize(("kind", "options", "raw", "sources"), REFUSED)
def test_what_cannot_be_held_is_refused_with_what_to_do(kind, options, raw, sources):
    field = field_of(kind, **options)
    for form in sources:
        with pytest.raises(FieldProblem) as refused:
            FIELD_TYPES[kind].coerce(field, raw, form=form)
        assert str(refused.value).endswith((".", "}."))
        assert refused.value.code.replace("_", "").isalpha()


@pytest.mark.parametrize("kind", sorted(set(FIELD_TYPES) - {"lines", "references", "sequence", "stage"}))
def test_null_is_no_value(kind):
    assert FIELD_TYPES[kind].coerce(field_of(kind), None, form=False) is None
    assert FIELD_TYPES[kind].to_json(field_of(kind), {}) is None


plain_field = cache(field_of)
numbers = st.decimals(min_value=-(10**13), max_value=10**13, places=2, allow_nan=False)
VALUES = {
    "text": st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=200).filter(
        str.strip
    ),
    "longText": st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1).filter(str.strip),
    "email": st.sampled_from(["li.wei@example.com", "李伟@例子.中国"]),
    "phone": st.from_regex(r"\+861[3-9][0-9]{9}(;ext=[0-9]{1,6})?|\+44[1-9][0-9]{9}", fullmatch=True),
    "url": st.sampled_from(["https://example.com", "http://例子.中国/a?b=1#c"]),
    "rating": st.integers(1, 5),
    "integer": st.integers(-LARGE - 1, LARGE),
    "decimal": numbers,
    "percent": numbers,
    "boolean": st.booleans(),
    "date": st.dates(),
    "datetime": st.datetimes(timezones=st.just(UTC)),
    "time": st.integers(0, 1439).map(lambda minutes: timedelta(minutes=minutes)),
    "duration": st.integers(0, 59_999_999).map(lambda minutes: timedelta(minutes=minutes)),
    "select": st.sampled_from(["a", "b"]),
    "multiSelect": st.sets(st.sampled_from("abc"), min_size=1).map(lambda names: tuple(sorted(names))),
    "reference": st.integers(1, LARGE),
}


@pytest.mark.parametrize("kind", sorted(VALUES))
def test_json_and_back_is_the_same_value(kind):
    field, type_ = field_of(kind), FIELD_TYPES[kind]

    @given(VALUES[kind])
    def round_trip(value):
        written = json.loads(json.dumps(type_.to_json(field, {"value": value})))
        assert type_.coerce(field, written, form=False) == value

    round_trip()


@given(numbers, st.sampled_from(["CNY", "USD", "JPY"]))
def test_money_keeps_amount_and_currency(amount, currency):
    field = field_of("money")
    written = FIELD_TYPES["money"].to_json(field, {"value": amount, "value.currency": currency})
    assert FIELD_TYPES["money"].coerce(field, written, form=False) == Money(amount, currency)
    assert len(written["amount"].partition(".")[2]) >= 2


@pytest.mark.parametrize("kind", sorted(FIELD_TYPES))
@given(raw=st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=5,
), form=st.booleans())  # fmt: skip
def test_anything_is_taken_or_refused(kind, raw, form):
    with suppress(FieldProblem):
        value = FIELD_TYPES[kind].coerce(plain_field(kind), raw, form=form)
        assert isinstance(value, HELD) or value is None
