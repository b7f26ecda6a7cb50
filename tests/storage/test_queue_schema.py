"""procrastinate's tables are made once and then only upgraded."""

import pytest

from guanxi.storage import Database, migrate
from guanxi.storage.jobs import Job, count_waiting_jobs, defer
from tests.storage.sample import AT

pytestmark = pytest.mark.postgres


async def test_bringing_a_workspace_up_to_date_again_keeps_its_jobs(bare_postgres_url):
    database = await Database.open(bare_postgres_url, pool_size=2)
    try:
        async with database.transaction() as session:
            await defer(session, Job("note", {}), AT)
        await migrate(database)
        async with database.reading() as session:
            kept = await session.value("SELECT value FROM g_setting WHERE name = 'procrastinate'")
            assert await count_waiting_jobs(session) == 1
    finally:
        await database.close()
    assert kept.endswith('.sql"')
