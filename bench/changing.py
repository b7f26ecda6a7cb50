"""Changing a workspace while it runs, and what a large catalog costs; on SQLite and PostgreSQL.

`python -m bench.changing`, with `BENCH_ROWS` rows (100,000). The requests beside a publishing are made in the
process that publishes: what it keeps from them is in their times.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil

from bench.server import free_port
from guanxi.cli.check import read_base
from guanxi.commands.releases.initialise import initialise
from guanxi.definitions import Catalog, Document, compile_catalog
from guanxi.errors import Invalid
from tests.commands.releases.shop import CAR, ROLE, Shop, fields, open_workspace
from tests.commands.releases.test_while_others_work import fill
from tests.lending import drop, named, on_server
from tests.postgres import find_or_start

ROWS = int(os.environ.get("BENCH_ROWS", "100000"))
WRITERS, CARS = 3, 50
ENTITIES, FIELDS = 50, 25
START_SECONDS = 60
SERVER_DATABASE = "guanxi_bench_changing"


class Requests:
    """Writers, each with its own cars, that remember what was saved and how long each request took."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.saved: dict[int, int] = {}
        self.seconds: list[float] = []
        self.stop = False

    async def write(self, ids: range) -> None:
        turn = 0
        while not self.stop:
            for id_ in ids:
                turn += 1
                begun = time.perf_counter()
                try:
                    await self.shop.change(id_, size=str(turn))
                except Invalid:
                    # Read under one release and written under the next, which takes numbers.
                    await self.shop.change(id_, size=turn)
                self.seconds.append(time.perf_counter() - begun)
                self.saved[id_] = turn
                await asyncio.sleep(0.005)
                if self.stop:
                    return


@asynccontextmanager
async def requests(shop: Shop) -> AsyncIterator[Requests]:
    """Requests that go on during the block."""
    found = Requests(shop)
    own = [range(number * CARS + 1, (number + 1) * CARS + 1) for number in range(WRITERS)]
    tasks = [asyncio.create_task(found.write(ids)) for ids in own]
    await asyncio.sleep(0.5)
    found.seconds.clear()
    try:
        yield found
    finally:
        found.stop = True
        await asyncio.gather(*tasks)


async def publishing(url: str, folder: Path) -> list[str]:
    """Publishing a field, and giving one another type, beside requests."""
    async with open_workspace(url, folder) as workspace:
        await initialise(workspace, read_base()[0])
        shop = Shop(workspace)
        await shop.put(CAR, ROLE)
        await fill(shop, ROWS)
        added = await beside(shop, "publish a field", fields(colour={"type": "text"}))
        retyped = await beside(shop, "give a field another type", fields(size={"type": "integer"}))
    return [added, retyped]


async def beside(shop: Shop, what: str, change: Callable[[Any], None]) -> str:
    """Publish beside requests; refuses to tell times where something that was saved is lost."""
    async with requests(shop) as others:
        begun = time.perf_counter()
        plan = await shop.plan(change)
        planned = time.perf_counter()
        await shop.apply(change)
        done = time.perf_counter()
    lost = [id_ for id_, value in others.saved.items() if str((await shop.values(id_))["size"]) != str(value)]
    if lost:
        raise RuntimeError(f"{what}: what was saved of {lost} is lost")
    times = [1000 * seconds for seconds in others.seconds]
    p99 = quantiles(times, n=100)[98]
    return (
        f"{what} ({plan.cls}): plan {planned - begun:.2f} s, plan and publish {done - planned:.2f} s; "
        f"{len(times)} requests beside it, p99 {p99:.0f} ms, longest {max(times):.0f} ms"
    )


def large() -> list[Document]:
    """50 entities of 25 fields, with references, choices, formulas and conditions, over the base CRM."""
    documents = list(read_base()[0])
    for number in range(ENTITIES):
        kept: dict[str, Any] = {"name": {"type": "text", "required": True}}
        for place in range(1, FIELDS):
            kept[f"field_{place}"] = (
                {"type": "integer", "requiredWhen": "missing(name)"},
                {"type": "select", "options": [{"name": "a"}, {"name": "b"}]},
                {"type": "reference", "to": f"large_{(number + place) % ENTITIES}"},
                {"type": "integer", "formula": "field_4 * 2 + 1"},
                {"type": "decimal", "scale": 2},
            )[(place + 1) % 5]
        documents.append(
            Document(
                f"large_{number}",
                {"kind": "entity", "name": f"large_{number}", "title": "name", "fields": kept},
            )
        )
    return documents


def compiling(documents: list[Document]) -> tuple[str, Catalog]:
    seconds = []
    for _ in range(5):
        begun = time.perf_counter()
        catalog = compile_catalog(documents)
        seconds.append(time.perf_counter() - begun)
    return f"compile {ENTITIES} x {FIELDS} fields over the base: {1000 * median(seconds):.0f} ms", catalog


def one_rule(catalog: Catalog) -> str:
    """One condition on one record, compiled."""
    rule = catalog.entities["large_0"].fields["field_4"].required_when
    if rule is None:
        raise RuntimeError("The field has no condition.")
    record, turns = {"name": "A"}, 200_000
    begun = time.perf_counter()
    for _ in range(turns):
        rule.holds(record, record)
    return f"one rule on one record: {1e6 * (time.perf_counter() - begun) / turns:.2f} µs"


async def _with_large(url: str, folder: Path, documents: list[Document]) -> None:
    async with open_workspace(url, folder) as workspace:
        await initialise(workspace, documents)


def serving(folder: Path, documents: list[Document]) -> str:
    """How long a server takes from its start to its first page, and its memory then."""
    url = f"sqlite://{folder / 'large.sqlite3'}"
    asyncio.run(_with_large(url, folder, documents))
    environ = {**os.environ, "GUANXI_DATABASE_URL": url, "GUANXI_HOME": str(folder)}
    seconds, memory = [], 0
    for _ in range(3):
        port, begun = free_port(), time.perf_counter()
        command = [str(Path(sys.executable).with_name("guanxi")), "serve", "--port", str(port)]
        with subprocess.Popen(
            command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as server:
            try:
                _await_page(f"http://127.0.0.1:{port}/sign-in", begun)
                seconds.append(time.perf_counter() - begun)
                memory = max(memory, psutil.Process(server.pid).memory_info().rss)
            finally:
                server.terminate()
    told = f"cold start to the first page: {median(seconds):.2f} s"
    return f"{told}; memory of the worker: {memory / 2**20:.0f} MB"


def _await_page(url: str, begun: float) -> None:
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError):
            if time.perf_counter() - begun > START_SECONDS:
                raise
            time.sleep(0.02)


def main() -> None:
    documents = large()
    with tempfile.TemporaryDirectory(prefix="guanxi-bench-") as name:
        folder = Path(name)
        told, catalog = compiling(documents)
        print(told, one_rule(catalog), serving(folder, documents), sep="\n", flush=True)
        print(f"\n{ROWS:,} rows")
        for line in asyncio.run(publishing(f"sqlite://{folder / 'changing.sqlite3'}", folder)):
            print("SQLite:    ", line, flush=True)
        with find_or_start() as server:
            asyncio.run(drop(server, SERVER_DATABASE))
            asyncio.run(on_server(server, f'CREATE DATABASE "{SERVER_DATABASE}"'))
            try:
                for line in asyncio.run(publishing(named(server, SERVER_DATABASE), folder)):
                    print("PostgreSQL:", line, flush=True)
            finally:
                asyncio.run(drop(server, SERVER_DATABASE))


if __name__ == "__main__":
    main()
