"""A worker is killed: what it was at is taken over within the lease, and its effect is there once."""

import asyncio
import os
import sys
import time

import pytest

from guanxi.clock import SystemClock
from guanxi.commands.workspace import Workspace
from guanxi.settings import from_environ
from guanxi.storage.jobs import Job, count_failed, count_waiting_jobs, defer
from guanxi.storage.timers import Timer, set_timer

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
WORKER = """
import asyncio, os, sys
from datetime import timedelta
from guanxi.clock import SystemClock
from guanxi.commands.actor import SYSTEM
from guanxi.commands.once_only import first_time
from guanxi.commands.timers.tick import tick
from guanxi.commands.workspace import Workspace
from guanxi.settings import from_environ
from guanxi.storage.jobs import Work
from guanxi.worker.backoff import again_by
from guanxi.worker.periodic import Periodic
from guanxi.worker.running import working

point = sys.argv[1]

def die_at(here):
    if here == point:
        os.kill(os.getpid(), 9)

async def main():
    workspace = await Workspace.open(from_environ(os.environ), SystemClock())

    async def effect(turn, key):
        if await first_time(turn, key):
            sql = "INSERT INTO g_setting (name, value) VALUES ($1, 'done')"
            await turn.session.execute(sql, key)

    async def do(attempt):
        die_at("before the commit")
        async def work(turn):
            await effect(turn, "effect")
            die_at("inside the transaction")
        await workspace.write(SYSTEM, work)
        die_at("after the commit")

    async def fire(turn, timer):
        await effect(turn, timer.key)
        die_at("inside a timer")

    async def ticking(workspace):
        await tick(workspace, {"test": fire}, workspace.clock.now())

    work = Work(
        {"effect": do}, again_by(lambda: 0.0), workspace.clock.now, lease=timedelta(seconds=1.5),
        pause=timedelta(seconds=0.1),
    )
    async with working(workspace, (Periodic("ticking", 0.2, ticking),), work):
        print("ready", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def start(url, folder, point):
    environ = os.environ | {"GUANXI_DATABASE_URL": url, "GUANXI_HOME": str(folder)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORKER, point, env=environ, stdout=asyncio.subprocess.PIPE
    )


async def seen(workspace, key):
    async with workspace.database.reading() as session:
        return await session.value("SELECT count(*) FROM g_setting WHERE name = $1", key)


async def settled(workspace, key, seconds=15):
    """Until the effect is there and nothing is left to do; returns how long that took."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        async with workspace.database.reading() as session:
            left = await count_waiting_jobs(session) + await session.value("SELECT count(*) FROM g_timer")
            jobs = "g_job" if session.dialect == "sqlite" else "procrastinate_jobs"
            left += await session.value(f"SELECT count(*) FROM {jobs}")
        if not left and await seen(workspace, key):
            return time.monotonic() - begun
        await asyncio.sleep(0.1)
    raise AssertionError("nobody took it over in time")


async def killed_at(database_url, tmp_path, point, prepare, key):
    workspace = await Workspace.open(
        from_environ({"GUANXI_DATABASE_URL": database_url, "GUANXI_HOME": str(tmp_path)}), SystemClock()
    )
    second = None
    try:
        async with workspace.database.transaction() as session:
            await prepare(session, workspace.clock.now())
        first = await start(database_url, tmp_path, point)
        assert await asyncio.wait_for(first.wait(), 20) == -9
        second = await start(database_url, tmp_path, "nowhere")
        assert await asyncio.wait_for(second.stdout.readline(), 20) == b"ready\n"
        assert await settled(workspace, key) < 8
        async with workspace.database.reading() as session:
            assert await count_failed(session) == 0
        assert await seen(workspace, key) == 1
    finally:
        if second is not None:
            second.kill()
            await second.wait()
        await workspace.close()


@pytest.mark.parametrize("point", ["before the commit", "inside the transaction", "after the commit"])
async def test_a_job_is_taken_over_and_done_once(database_url, tmp_path, point):
    """Faults 3 and 12."""

    async def prepare(session, now):
        await defer(session, Job("effect", {}), now)

    await killed_at(database_url, tmp_path, point, prepare, "effect")


async def test_a_timer_is_taken_over_and_fires_once(database_url, tmp_path):
    """Fault 12."""

    async def prepare(session, now):
        await set_timer(session, Timer("test", 1, "due", now))

    await killed_at(database_url, tmp_path, "inside a timer", prepare, "due")
