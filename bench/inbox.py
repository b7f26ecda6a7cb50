"""The inbox of a person with 10,000 open tasks among 1,000,000 instances, on SQLite and PostgreSQL.

`python -m bench.inbox [INSTANCES]`
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from guanxi.cli.check import read_base
from guanxi.cli.running import OPERATOR
from guanxi.clock import FixedClock
from guanxi.commands.actor import Actor
from guanxi.commands.people.add_user import add_user
from guanxi.commands.people.views import UserChange
from guanxi.commands.records.create_record import create_record
from guanxi.commands.releases.initialise import initialise
from guanxi.commands.tasks.count_tasks import count_tasks
from guanxi.commands.tasks.list_tasks import Filter, list_tasks
from guanxi.commands.workspace import Workspace
from guanxi.settings import from_environ
from guanxi.storage.session import Session
from tests.lending import drop, named, on_server
from tests.postgres import find_or_start

AT = datetime(2026, 12, 1, 1, tzinfo=UTC)
SERVER_DATABASE = "guanxi_bench_inbox"
PERSON, RECORDS, OPEN, ROUNDS = 1, 50, 10_000, 30
VIEWS = {
    "newest": Filter(),
    "due first": Filter(by_due=True),
    "overdue": Filter(overdue=True, by_due=True),
    "of one process": Filter(process="order_discount"),
}


async def fill(session: Session, digest: str, count: int) -> None:
    """Instances with a task each, every hundredth open for the person, the others spread over a thousand."""
    if session.dialect == "sqlite":
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) "
        later = "strftime('%Y-%m-%dT%H:%M:%S+00:00', $2, '+' || (i % 90 - 30) || ' days')"
    else:
        numbers = "WITH n AS (SELECT generate_series(1, CAST($1 AS BIGINT)) AS i) "
        later = "CAST($2 AS TIMESTAMPTZ) + (i % 90 - 30) * INTERVAL '1 day'"
    mine = f"(i % {max(count // OPEN, 1)} = 0)"
    await session.execute(
        "INSERT INTO g_instance (id, approval, catalog, entity, record_id, status, seq, state, content_hash, "
        f"started_by, started_at) {numbers} SELECT i, 'order_discount', $3, 'account', 1 + i % {RECORDS}, "
        "'running', 1, '{}', '', 2 + i % 1000, $2 FROM n",
        count,
        AT,
        digest,
    )
    await session.execute(
        "INSERT INTO g_task (id, instance_id, key, step, entity, record_id, status, opened_at, comment, due) "
        f"{numbers} SELECT i, i, 'manager#1.0.0.0', 'manager', 'account', 1 + i % {RECORDS}, 'open', $2, '', "
        f"{later} FROM n",
        count,
        AT,
    )
    await session.execute(
        f"INSERT INTO g_task_holder (task_id, user_id, waiting, due) {numbers} SELECT i, "
        f"CASE WHEN {mine} THEN {PERSON} ELSE 2 + i % 1000 END, TRUE, {later} FROM n",
        count,
        AT,
    )


async def measure(url: str, folder: str, count: int) -> list[str]:
    settings = from_environ({"GUANXI_DATABASE_URL": url, "GUANXI_HOME": folder})
    workspace = await Workspace.open(settings, FixedClock(AT))
    try:
        await initialise(workspace, read_base()[0])
        catalog = await workspace.live()
        change = UserChange(name="Wang Fang", email="wang.fang@example.com", roles=("manager",))
        added = await add_user(workspace, OPERATOR, change)
        person = Actor(added.user.id, "Wang Fang", roles=frozenset({"manager"}))
        assert person.user_id == PERSON
        for number in range(RECORDS):
            await create_record(workspace, person, "account", {"name": f"Account {number}"})
        async with workspace.database.transaction() as session:
            await fill(session, catalog.digest, count)
        async with workspace.database.transaction() as session:
            await session.execute("ANALYZE")
        lines = [f"{(await count_tasks(workspace, person)).waiting:,} open of {count:,}"]
        for name, chosen in VIEWS.items():
            page = await list_tasks(workspace, person, "waiting", 50, chosen=chosen)
            assert len(page.items) == 50
            times = []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                page = await list_tasks(workspace, person, "waiting", 50, page.next, chosen=chosen)
                times.append(time.perf_counter() - begun)
            lines.append(f"{name} {statistics.median(times) * 1000:.1f} ms, worst {max(times) * 1000:.1f}")
    finally:
        await workspace.close()
    return lines


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite://{Path(folder) / 'inbox.sqlite3'}"
        print("SQLite:    ", "; ".join(asyncio.run(measure(url, folder, count))))
        with find_or_start() as server:
            asyncio.run(drop(server, SERVER_DATABASE))
            asyncio.run(on_server(server, f'CREATE DATABASE "{SERVER_DATABASE}"'))
            try:
                url = named(server, SERVER_DATABASE)
                print("PostgreSQL:", "; ".join(asyncio.run(measure(url, folder, count))))
            finally:
                asyncio.run(drop(server, SERVER_DATABASE))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
