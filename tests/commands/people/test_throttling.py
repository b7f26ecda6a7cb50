from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guanxi.commands.people.throttling import keys_of, seconds_to_wait
from guanxi.storage.sign_in_attempts import Attempts

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)


def test_five_failures_of_an_account_from_one_address_are_free():
    assert seconds_to_wait([Attempts("pair:a:1.2.3.4", 4, NOW)], NOW) == 0
    assert seconds_to_wait([Attempts("pair:a:1.2.3.4", 5, NOW)], NOW) == 1
    assert seconds_to_wait([Attempts("pair:a:1.2.3.4", 8, NOW)], NOW) == 8


def test_the_wait_passes():
    attempts = [Attempts("pair:a:1.2.3.4", 9, NOW)]
    assert seconds_to_wait(attempts, NOW + timedelta(seconds=15.5)) == 1
    assert seconds_to_wait(attempts, NOW + timedelta(seconds=16)) == 0


def test_a_stranger_who_guesses_keeps_the_owner_out_for_half_a_minute_at_most():
    assert seconds_to_wait([Attempts("account:a", 1_000_000, NOW)], NOW) == 30


@given(st.integers(0, 10**9), st.sampled_from(["pair:a:b", "account:a", "address:b"]))
def test_nothing_is_locked_for_good(failures, key):
    assert 0 <= seconds_to_wait([Attempts(key, failures, NOW)], NOW) <= 300


def test_an_account_is_the_same_however_its_letters_are_written():
    assert keys_of("Li.Wei@Example.com", "::1") == keys_of("li.wei@example.COM", "::1")


def test_what_was_typed_as_address_is_not_kept():
    assert not any("secret" in key for key in keys_of("my secret password", "::1"))
