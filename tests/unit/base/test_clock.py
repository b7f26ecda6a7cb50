from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.clock import FixedClock, SystemClock, time_ordered_id

MOMENT = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def test_the_system_clock_tells_aware_time_that_does_not_stand_still():
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second


def test_tokens_are_long_and_never_the_same():
    clock = SystemClock()
    tokens = {clock.token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}
    assert len({clock.unique_id() for _ in range(100)}) == 100


@given(
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9999, 12, 31)),  # noqa: DTZ001 - made aware below
    st.timedeltas(min_value=timedelta(milliseconds=1), max_value=timedelta(days=9)),
    st.binary(min_size=10, max_size=10),
    st.binary(min_size=10, max_size=10),
)
def test_later_identifiers_sort_after_earlier_ones(moment, gap, chance, other):
    earlier = moment.replace(tzinfo=UTC)
    if earlier > datetime(9999, 12, 20, tzinfo=UTC):
        earlier -= timedelta(days=20)
    first, second = time_ordered_id(earlier, chance), time_ordered_id(earlier + gap, other)
    assert first < second
    assert first.version == 7
    assert first.variant == "specified in RFC 4122"


def test_an_identifier_keeps_its_moment_and_its_chance():
    identifier = time_ordered_id(MOMENT, b"\xff" * 10)
    assert identifier.int >> 80 == MOMENT.timestamp() * 1000
    assert str(identifier)[14:] == "7fff-bfff-ffffffffffff"
    assert time_ordered_id(MOMENT, bytes(9) + b"\1") != time_ordered_id(MOMENT, bytes(10))
    with pytest.raises(ValueError, match="ten random bytes"):
        time_ordered_id(MOMENT, b"short")


def test_a_fixed_clock_moves_only_when_told_and_repeats_its_chance():
    clock, twin = FixedClock(MOMENT, "a"), FixedClock(MOMENT, "a")
    assert clock.now() == clock.now() == MOMENT
    assert [clock.token(), str(clock.unique_id())] == [twin.token(), str(twin.unique_id())]
    assert clock.token() != clock.token()
    assert len(clock.token(64)) == 86
    assert FixedClock(MOMENT, "b").token() != FixedClock(MOMENT, "a").token()
    assert clock.advance(timedelta(days=-1)) == clock.now() == MOMENT - timedelta(days=1)


def test_a_fixed_clock_speaks_utc():
    shanghai = timezone(timedelta(hours=8))
    assert FixedClock(MOMENT.astimezone(shanghai)).now().tzinfo is UTC
    with pytest.raises(ValueError, match="aware"):
        FixedClock(MOMENT.replace(tzinfo=None))
