"""What the database may do to us: cut connections, full disks, many writers, a publishing in between."""

import asyncio
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import asyncpg
import pytest

from guanxi.errors import Unavailable
from guanxi.storage import ConstraintBroken, Database, ReleaseMoved

pytestmark = pytest.mark.postgres

PUT = "INSERT INTO g_setting (name, value) VALUES ($1, $2)"


async def put(database, name, value="x", pin=None):
    async with database.transaction(pin) as session:
        await session.execute(PUT, name, value)


async def names(database):
    async with database.reading() as session:
        rows = await session.fetch("SELECT name FROM g_setting WHERE name <> 'procrastinate' ORDER BY name")
        return [row["name"] for row in rows]


async def cut(url, but=None):
    """Cut every connection of the database except one."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()


@pytest.fixture
async def postgres_only(bare_postgres_url):
    database = await Database.open(bare_postgres_url, pool_size=4)
    yield database, bare_postgres_url
    await database.close()


@pytest.fixture
async def sqlite_only(bare_sqlite_url):
    database = await Database.open(bare_sqlite_url)
    yield database, Path(bare_sqlite_url.removeprefix("sqlite://"))
    await database.close()


async def test_a_block_that_raises_leaves_nothing(bare_database):
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the block is what fails
        async with bare_database.transaction() as session:
            await session.execute(PUT, "a", "x")
            session.at_end(PUT, "b", "x")
            raise ZeroDivisionError
    assert await names(bare_database) == []
    await put(bare_database, "c")
    assert await names(bare_database) == ["c"]


async def test_what_fails_at_the_end_undoes_all(bare_database):
    await put(bare_database, "taken")
    with pytest.raises(ConstraintBroken):  # noqa: PT012 - the block is what fails
        async with bare_database.transaction() as session:
            await session.execute(PUT, "a", "x")
            session.at_end(PUT, "taken", "x")
    assert await names(bare_database) == ["taken"]


async def test_a_cancelled_block_leaves_nothing(bare_database):
    inside = asyncio.Event()

    async def slow():
        async with bare_database.transaction() as session:
            await session.execute(PUT, "a", "x")
            inside.set()
            await asyncio.sleep(30)

    task = asyncio.create_task(slow())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await put(bare_database, "b")
    assert await names(bare_database) == ["b"]


async def test_a_reader_does_not_wait_for_a_writer(bare_database):
    async with bare_database.transaction() as session:
        await session.execute(PUT, "a", "x")
        assert await asyncio.wait_for(names(bare_database), 5) == []
    assert await names(bare_database) == ["a"]


async def test_a_pin_holds_only_while_its_release_is_live(database):
    live = await database.live_release()
    await put(database, "a", pin=live.digest)
    with pytest.raises(ReleaseMoved):
        await put(database, "b", pin="0" * 64)
    await put(database, "c", pin=live.digest)
    assert await names(database) == ["a", "c"]


async def test_all_connections_cut_and_the_next_requests_are_fine(postgres_only):
    database, url = postgres_only
    await asyncio.gather(*(put(database, f"before {number}") for number in range(8)))
    await cut(url)
    results = await asyncio.gather(
        *(put(database, f"after {number}") for number in range(20)), return_exceptions=True
    )
    failed = [result for result in results if result is not None]
    assert len(failed) <= 4
    assert [type(result) for result in failed if not isinstance(result, Unavailable)] == [], failed
    await put(database, "later")
    assert len(await names(database)) == 8 + 20 - len(failed) + 1


async def test_a_connection_cut_inside_a_transaction_is_rolled_back(postgres_only):
    database, url = postgres_only
    with pytest.raises(Unavailable):  # noqa: PT012 - the block is what fails
        async with database.transaction() as session:
            await session.execute(PUT, "a", "x")
            await cut(url)
            await session.execute(PUT, "b", "x")
    assert await names(database) == []
    await put(database, "c")
    assert await names(database) == ["c"]


async def test_a_cut_while_reading_is_not_noticed(postgres_only):
    database, url = postgres_only
    async with database.reading() as session:
        await session.fetch("SELECT 1")
        await cut(url)
        assert await session.value("SELECT 2") == 2


async def test_a_swallowed_failure_does_not_pass_for_a_commit(postgres_only):
    database, _ = postgres_only
    await put(database, "taken")
    with pytest.raises(RuntimeError, match="swallowed"):  # noqa: PT012 - the block is what fails
        async with database.transaction() as session:
            await session.execute(PUT, "a", "x")
            with pytest.raises(ConstraintBroken):
                await session.execute(PUT, "taken", "x")
    assert await names(database) == ["taken"]


async def test_a_full_disk_is_said_and_the_file_stays_whole(sqlite_only):
    database, path = sqlite_only
    async with database.transaction() as session:
        pages = await session.value("PRAGMA page_count")
        await session.fetch(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(Unavailable, match="full"):
        await put(database, "big", "x" * 200_000)
    await put(database, "small")
    async with database.transaction() as session:
        await session.fetch("PRAGMA max_page_count = 100000")
    await put(database, "big", "x" * 200_000)
    assert await names(database) == ["big", "small"]
    with sqlite3.connect(path) as check:
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    check.close()


WRITER = """
import asyncio, sys
from guanxi.storage import Database

async def main(url, writer):
    database = await Database.open(url)
    try:
        for number in range(40):
            async with database.transaction() as session:
                await session.fetch("SELECT count(*) FROM g_setting")
                await session.execute(
                    "INSERT INTO g_setting (name, value) VALUES ($1, 'x')", f"{writer} {number}"
                )
    finally:
        await database.close()

asyncio.run(main(*sys.argv[1:]))
"""


async def test_six_processes_write_at_once_and_none_fails(sqlite_only):
    database, path = sqlite_only

    def run():
        command = [sys.executable, "-c", textwrap.dedent(WRITER), f"sqlite://{path}"]
        running = [
            subprocess.Popen([*command, str(writer)], stderr=subprocess.PIPE, text=True)
            for writer in range(6)
        ]
        return [(one.communicate(timeout=120)[1], one.returncode) for one in running]

    results = await asyncio.to_thread(run)
    assert [code for _, code in results] == [0] * 6, results
    assert len(await names(database)) == 240


FAILING = """
import asyncio, sys
from guanxi.storage import Database

async def main(url):
    database = await Database.open(url)
    async with database.transaction() as session:
        await session.execute("INSERT INTO g_setting (name, value) VALUES ('kept', 'x')")
    transaction = database.transaction()
    session = await transaction.__aenter__()
    await session.execute("INSERT INTO g_setting (name, value) VALUES ('lost', 'x')")
    raise SystemExit(3)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_program_that_fails_with_the_database_open_ends(sqlite_only):
    database, path = sqlite_only
    command = [sys.executable, "-c", FAILING, f"sqlite://{path}"]
    done = await asyncio.to_thread(subprocess.run, command, timeout=20, capture_output=True, check=False)
    assert done.returncode == 3, done.stderr
    assert await names(database) == ["kept"]
