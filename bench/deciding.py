"""One decision against the bare statements that write the same rows; and one step of the engine in memory.

`python -m bench.deciding [CASES]`, on SQLite and PostgreSQL. Half of the cases are decided by the command
(checked, audited, the next step assigned and told); for each of the others the statements that the command
wrote with are run through the driver alone, in one transaction. The two take turns.
"""

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

import asyncpg
import uvloop

from bench.statements import Written, recording
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.tasks.decide_task import decide_task
from guanxi.commands.tasks.list_tasks import list_tasks
from guanxi.storage.placeholders import for_sqlite
from guanxi.storage.sqlite import pragmas
from guanxi.workflow import Decide, Facts, State, Submit, step
from tests.acceptance.bpi2020.office import START, Office, open_office
from tests.acceptance.bpi2020.pure import ORGANISATION, PEOPLE, catalog
from tests.lending import drop, named, on_server
from tests.postgres import find_or_start

SERVER_DATABASE = "guanxi_bench_deciding"
STEPS = 3_000
FIRST = 20
Bare: TypeAlias = Callable[[Written, int, int], Awaitable[None]]


@asynccontextmanager
async def sqlite_bare(url: str) -> AsyncIterator[Bare]:
    """Transactions through the driver, with the pragmas that the product uses."""
    connection = sqlite3.connect(url.removeprefix("sqlite://"), isolation_level=None)
    for name, value in pragmas().items():
        connection.execute(f"PRAGMA {name} = {value}")

    async def run(sql: str, args: Sequence[Any]) -> Sequence[Any]:
        return connection.execute(for_sqlite(sql), args).fetchall()

    async def bare(written: Written, record: int, to: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        await written.repeat(run, record, to)
        connection.execute("COMMIT")

    try:
        yield bare
    finally:
        connection.close()


@asynccontextmanager
async def postgres_bare(url: str) -> AsyncIterator[Bare]:
    """Transactions through the driver, which prepares each statement once."""
    connection = await asyncpg.connect(url)

    async def run(sql: str, args: Sequence[Any]) -> Sequence[Any]:
        rows: Sequence[Any] = await connection.fetch(sql, *args)
        return rows

    async def bare(written: Written, record: int, to: int) -> None:
        async with connection.transaction():
            await written.repeat(run, record, to)

    try:
        yield bare
    finally:
        await connection.close()


async def submitted(office: Office, count: int) -> list[tuple[int, int]]:
    """Declarations that wait for the administration: (record, task), oldest first."""
    traveller, workspace = office.people["traveller"], office.workspace
    for number in range(count):
        content = {"number": f"D{number}", "amount": "26.85", "budget": "b"}
        record = await create_record(workspace, traveller, "declaration", content)
        await perform_action(workspace, traveller, "declaration", record.id, "submit")
    page = await list_tasks(workspace, office.people["administration"], "waiting", count)
    return [(task.record_id, task.id) for task in reversed(page.items)]


async def measure(url: str, folder: Path, count: int) -> str:
    """The medians of both, and their ratio."""
    by_command, by_statements = [], []
    opening = sqlite_bare if url.startswith("sqlite") else postgres_bare
    async with open_office(url, folder) as office, opening(url) as bare:
        actor = office.people["administration"]
        # The first records have the numbers of people, which nothing could tell apart.
        tasks = (await submitted(office, count))[FIRST:]
        for (record, task), (other, _) in zip(tasks[::2], tasks[1::2], strict=False):
            office.clock.advance(timedelta(seconds=1))
            with recording() as written:
                begun = time.perf_counter()
                await decide_task(office.workspace, actor, task, "approve")
                by_command.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            await bare(written, record, other)
            by_statements.append(time.perf_counter() - begun)
    whole, least = statistics.median(by_command) * 1000, statistics.median(by_statements) * 1000
    return (
        f"{whole:.2f} ms, {len(written.statements)} bare statements {least:.2f} ms, ratio {whole / least:.1f}"
    )


def engine() -> str:
    """The median of a decision in memory: from the state before to the state after."""
    process = catalog().approvals["travel_declaration"]
    facts = Facts({"id": 1, "status": "submitted", "amount": None, "budget": None}, ORGANISATION)
    state: State = step(process, None, Submit(PEOPLE["traveller"]), START, facts).state
    by = PEOPLE["administration"]
    decide = Decide(by, next(key for key, task in state.tasks.items() if by in task.who), "approve")
    times = []
    for _ in range(STEPS):
        begun = time.perf_counter()
        step(process, state, decide, START, facts)
        times.append(time.perf_counter() - begun)
    return f"{statistics.median(times) * 1e6:.0f} us"


def main(count: int) -> None:
    """Print a line for each database, and one for the engine."""
    print("Engine step:", engine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("SQLite:     ", uvloop.run(measure(f"sqlite://{folder / 'deciding.sqlite3'}", folder, count)))
        with find_or_start() as server:
            asyncio.run(drop(server, SERVER_DATABASE))
            asyncio.run(on_server(server, f'CREATE DATABASE "{SERVER_DATABASE}"'))
            try:
                print("PostgreSQL: ", uvloop.run(measure(named(server, SERVER_DATABASE), folder, count)))
            finally:
                asyncio.run(drop(server, SERVER_DATABASE))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600)
