"""Timers fire once, however the clock jumps, and one that fails holds up no other."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guanxi.commands.actor import SYSTEM
from guanxi.commands.timers.tick import fire_again, tick
from guanxi.storage.jobs import GiveUp, count_waiting_jobs
from guanxi.storage.timers import Timer, clear_timers, set_timer, timers_of

pytestmark = pytest.mark.postgres
START = datetime(2026, 1, 31, 8, tzinfo=UTC)
DAY = timedelta(days=1)


class Fired:
    """A handler that keeps what it was given, in the database too."""

    def __init__(self, failing=()):
        self.seen = []
        self.failing = failing

    async def __call__(self, turn, timer):
        if timer.key in self.failing:
            raise RuntimeError("this one never works")
        self.seen.append((timer.key, turn.now))
        sql = "INSERT INTO g_setting (name, value) VALUES ($1, '1')"
        await turn.session.execute(sql, f"fired {timer.owner_id} {timer.key}")

    @property
    def keys(self):
        return [key for key, _ in self.seen]


async def put(site, *timers):
    async with site.workspace.database.transaction() as session:
        for timer in timers:
            await set_timer(session, timer)


def timer(key, due, owner=1):
    return Timer("test", owner, key, due)


async def test_what_is_due_fires_in_order_and_only_once(site):
    fired = Fired()
    await put(site, timer("b", START), timer("a", START - DAY), timer("later", START + DAY))
    assert await tick(site.workspace, {"test": fired}, START) == 2
    assert await tick(site.workspace, {"test": fired}, START) == 0
    assert fired.keys == ["a", "b"]
    assert await tick(site.workspace, {"test": fired}, START + DAY) == 1


async def test_the_clock_jumps_a_day_ahead_and_back(site):
    """Fault 11."""
    fired = Fired()
    await put(site, timer("deadline", START + timedelta(hours=1)))
    assert await tick(site.workspace, {"test": fired}, START - DAY) == 0
    assert await tick(site.workspace, {"test": fired}, START + DAY) == 1
    for moment in (START, START - DAY, START + 2 * DAY):
        assert await tick(site.workspace, {"test": fired}, moment) == 0
    assert fired.seen == [("deadline", START + DAY)]


async def test_daylight_saving_gives_no_second_firing(site):
    """Fault 11: 02:30 comes twice on the last Sunday of October, and not at all in March."""
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=berlin)
    second = first.replace(fold=1)
    gap = datetime(2026, 3, 29, 2, 30, tzinfo=berlin)
    fired = Fired()
    await put(site, timer("gap", gap), timer("first", first), timer("second", second))
    assert await tick(site.workspace, {"test": fired}, gap.astimezone(UTC)) == 1
    assert await tick(site.workspace, {"test": fired}, first.astimezone(UTC)) == 1
    assert await tick(site.workspace, {"test": fired}, first.astimezone(UTC)) == 0
    assert await tick(site.workspace, {"test": fired}, second.astimezone(UTC)) == 1
    assert fired.keys == ["gap", "first", "second"]


async def test_processes_that_tick_together_fire_each_once(site):
    fired = Fired()
    await put(site, *(timer(str(number), START) for number in range(30)))
    counts = await asyncio.gather(*(tick(site.workspace, {"test": fired}, START) for _ in range(4)))
    assert sum(counts) == 30
    async with site.workspace.database.reading() as session:
        assert await session.value("SELECT count(*) FROM g_setting WHERE name LIKE 'fired%'") == 30


async def test_a_timer_is_moved_and_cleared_with_its_owner(site):
    fired = Fired()
    await put(site, timer("a", START), timer("b", START), timer("a", START, owner=2))
    await put(site, timer("a", START + DAY))
    async with site.workspace.database.transaction() as session:
        assert [(one.key, one.due) for one in await timers_of(session, "test", 1)] == [
            ("b", START),
            ("a", START + DAY),
        ]
        await clear_timers(session, "test", 1, "b")
        await clear_timers(session, "test", 2)
    assert await tick(site.workspace, {"test": fired}, START) == 0
    assert await tick(site.workspace, {"test": fired}, START + DAY) == 1


async def test_one_that_fails_becomes_a_job_and_holds_up_no_other(site):
    fired = Fired(failing={"bad"})
    await put(site, timer("bad", START - DAY), timer("good", START))
    assert await tick(site.workspace, {"test": fired}, START) == 1
    assert await tick(site.workspace, {"test": fired}, START) == 0
    assert fired.keys == ["good"]
    async with site.workspace.database.reading() as session:
        assert await count_waiting_jobs(session) == 1


async def test_the_job_of_a_timer_fires_it_once_however_often_it_is_done(site):
    fired = Fired()
    payload = {"timer": 7, "owner_kind": "test", "owner_id": 1, "key": "k", "due": START.isoformat()}
    for _ in range(3):
        await fire_again(site.workspace, {"test": fired}, payload)
    assert fired.keys == ["k"]
    with pytest.raises(GiveUp, match="Nothing here"):
        await fire_again(site.workspace, {}, payload)


async def test_a_timer_goes_with_the_transaction_that_set_it(site):
    async def work(turn):
        await set_timer(turn.session, timer("a", START))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await site.workspace.write(SYSTEM, work)
    assert await tick(site.workspace, {"test": Fired()}, START) == 0
