import time
import tracemalloc
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.errors import Invalid
from guanxi.web.refusals import BadRequest
from guanxi.web.replies import json_reply
from guanxi.web.strict_json import MAX_DEPTH, read_json, read_object

HOSTILE = {
    "nothing": b"",
    "cut off": b'{"a": 1',
    "single quotes": b"{'a': 1}",
    "comment": b'{"a": 1} // no',
    "two values": b"{} {}",
    "nan": b'{"a": NaN}',
    "infinity": b'{"a": Infinity}',
    "minus infinity": b'{"a": -Infinity}',
    "deep lists": b"[" * 100_000,
    "deep and closed": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "just too deep": b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
    "wide": b"[" + b"[]," * 300_000 + b"[]]",
    "long integer": b'{"a": ' + b"9" * 6_000 + b"}",
    "long fraction": b'{"a": 0.' + b"9" * 6_000 + b"}",
    "huge exponent": b'{"a": 1e999999999}',
    "tiny exponent": b'{"a": 1e-999999999}',
    "same key twice": b'{"a": 1, "a": 2}',
    "not utf-8": b'{"a": "\xff\xfe"}',
    "utf-16": '{"a": 1}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "raw control character": b'{"a": "\x00"}',
    "bad escape": rb'{"a": "\x41"}',
    "half a character": rb'{"a": "\ud800"}',
    "its other half": rb'{"a": "\uDC00\ud800"}',
    "half a character as a key": rb'{"\\\uD9ff": 1}',
    "escapes without end": b'"' + rb"\ud83d\ude00" * 80_000 + rb'\ud83d"',
    "quotes without end": b'"\\"' * 300_000,
    "quotes and backslashes": b"[" * 41 + b'"\\' * 400_000,
    "long key": b'{"' + b"k" * 1_000 + b'": 1}',
    "leading zero": b'{"a": 01}',
    "plus": b'{"a": +1}',
    "hexadecimal": b'{"a": 0x10}',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_bodies_are_refused_quickly_and_cheaply(body):
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(BadRequest) as caught:
        read_json(body)
    taken = time.process_time() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.problems[0].code == "malformed_json"
    assert peak < 50_000_000
    # Tracing slows Python several times over; without it the limit is 0.1 s.
    assert taken < 0.5


@pytest.mark.parametrize("body", [b"[]", b"1", b'"a"', b"null", b"true"])
def test_a_body_that_is_no_object_is_invalid(body):
    with pytest.raises(Invalid):
        read_object(body)


def test_numbers_are_exact():
    assert read_object(b'{"a": 0.1, "b": 12345678901234567890.12, "c": 7}') == {
        "a": Decimal("0.1"),
        "b": Decimal("12345678901234567890.12"),
        "c": 7,
    }


def test_brackets_inside_texts_do_not_count_as_depth():
    text = "[{" * 1_000 + '"]\\'
    assert read_object(bytes(json_reply({"note": text}).body)) == {"note": text}


def test_the_deepest_that_is_allowed_is_read():
    body = b'{"a":' * MAX_DEPTH + b"1" + b"}" * MAX_DEPTH
    assert read_object(body)["a"]["a"]["a"]


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.text(max_size=8),
        st.recursive(
            st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
            max_leaves=60,
        ),
        max_size=6,
    )
)
def test_what_is_written_is_read_back(value):
    assert read_object(bytes(json_reply(value).body)) == value


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    refusal = None
    try:
        assert isinstance(read_object(body), dict)
    except (BadRequest, Invalid) as error:
        refusal = error
    assert refusal is None or refusal.problems


def test_whole_characters_in_two_halves_are_read():
    assert read_json(rb'["\ud83d\ude00", "\\ud800", "\u4e2d"]') == ["\U0001f600", "\\ud800", "\u4e2d"]
