"""Remembered values, the hash of approved content, and facts that are stored exactly."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.workflow.content import digest, read_path, remembered
from guanxi.workflow.encoding import decode, decode_record, encode

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.decimals(allow_nan=False, allow_infinity=False, places=4),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
)


@given(VALUES, st.integers(0, 4))
def test_equal_content_has_an_equal_hash_however_it_was_loaded(value: Any, zeros: int) -> None:
    same = Decimal(f"{value}{'0' * zeros}") if isinstance(value, Decimal) else value
    assert digest({"a": value, "b": 1}) == digest({"b": 1, "a": same})


@given(st.dictionaries(st.sampled_from("abc"), VALUES), st.dictionaries(st.sampled_from("abc"), VALUES))
def test_different_content_has_a_different_hash(one: dict[str, Any], other: dict[str, Any]) -> None:
    texts = {
        json.dumps({key: remembered(value) for key, value in values.items()}, sort_keys=True)
        for values in (one, other)
    }
    assert (digest(one) == digest(other)) == (len(texts) == 1)


@given(VALUES | st.lists(VALUES))
def test_remembering_twice_changes_nothing(value: Any) -> None:
    assert remembered(remembered(value)) == remembered(value)


def test_long_content_is_remembered_by_its_hash() -> None:
    long = remembered("x" * 1000)
    assert long.startswith("sha256:")
    assert long != remembered("x" * 1001)
    assert remembered(["abc"] * 100) != remembered(["abc"] * 99 + ["abd"])
    assert len(remembered([Decimal(n) for n in range(999)])) < 100


def test_paths_lead_through_collections() -> None:
    record = {"lines": [{"product.price": Decimal(2), "n": 1}, {"product.price": None, "n": 2}], "a.b": "x"}
    assert read_path(record, "lines.product.price") == [Decimal(2), None]
    assert read_path(record, "lines") == 2
    assert read_path(record, "a.b") == "x"
    with pytest.raises(LookupError, match=r"loaded without “a\.c”"):
        read_path(record, "a.c")


def test_what_is_no_value_is_refused() -> None:
    with pytest.raises(TypeError):
        remembered(1.5)
    with pytest.raises(TypeError):
        encode(1.5)
    with pytest.raises(ValueError, match="unknown kind"):
        decode({"float": 1.5})


@given(VALUES | st.timedeltas() | st.lists(st.fixed_dictionaries({"n": VALUES})))
def test_facts_are_stored_exactly(value: Any) -> None:
    stored = decode(json.loads(json.dumps(encode(value))))
    assert stored == value
    assert type(stored) is type(value)


def test_lines_of_stored_facts_know_their_owner() -> None:
    record: dict[str, Any] = {"total": Decimal("1.50"), "on": date(2026, 1, 31)}
    record["lines"] = [{"n": 1, "parent": record}]
    again = decode_record(json.loads(json.dumps({key: encode(value) for key, value in record.items()})))
    assert again["lines"][0]["parent"] is again
    assert again["total"] == Decimal("1.50")


def test_a_moment_in_another_zone_stays_the_same_moment() -> None:
    there = datetime(2026, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    assert decode(encode(there)) == there
