"""The platform's own rows: counters, keys, instances and their events, under concurrency."""

import asyncio

import pytest

from guanxi.storage import ConstraintBroken, Database
from guanxi.storage.idempotency import Done, answer, claim
from guanxi.storage.inbox import tasks_in
from guanxi.storage.instances import (
    Instance,
    StoredEvent,
    add_event,
    add_instance,
    events_of,
    instance_of,
    last_instance,
    save_instance,
)
from guanxi.storage.organisation import load_organisation
from guanxi.storage.sequences import next_number, next_without_gap
from guanxi.storage.tasks import (
    NewTask,
    close_tasks,
    count_held,
    count_waiting,
    holders_of,
    open_tasks,
    task_of,
)
from tests.storage.sample import AT, people

pytestmark = pytest.mark.postgres


async def test_numbers_are_given_once(bare_database):
    async def take():
        async with bare_database.transaction() as session:
            return await next_number(session, "order.number.2026")

    numbers = await asyncio.gather(*(take() for _ in range(30)))
    assert sorted(numbers) == list(range(1, 31))


async def test_a_failed_writer_takes_no_number_from_anybody(bare_database):
    async def take(name):
        async with bare_database.transaction() as session:
            return await next_number(session, name)

    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the block is what fails
        async with bare_database.transaction() as session:
            await next_number(session, "x")
            raise ZeroDivisionError
    numbers = [await take("x") for _ in range(3)]
    assert numbers == sorted(set(numbers))
    assert await take("y") == 1


async def test_without_a_gap_a_failed_writer_gives_its_number_back(bare_database):
    async def take(number):
        async with bare_database.transaction() as session:
            taken = await next_without_gap(session, "x")
            await asyncio.sleep(0)
            if number % 3 == 0:
                raise ZeroDivisionError
            return taken

    results = await asyncio.gather(*(take(number) for number in range(30)), return_exceptions=True)
    kept = [one for one in results if not isinstance(one, BaseException)]
    assert sorted(kept) == list(range(1, 21))


async def test_who_takes_a_number_makes_nobody_wait(bare_postgres_url):
    """On SQLite there is one writer at a time anyway."""
    database = await Database.open(bare_postgres_url, pool_size=4)
    try:
        async with database.transaction() as session:
            await next_number(session, "x")
        async with database.transaction() as first, database.transaction() as second:
            numbers = [await asyncio.wait_for(next_number(one, "x"), 5) for one in (first, second)]
        assert len(set(numbers)) == 2
    finally:
        await database.close()


async def test_one_of_many_equal_requests_is_carried_out(bare_database):
    async def request():
        async with bare_database.transaction() as session:
            done = await claim(session, 7, "key", "digest", AT)
            if done is None:
                await asyncio.sleep(0.01)
                answer(session, 7, "key", "the one reply")
            return done

    results = await asyncio.gather(*(request() for _ in range(20)))
    assert results.count(None) == 1
    assert {result for result in results if result is not None} == {Done("digest", "the one reply")}


def instance(**values):
    base = {
        "id": 0,
        "approval": "order_discount",
        "catalog": "0" * 64,
        "entity": "order",
        "record_id": 5,
        "status": "open",
        "seq": 1,
        "state": {"schema": 1, "说明": ["好"]},
        "content_hash": "1" * 64,
        "started_by": 7,
        "started_at": AT,
        "finished_at": None,
    }
    return Instance(**{**base, **values})


async def test_an_instance_comes_back_and_only_one_event_is_next(bare_database):
    async with bare_database.transaction() as session:
        id_ = await add_instance(session, instance())
        await add_event(session, id_, StoredEvent(1, "submit", AT, 7, {"a": 1}, {"b": "好"}))
        assert await instance_of(session, id_) == instance(id=id_)
        assert await last_instance(session, "order", 5) == instance(id=id_)
        assert await save_instance(session, instance(id=id_, seq=2, finished_at=AT), 1)
        assert not await save_instance(session, instance(id=id_, seq=2), 1)
        assert [event.facts for event in await events_of(session, id_)] == [{"b": "好"}]
    with pytest.raises(ConstraintBroken):
        async with bare_database.transaction() as session:
            await add_event(session, id_, StoredEvent(1, "decide", AT, 8, {}, {}))


async def test_a_task_waits_for_its_holders_until_it_is_closed(bare_database):
    async with bare_database.transaction() as session:
        id_ = await add_instance(session, instance())
        order = ("order", 5)
        new = [
            NewTask("manager#0.0", "manager", order, [8, 9]),
            NewTask("director#0.0", "director", order, []),
        ]
        opened = await open_tasks(session, id_, new, AT)
        task, held = opened["manager#0.0"], opened["director#0.0"]
        assert (await count_waiting(session, 8), await count_held(session)) == (1, 1)
        assert await holders_of(session, [task, held]) == {task: (8, 9), held: ()}
        assert [one.id for one in await tasks_in(session, "held", [1], 10, AT)] == [held]
        await close_tasks(session, id_, {"manager#0.0": (8, "approve", "fine")}, AT)
        closed = await task_of(session, task)
        assert closed is not None
        assert (closed.status, closed.decided_by, closed.answer, closed.closed_at) == (
            "closed",
            8,
            "approve",
            AT,
        )
        assert await count_waiting(session, 9) == 0
        assert [one.id for one in await tasks_in(session, "done", [8], 10, AT)] == [task]


async def test_the_organisation_is_who_is_there(database, base_catalog):
    async with database.transaction() as session:
        ids = await people(session, base_catalog)
        await session.execute("INSERT INTO g_role_member (user_id, role) VALUES ($1, 'director')", ids["bo"])
        organisation = await load_organisation(session)
    assert organisation.members_of_role("director") == (ids["bo"],)
    assert organisation.active(ids["ada"])
    assert set(organisation.team_members("North", True)) == {ids["ada"], ids["bo"]}
