"""Automations in tests: published, with all that waits to be done done, at the moment of the clock."""

import asyncio

from guanxi.commands.automations.keep_schedules import keep_schedules
from guanxi.commands.events.consume_events import consume_events
from guanxi.commands.timers.tick import tick
from guanxi.commands.upkeep.seal_audit import seal_audit
from guanxi.storage.jobs import Work, count_waiting_jobs, run_jobs
from guanxi.worker.backoff import again_by, chance_of
from guanxi.worker.registry import CONSUMERS, TIMERS, job_handlers
from tests.commands.actions.definitions import put

BASE = ("automation", "order_draft")


def automation(on, *steps, name="rule", of="order", **more):
    """An automation of orders."""
    return {"kind": "automation", "name": name, "of": of, "on": on, "steps": list(steps), **more}


def do(name, **effect):
    """A step with one effect."""
    return {"name": name, "type": "do", "effects": [{"name": name, **effect}]}


def note(text, name="write"):
    """A step that writes the note of an order."""
    return do(name, update="this", set={"note": text})


async def publish(office, *definitions):
    """Publish, with the automation of the base CRM put to rest, and let what happens at times know of it."""
    live = (await office.workspace.live()).documents
    base = [{**one.data, "active": False} for one in live if (one.kind, one.name) == BASE]
    await put(office.workspace, *base, *definitions)
    await keep_schedules(office.workspace)
    await settled(office)


async def settled(office):
    """Everything that follows from what happened, and is due at the moment of the clock."""
    workspace = office.workspace
    for _ in range(60):
        await seal_audit(workspace)
        given = await consume_events(workspace, CONSUMERS)
        given += await tick(workspace, TIMERS, workspace.clock.now())
        given += await _jobs(workspace)
        if not given:
            return
    raise AssertionError("it does not end")


async def _jobs(workspace):
    async with workspace.database.reading() as session:
        waiting = await count_waiting_jobs(session)
    if not waiting:
        return 0
    stopping = asyncio.Event()
    clock = workspace.clock
    work = Work(job_handlers(workspace), again_by(chance_of(clock)), clock.now)
    running = asyncio.create_task(run_jobs(workspace.database, work, stopping))
    left = waiting
    for _ in range(400):
        async with workspace.database.reading() as session:
            left = await count_waiting_jobs(session)
        if not left:
            break
        await asyncio.sleep(0.01)
    stopping.set()
    await running
    return waiting - left


async def rows(office, sql, *arguments):
    async with office.workspace.database.reading() as session:
        return await session.fetch(sql, *arguments)


async def runs(office):
    """How each run of an automation stands, record by record, oldest first."""
    sql = "SELECT approval, status FROM g_instance WHERE kind = 'automation' ORDER BY record_id, id"
    found = await rows(office, sql)
    return [(row["approval"], row["status"]) for row in found]
