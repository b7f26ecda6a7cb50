"""100,000 due timers in one tick, on SQLite and PostgreSQL: time, and how the memory grows.

`python -m bench.timers [COUNT]`
"""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from guanxi.cli.check import read_base
from guanxi.clock import FixedClock
from guanxi.commands.releases.initialise import initialise
from guanxi.commands.timers.tick import tick
from guanxi.commands.workspace import Turn, Workspace
from guanxi.settings import from_environ
from guanxi.storage.timers import Timer
from tests.lending import drop, named, on_server
from tests.postgres import find_or_start

AT = datetime(2026, 12, 1, 1, tzinfo=UTC)
SERVER_DATABASE = "guanxi_bench_timers"


def memory() -> int:
    return psutil.Process().memory_info().rss


async def measure(url: str, folder: str, count: int) -> str:
    settings = from_environ({"GUANXI_DATABASE_URL": url, "GUANXI_HOME": folder})
    workspace = await Workspace.open(settings, FixedClock(AT))
    fired = peak = 0

    async def fire(turn: Turn, timer: Timer) -> None:
        nonlocal fired, peak
        sql = "INSERT INTO g_sequence_counter (name, value) VALUES ($1, 1) ON CONFLICT (name) DO NOTHING"
        await turn.session.execute(sql, f"{timer.owner_kind} {timer.owner_id}")
        fired += 1
        if fired % 1000 == 0:
            peak = max(peak, memory())

    try:
        await initialise(workspace, read_base()[0])
        for begin in range(0, count, 1000):
            due = [
                ("bench", number, "due", AT - timedelta(seconds=number))
                for number in range(begin, min(begin + 1000, count))
            ]
            async with workspace.database.transaction() as session:
                await session.execute_many(
                    "INSERT INTO g_timer (owner_kind, owner_id, key, due) VALUES ($1, $2, $3, $4)", due
                )
        # The first thousand fill the caches of drivers and database.
        assert await tick(workspace, {"bench": fire}, AT - timedelta(seconds=count - 1000)) == 1000
        before, peak = memory(), 0
        begun = time.perf_counter()
        assert await tick(workspace, {"bench": fire}, AT) == count - 1000
        seconds = time.perf_counter() - begun
        grown = (peak - before) / 2**20
    finally:
        await workspace.close()
    return f"{count:,} timers in {seconds:.1f} s ({count / seconds:,.0f}/s), memory +{grown:.1f} MB"


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(
            "SQLite:    ", asyncio.run(measure(f"sqlite://{Path(folder) / 'timers.sqlite3'}", folder, count))
        )
        with find_or_start() as server:
            asyncio.run(drop(server, SERVER_DATABASE))
            asyncio.run(on_server(server, f'CREATE DATABASE "{SERVER_DATABASE}"'))
            try:
                print("PostgreSQL:", asyncio.run(measure(named(server, SERVER_DATABASE), folder, count)))
            finally:
                asyncio.run(drop(server, SERVER_DATABASE))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
