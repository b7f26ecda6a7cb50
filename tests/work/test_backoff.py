"""When a job that failed is tried again."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.errors import N_, Conflict, Unavailable
from guanxi.storage.jobs import GiveUp
from guanxi.worker.backoff import FIRST, LONGEST, MOST, again_by, wait_after

CHANCE = st.floats(0, 1)


@given(st.integers(1, 50), CHANCE, CHANCE)
@settings(max_examples=50)
def test_the_wait_grows_to_an_hour_and_is_spread_over_its_upper_half(attempts, one, other):
    wait = wait_after(attempts, one)
    assert FIRST / 2 <= wait <= LONGEST
    assert wait_after(attempts + 1, other) * 2 >= wait
    assert wait_after(attempts, 0.0) * 2 == wait_after(attempts, 1.0)


def test_what_is_refused_on_purpose_is_not_tried_again():
    again = again_by(lambda: 0.0)
    assert again(1, GiveUp("never")) is None
    assert again(1, Conflict(N_("Somebody was faster."))) is None
    assert again(1, Unavailable("away")) == timedelta(seconds=5)
    assert again(MOST - 1, RuntimeError()) is not None
    assert again(MOST, RuntimeError()) is None
