"""The JSON Schema of a record: two validators judge alike, and the traps of the dialect are closed."""

import copy
import json
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from guanxi.definitions.fields import FIELD_TYPES
from tests.unit.definitions.base import base_catalog
from tests.unit.definitions.field_of import entity_of

ORDER: dict[str, Any] = {
    "id": "12",
    "number": "SO-2026-00001",
    "account": {"id": "3", "title": "Huaxin Precision"},
    "owner": {"id": "1", "title": None},
    "ordered_on": "2026-01-31",
    "status": "draft",
    "lines": [
        {
            "id": "7", "product": {"id": "2", "title": "Chai"}, "quantity": "2", "discount": "12.5",
            "price": {"amount": "18.00", "currency": "CNY"}, "amount": {"amount": "31.50", "currency": "CNY"},
        }
    ],
    "total": {"amount": "31.50", "currency": "CNY"},
    "largest_discount": "12.5",
    "discount_reason": "比竞争对手低",
    "note": None,
    "version": 3,
    "created_at": "2026-01-31T08:00:00Z",
    "created_by": {"id": "1", "title": "Lin Yue"},
    "updated_at": "2026-01-31T08:00:00.123456Z",
    "updated_by": None,
}  # fmt: skip

# Where, and what is put there.
WRONG = [
    (("account",), None),
    (("account",), "3"),
    (("account", "id"), "3\n"),
    (("account", "id"), "03"),
    (("account", "id"), 3),
    (("account", "name"), "Huaxin"),
    (("ordered_on",), "2026-01-31\n"),
    (("ordered_on",), "2026-02-31"),
    (("ordered_on",), "20260131"),
    (("ordered_on",), "२०२६-01-31"),
    (("created_at",), "2026-01-31"),
    (("created_at",), "yesterday"),
    (("updated_at",), "2026-13-31T08:00:00Z"),
    (("status",), "drft"),
    (("total", "amount"), "31.50\n"),
    (("total", "amount"), "31.50001"),
    (("total", "amount"), "NaN"),
    (("total", "amount"), 31.5),
    (("total", "currency"), "CNY\n"),
    (("total", "unit"), "CNY"),
    (("largest_discount",), "٣"),
    (("largest_discount",), float("nan")),
    (("largest_discount",), "1e3"),
    (("lines", 0, "quantity"), None),
    (("lines", 0, "quantity"), "two"),
    (("lines", 0, "qty"), "2"),
    (("lines", 0), "line"),
    (("lines",), None),
    (("note",), ""),
    (("note",), "x" * 10_001),
    (("version",), 0),
    (("version",), "3"),
    (("id",), 12),
    (("unknown",), 1),
]


@cache
def validators(entity="order"):
    schema = dict(base_catalog().entities[entity].schema)
    Draft202012Validator.check_schema(schema)
    return (
        Draft202012Validator(schema, format_checker=FormatChecker()),
        jsonschema_rs.Draft202012Validator(schema, validate_formats=True),
    )


def verdicts(record, entity="order"):
    return [validator.is_valid(record) for validator in validators(entity)]


def test_a_stored_order_keeps_to_its_schema():
    assert verdicts(ORDER) == [True, True]


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_what_is_wrong_is_refused_by_both_validators(path, value):
    record = copy.deepcopy(ORDER)
    part: Any = record
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    assert verdicts(record) == [False, False]


def test_every_base_entity_has_a_schema_of_its_own():
    for name, entity in base_catalog().entities.items():
        Draft202012Validator.check_schema(entity.schema)
        assert entity.schema["$schema"].endswith("2020-12/schema")
        assert entity.schema["additionalProperties"] is False
        assert set(entity.fields) < set(entity.schema["properties"]), name
        for field in entity.fields.values():
            assert entity.schema["properties"][field.name].get("readOnly", False) is (
                field.computed or field.read_only
            )
        assert json.loads(json.dumps(entity.schema)) == entity.schema


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.floats(allow_infinity=False)
values = st.recursive(
    scalars,
    lambda one: (
        st.lists(one, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "title", "amount", "currency", "x"]), one, max_size=3)
    ),
    max_leaves=4,
)


@given(st.sampled_from(sorted(ORDER)), values)
def test_the_two_validators_agree_on_anything(key, value):
    python, rust = verdicts({**ORDER, key: value})
    assert python == rust


@cache
def every_type():
    return entity_of({
        "text": {"type": "text", "required": True, "max": 5},
        "long_text": {"type": "longText"},
        "email": {"type": "email"},
        "phone": {"type": "phone"},
        "url": {"type": "url"},
        "rating": {"type": "rating", "max": 3},
        "integer": {"type": "integer", "min": -5},
        "decimal": {"type": "decimal", "scale": 3},
        "percent": {"type": "percent"},
        "money": {"type": "money", "currency": "CNY"},
        "boolean": {"type": "boolean"},
        "date": {"type": "date"},
        "datetime": {"type": "datetime"},
        "time": {"type": "time"},
        "duration": {"type": "duration"},
        "select": {"type": "select", "options": [{"name": "a"}]},
        "reference": {"type": "reference", "to": "thing"},
    })  # fmt: skip


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "text": st.just("华信"),
            "long_text": st.text(min_size=1, max_size=9),
            "email": st.just("李伟@例子.中国"),
            "phone": st.sampled_from(["+8613812345678", "+861068888888;ext=801"]),
            "url": st.just("https://例子.中国/a?b=1#c"),
            "rating": st.integers(1, 3),
            "integer": st.integers(-5, 5),
            "decimal": st.decimals(-1000, 1000, places=3),
            "percent": st.decimals(-10, 10, places=2),
            "money": st.decimals(-10, 10, places=4),
            "boolean": st.booleans(),
            "date": st.dates(),
            "time": st.sampled_from([timedelta(), timedelta(hours=23, minutes=59)]),
            "duration": st.integers(-5000, 5000).map(lambda minutes: timedelta(minutes=minutes)),
            "select": st.just("a"),
            "reference": st.integers(1, 99),
        },
    )
)
def test_what_the_field_types_write_keeps_to_the_schema(values):
    entity = every_type()
    record = {**values, "money.currency": "CNY", "text": values.get("text", "x")}
    written = {name: FIELD_TYPES[field.type].to_json(field, record) for name, field in entity.fields.items()}
    validator = jsonschema_rs.Draft202012Validator(entity.schema, validate_formats=True)
    assert [str(error) for error in validator.iter_errors(json.loads(json.dumps(written)))] == []


def test_required_is_not_asked_of_a_field_that_may_be_hidden():
    entity = entity_of({
        "shown": {"type": "boolean"},
        "maybe": {"type": "text", "required": True, "visibleWhen": "shown"},
        "always": {"type": "decimal", "required": True},
    })  # fmt: skip
    assert entity.schema["required"] == ["always"]
    assert entity.schema["properties"]["maybe"]["type"] == ["string", "null"]


def test_numbers_are_texts_without_superfluous_zeros():
    decimal = every_type().fields["decimal"]
    for number, text in (("25.000", "25"), ("0.010", "0.01"), ("-0.000", "0"), ("1E+3", "1000")):
        assert FIELD_TYPES["decimal"].to_json(decimal, {"decimal": Decimal(number)}) == text
