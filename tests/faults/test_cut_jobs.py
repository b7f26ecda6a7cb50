"""All connections of a worker are cut: it goes on with new ones."""

import asyncio
import time

import asyncpg
import pytest

from guanxi.clock import SystemClock
from guanxi.storage import Database
from guanxi.storage.jobs import Job, Work, defer
from guanxi.worker.backoff import again_by
from guanxi.worker.running import working

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
OTHERS = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Bare:
    """What the worker needs of a workspace."""

    def __init__(self, database):
        self.database = database
        self.clock = SystemClock()


async def test_jobs_go_on_when_all_connections_were_cut(bare_postgres_url):
    """Fault 14."""
    database = await Database.open(bare_postgres_url, pool_size=4)
    done: list[int] = []
    died: list[bool] = []

    async def note(attempt):
        done.append(attempt.payload["n"])

    async def put(number):
        async with database.transaction() as session:
            await defer(session, Job("note", {"n": number}), SystemClock().now())

    async def until(number):
        begun = time.monotonic()
        while number not in done:
            assert time.monotonic() - begun < 60, "the worker did not come back"
            await asyncio.sleep(0.1)

    work = Work({"note": note}, again_by(lambda: 0.0), SystemClock().now)
    try:
        async with working(Bare(database), (), work, lambda: died.append(True)):  # type: ignore[arg-type]
            await put(1)
            await until(1)
            connection = await asyncpg.connect(bare_postgres_url)
            assert await connection.fetchval(OTHERS) > 2
            await connection.close()
            await put(2)
            await until(2)
    finally:
        await database.close()
    assert (done, died) == ([1, 2], [])
