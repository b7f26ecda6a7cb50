import asyncio
import statistics
import time

import pytest
from argon2 import extract_parameters

from guanxi.commands.people import passwords
from guanxi.errors import Invalid, TooManyRequests


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "a" * 500,
        "aaaaaaaaaaaaaaaa",
        "my password is good",
        "1234567890abc",
        "li.wei@example.com",
        "LI.WEI@EXAMPLE.COM!",
    ],
)
def test_passwords_that_are_easy_to_guess_are_refused(password):
    with pytest.raises(Invalid) as caught:
        passwords.check_strength(password, "li.wei@example.com")
    assert caught.value.problems[0].field == "/password"


@pytest.mark.parametrize("password", ["correct horse battery", "四个不相干的词语放在一起", "xK9#mQ2$vL"])
def test_long_ones_of_any_kind_are_accepted(password):
    passwords.check_strength(password, "li.wei@example.com")


async def test_a_hash_is_argon2id_with_64_mib_and_three_passes():
    kept = await passwords.hash_password("tea in the garden")
    assert kept.startswith("$argon2id$")
    parameters = extract_parameters(kept)
    assert (parameters.memory_cost, parameters.time_cost) == (65_536, 3)
    assert extract_parameters(passwords._NOBODYS) == parameters
    assert await passwords.matches(kept, "tea in the garden")
    assert not await passwords.matches(kept, "tea in the kitchen")
    assert not await passwords.matches(None, "tea in the garden")


async def test_an_unknown_person_takes_as_long_as_a_wrong_password():
    kept = await passwords.hash_password("tea in the garden")

    async def taken(stored):
        begun = time.process_time()
        await passwords.matches(stored, "wrong")
        return time.process_time() - begun

    known = statistics.median([await taken(kept) for _ in range(5)])
    unknown = statistics.median([await taken(None) for _ in range(5)])
    assert 0.4 < unknown / known < 2.5


async def test_a_flood_is_turned_away_and_the_rest_goes_on(monkeypatch):
    monkeypatch.setattr(passwords, "_QUEUE", 3)
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            await asyncio.sleep(0.005)
            ticks += 1

    ticking = asyncio.create_task(tick())
    answers = await asyncio.gather(
        *(passwords.matches(None, "wrong") for _ in range(8)), return_exceptions=True
    )
    ticking.cancel()
    assert sum(isinstance(answer, TooManyRequests) for answer in answers) == 5
    assert answers.count(False) == 3
    assert ticks > 3
    assert passwords._Queue.waiting == 0
