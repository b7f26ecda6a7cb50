"""Jobs on both databases: deferred with the transaction, tried again, kept when they fail."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from guanxi.clock import SystemClock
from guanxi.storage.jobs import (
    GiveUp,
    Job,
    Work,
    count_waiting_jobs,
    defer,
    discard_failed,
    failed_jobs,
    retry_failed,
    run_jobs,
)

pytestmark = pytest.mark.postgres
AT = datetime(2026, 1, 31, 8, tzinfo=UTC)


def wall():
    return SystemClock().now()


def three_times(attempts, error):
    return None if isinstance(error, GiveUp) or attempts >= 3 else timedelta(milliseconds=20)


@asynccontextmanager
async def running(database, handlers, again=three_times):
    stopping = asyncio.Event()
    work = Work(handlers, again, wall, lease=timedelta(seconds=3), pause=timedelta(seconds=0.05))
    runner = asyncio.create_task(run_jobs(database, work, stopping))
    try:
        yield
    finally:
        stopping.set()
        await runner


async def until(condition, seconds=10):
    for _ in range(int(seconds / 0.05)):
        if await condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come to this in time")


async def put(database, *jobs):
    async with database.transaction() as session:
        for job in jobs:
            await defer(session, job, wall())


async def waiting(database):
    async with database.reading() as session:
        return await count_waiting_jobs(session)


async def failed(database):
    async with database.reading() as session:
        return await failed_jobs(session)


async def test_a_job_exists_exactly_if_its_transaction_commits(bare_database):
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the block is what fails
        async with bare_database.transaction() as session:
            await defer(session, Job("greet", {"name": "茶"}), AT)
            raise ZeroDivisionError
    assert await waiting(bare_database) == 0
    await put(bare_database, Job("greet", {"name": "茶"}))
    assert await waiting(bare_database) == 1


async def test_of_one_key_one_waits(bare_database):
    again = Job("greet", {}, key="a")
    await put(bare_database, again, again, Job("greet", {}, key="b"), Job("greet", {}))
    assert await waiting(bare_database) == 3
    async with bare_database.transaction() as session:
        await defer(session, again, AT)
        # What else the transaction does is not lost with the job that was there already.
        await session.execute("INSERT INTO g_setting (name, value) VALUES ('x', '1')")
    async with bare_database.reading() as session:
        assert await session.value("SELECT value FROM g_setting WHERE name = 'x'") == "1"


async def test_jobs_are_done_with_their_payload_once_and_are_gone(bare_database):
    done = []

    async def greet(attempt):
        done.append((attempt.payload["name"], attempt.number))

    await put(bare_database, *(Job("greet", {"name": f"茶 {number}"}) for number in range(20)))
    async with running(bare_database, {"greet": greet}):

        async def all_done():
            return len(done) == 20

        await until(all_done)
    assert sorted(done) == sorted((f"茶 {number}", 1) for number in range(20))
    assert await waiting(bare_database) == 0


async def test_a_job_that_is_not_due_waits(bare_database):
    done = []

    async def greet(attempt):
        done.append(attempt.payload["name"])

    await put(bare_database, Job("greet", {"name": "later"}, run_at=wall() + timedelta(hours=1)))
    await put(bare_database, Job("greet", {"name": "now"}))
    async with running(bare_database, {"greet": greet}):

        async def one():
            return bool(done)

        await until(one)
        await asyncio.sleep(0.2)
    assert done == ["now"]
    assert await waiting(bare_database) == 1


async def test_a_job_is_tried_again_and_kept_when_it_fails_for_good(bare_database):
    numbers = []

    async def fail(attempt):
        numbers.append(attempt.number)
        raise RuntimeError("the printer is on fire")

    async def refuse(attempt):
        raise GiveUp("There is no such printer.")

    await put(bare_database, Job("print", {"page": 1}), Job("refuse", {}), Job("nobody", {}))
    async with running(bare_database, {"print": fail, "refuse": refuse, "nobody": refuse}):

        async def all_failed():
            return len(await failed(bare_database)) == 3

        await until(all_failed)
    assert numbers == [1, 2, 3]
    found = {job.name: job for job in await failed(bare_database)}
    assert (found["print"].attempts, found["print"].error) == (3, "RuntimeError: the printer is on fire")
    assert found["print"].payload == {"page": 1}
    assert (found["refuse"].attempts, found["refuse"].error) == (1, "There is no such printer.")


async def test_an_administrator_tries_a_failed_job_again_or_throws_it_away(bare_database):
    broken, done = [True], []

    async def sometimes(attempt):
        if broken:
            raise GiveUp("not yet")
        done.append(attempt.payload["n"])

    await put(bare_database, Job("some", {"n": 1}), Job("some", {"n": 2}))
    async with running(bare_database, {"some": sometimes}):

        async def both_failed():
            return len(await failed(bare_database)) == 2

        await until(both_failed)
        broken.clear()
        by_number = {job.payload["n"]: job.id for job in await failed(bare_database)}
        async with bare_database.transaction() as session:
            assert await retry_failed(session, by_number[1], wall())
            assert await discard_failed(session, by_number[2])
            assert not await discard_failed(session, by_number[2])

        async def one_done():
            return done == [1]

        await until(one_done)
    assert await failed(bare_database) == []
