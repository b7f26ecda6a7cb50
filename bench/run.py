"""Compares Guanxi with the hand-written control: `make bench`, or `python -m bench.run --help`."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import uvloop

from bench import workspace
from bench.agreement import check_agreement
from bench.bulk import create_postgres, drop_postgres
from bench.control.target import CONTROL
from bench.guanxi_target import GUANXI
from bench.measuring import Figures, Plan, compare
from bench.profiles import hottest
from bench.report import table, verdict
from bench.server import serving
from bench.targets import MEASURES, Prepared, Target
from tests.postgres import find_or_start

POSTGRES_NAMES = {CONTROL.name: "guanxi_bench_control", GUANXI.name: "guanxi_bench"}
DATABASES = ("sqlite", "postgresql")
Results = list[tuple[str, Figures]]


def main() -> int:
    """Run what the command line asks for; 0 unless it could not finish (a ratio over 1.0 is no failure)."""
    options = _options()
    chosen = [target for target in (CONTROL, GUANXI) if options.only in (None, target.name)]
    plan = Plan(options.blocks, options.seconds, time.monotonic() + options.minutes * 60)
    results: Results = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="guanxi-bench-")))
        server = stack.enter_context(find_or_start()) if "postgresql" in options.databases else ""
        for database in options.databases:
            if not plan.over:
                work = _Work(database, server, folder, options)
                results += work.run(chosen, plan)
    subject = GUANXI.name if len(chosen) == 2 else None
    control = CONTROL.name if CONTROL in chosen else GUANXI.name
    _say(f"\n{options.orders} orders, {plan.blocks} blocks of {plan.seconds} s an application\n")
    _say(table(results, control, subject))
    if subject is not None and results:
        _say("\n" + verdict(results, control, subject))
    expected = 2 * len(_chosen_measures(options)) * len(options.databases)
    if len(results) < expected:
        _say(f"\nStopped after {options.minutes} minutes: {len(results)} of {expected} rows were measured.")
        return 1
    return 0


class _Work:
    """One database: prepare each application, then measure them beside each other."""

    def __init__(self, database: str, server: str, folder: Path, options: argparse.Namespace) -> None:
        self._database = database
        self._server = server
        self._folder = folder
        self._orders: int = options.orders
        self._profile: Path | None = options.profile
        self._measures = _chosen_measures(options)

    def run(self, chosen: list[Target], plan: Plan) -> Results:
        try:
            prepared = {target.name: uvloop.run(self._prepare(target)) for target in chosen}
            with ExitStack() as stack:
                ports = {
                    name: stack.enter_context(
                        serving(ready, self._folder, f"{name}-{self._database}", self._profile_of(name))
                    )
                    for name, ready in prepared.items()
                }
                results = uvloop.run(self._measure(prepared, ports, plan))
            self._show_profiles(chosen)
            return results
        finally:
            uvloop.run(self._drop(chosen))

    async def _prepare(self, target: Target) -> Prepared:
        started = time.monotonic()
        if self._database == "sqlite":
            url = f"sqlite://{self._folder / target.name}.sqlite3"
        else:
            url = await create_postgres(self._server, POSTGRES_NAMES[target.name])
        prepared = await target.prepare(url, self._orders)
        _say(f"{self._database}: {target.name} loaded in {time.monotonic() - started:.0f} s")
        return prepared

    async def _measure(
        self, prepared: Mapping[str, Prepared], ports: Mapping[str, int], plan: Plan
    ) -> Results:
        results: Results = []
        for measure in self._measures:
            if plan.over:
                break
            requests = {name: ready.measures[measure] for name, ready in prepared.items()}
            await check_agreement(measure, ports, requests)
            figures = await compare(measure, ports, requests, plan)
            results += [(self._database, each) for each in figures]
            _say(f"{self._database}: {measure} done")
        return results

    def _profile_of(self, name: str) -> Path | None:
        return self._profile / f"{name}-{self._database}.prof" if self._profile else None

    def _show_profiles(self, chosen: list[Target]) -> None:
        for target in chosen:
            profile = self._profile_of(target.name)
            if profile is not None:
                _say(f"\n{target.name} on {self._database}\n{hottest(profile)}")

    async def _drop(self, chosen: list[Target]) -> None:
        if self._database == "postgresql":
            for target in chosen:
                await drop_postgres(self._server, POSTGRES_NAMES[target.name])


def _chosen_measures(options: argparse.Namespace) -> list[str]:
    return [measure for measure in MEASURES if options.measure in measure]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.run", description=__doc__)
    parser.add_argument("--orders", type=_enough, default=_enough(os.environ.get("BENCH_ROWS", "100000")))
    parser.add_argument("--blocks", type=int, default=5, help="blocks an application and measure")
    parser.add_argument("--seconds", type=float, default=1.0, help="seconds a block")
    parser.add_argument("--minutes", type=float, default=9.0, help="begin no new measure after this time")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=DATABASES)
    parser.add_argument("--only", choices=(CONTROL.name, GUANXI.name), help="one application alone")
    parser.add_argument("--measure", default="", help="only measures whose name contains this")
    parser.add_argument("--profile", type=Path, help="folder for cProfile files (times are then no good)")
    return parser.parse_args()


def _enough(text: str) -> int:
    """Every customer needs an order, or a list would be empty and prove nothing."""
    orders = int(text)
    if orders < workspace.ACCOUNTS:
        raise argparse.ArgumentTypeError(f"{orders} orders are too few: at least {workspace.ACCOUNTS}")
    return orders


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
