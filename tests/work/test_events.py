"""Events reach each consumer once, in order, with what led to them; rules that set each other off stop."""

import asyncio

import pytest

from guanxi.commands.actor import SYSTEM
from guanxi.commands.audit import emit
from guanxi.commands.events.consume_events import DEEPEST, consume_events, react_again
from guanxi.commands.upkeep.seal_audit import seal_audit
from guanxi.storage.jobs import count_waiting_jobs

pytestmark = pytest.mark.postgres


async def say(workspace, event, **payload):
    async def work(turn):
        emit(turn, event, payload)

    await workspace.write(SYSTEM, work)


async def pass_on(workspace, consumers):
    await seal_audit(workspace)
    return await consume_events(workspace, consumers)


def keeping(seen):
    async def react(turn, event):
        seen.append(event.detail.get("event", event.verb))

    return react


async def test_each_consumer_gets_what_happens_from_now_on_once_and_in_order(site):
    first: list[str] = []
    second: list[str] = []
    await say(site.workspace, "before")
    consumers = {"first": keeping(first), "second": keeping(second)}
    assert await pass_on(site.workspace, consumers) == 0
    for number in range(250):
        await say(site.workspace, f"e{number}")
    await asyncio.gather(*(pass_on(site.workspace, consumers) for _ in range(3)))
    await pass_on(site.workspace, consumers)
    assert first == second == [f"e{number}" for number in range(250)]


async def test_changes_of_records_are_events(site):
    seen: list[str] = []
    await pass_on(site.workspace, {"one": keeping(seen)})
    await site.person("Li Wei", "rep")
    await pass_on(site.workspace, {"one": keeping(seen)})
    assert "created" in seen


async def test_what_a_reaction_writes_is_there_once(site):
    calls = []

    async def react(turn, event):
        calls.append(event.place)
        await turn.session.execute("INSERT INTO g_setting (name, value) VALUES ($1, '1')", f"r{event.place}")
        if len(calls) == 2:
            raise RuntimeError("a power cut, say")

    await pass_on(site.workspace, {"one": react})
    for number in range(3):
        await say(site.workspace, f"e{number}")
    await pass_on(site.workspace, {"one": react})
    async with site.workspace.database.reading() as session:
        assert await session.value("SELECT count(*) FROM g_setting WHERE name LIKE 'r%'") == 3
        assert await count_waiting_jobs(session) == 0


async def test_one_that_fails_becomes_a_job_and_the_others_go_on(site):
    seen, broken = [], [True]

    async def react(turn, event):
        if broken and event.detail["event"] == "bad":
            raise RuntimeError("no")
        seen.append(event)

    await pass_on(site.workspace, {"one": react})
    for name in ("good", "bad", "better"):
        await say(site.workspace, name)
    await pass_on(site.workspace, {"one": react})
    assert [event.detail["event"] for event in seen][-2:] == ["good", "better"]
    async with site.workspace.database.reading() as session:
        assert await count_waiting_jobs(session) == 1
    broken.clear()
    place = seen[-1].place - 1
    for _ in range(2):
        await react_again(site.workspace, {"one": react}, {"consumer": "one", "place": place})
    assert [event.detail["event"] for event in seen].count("bad") == 1


async def test_the_cause_and_depth_are_kept_and_a_loop_of_rules_ends(site):
    seen = []

    async def echo(turn, event):
        seen.append((event.id, event.cause, event.depth))
        emit(turn, "echo", {})

    await pass_on(site.workspace, {"echo": echo})
    await say(site.workspace, "call")
    for _ in range(DEEPEST + 4):
        await pass_on(site.workspace, {"echo": echo})
    assert [depth for _, _, depth in seen] == list(range(DEEPEST))
    assert [cause for _, cause, _ in seen] == [None, *(id_ for id_, _, _ in seen[:-1])]
