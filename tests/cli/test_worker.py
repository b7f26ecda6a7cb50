import asyncio
import os
import subprocess
import sys
import time
from typing import Any

import pytest

from guanxi.errors import Unavailable
from guanxi.worker.periodic import PERIODIC, Periodic
from guanxi.worker.running import EXIT_CODE, working
from tests.web.site import open_site

NOWHERE: Any = None
DIES = """
import asyncio, os
from guanxi.clock import SystemClock
from guanxi.commands.workspace import Workspace
from guanxi.settings import from_environ
from guanxi.worker.periodic import Periodic
from guanxi.worker.running import working

async def fail(workspace):
    await workspace.live()
    if not os.path.exists(os.environ["MENDED"]):
        raise RuntimeError("a mistake of ours")
    print("went on", flush=True)
    os._exit(0)

async def main():
    workspace = await Workspace.open(from_environ(os.environ), SystemClock())
    async with working(workspace, (Periodic("failing", 0.1, fail),)):
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_job_that_fails_ends_the_process(database_url, tmp_path):
    """Fault 13: within 5 s, although the driver's threads would keep it alive."""
    mended = tmp_path / "mended"
    environ = os.environ | {
        "GUANXI_DATABASE_URL": database_url,
        "GUANXI_HOME": str(tmp_path),
        "MENDED": str(mended),
    }
    begun = time.monotonic()
    process = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", DIES], env=environ, capture_output=True, timeout=30
    )
    assert process.returncode == EXIT_CODE
    assert b"a mistake of ours" in process.stderr
    # Starting takes its share of the time.
    assert time.monotonic() - begun < 10
    mended.touch()
    again = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", DIES], env=environ, capture_output=True, timeout=30
    )
    assert (again.returncode, again.stdout) == (0, b"went on\n"), "it was started again, and goes on"


async def test_a_database_that_is_away_is_waited_for(monkeypatch):
    monkeypatch.setattr("guanxi.worker.running._BACK_OFF", 0.01)
    tries = []

    async def away_at_first(workspace):
        tries.append(workspace)
        if len(tries) < 3:
            raise Unavailable("away")

    died = []
    async with working(
        NOWHERE, (Periodic("job", 0.01, away_at_first),), on_mistake=lambda: died.append(True)
    ):
        await asyncio.sleep(0.3)
    assert len(tries) > 3
    assert died == []


async def test_other_jobs_go_on_and_the_end_is_asked_for_once():
    async def fail(workspace):
        raise RuntimeError("a mistake of ours")

    rounds, died = [], []

    async def count(workspace):
        rounds.append(1)

    jobs = (Periodic("bad", 0.01, fail), Periodic("good", 0.01, count))
    async with working(NOWHERE, jobs, on_mistake=lambda: died.append(True)):
        await asyncio.sleep(0.2)
    assert len(rounds) > 3
    assert died == [True]


async def test_what_happened_is_sealed_within_a_second(site):
    await site.person("Li Wei", "rep")
    async with working(site.workspace, PERIODIC):
        await asyncio.sleep(1)
        async with site.workspace.database.reading() as session:
            unsealed = await session.value("SELECT count(*) FROM g_audit WHERE seal_seq IS NULL")
            sealed = await session.value("SELECT count(*) FROM g_audit WHERE seal_seq IS NOT NULL")
    assert unsealed == 0
    assert sealed >= 1


async def test_what_has_expired_is_cleared_away(site):
    from datetime import timedelta

    from guanxi.commands.upkeep.clear_expired import clear_expired

    await site.with_password("Li Wei", "rep")
    browser = await site.browser("Li Wei")
    await site.http.post("/sign-in", data={"email": "x", "password": "y"}, headers={"Sec-Fetch-Site": "none"})

    async def counts():
        async with site.workspace.database.reading() as session:
            tables = ("g_session", "g_sign_in_attempt")
            return [await session.value(f"SELECT count(*) FROM {table}") for table in tables]

    await clear_expired(site.workspace)
    assert (await counts())[0] == 1
    assert (await browser.get("/api/v1/tasks")).status_code == 200
    site.clock.advance(timedelta(hours=1))
    await clear_expired(site.workspace)
    assert await counts() == [0, 0]


@pytest.fixture
async def site(database_url, tmp_path):
    async with open_site(database_url, tmp_path) as opened:
        yield opened
