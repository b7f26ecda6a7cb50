"""Replay a log of travel declarations through the commands, each event as a transaction of its own.

`make replay`, with LOG=path for another log of the same form and DATABASE=postgres for the other database.
Without LOG the log of the BPI Challenge 2020 is read from the shared data (GUANXI_SHARED_DATA).
"""

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from tests.acceptance.bpi2020.log import Case, read_log
from tests.acceptance.bpi2020.office import Office, open_office
from tests.acceptance.bpi2020.playing import Playing
from tests.acceptance.shared import shared
from tests.lending import drop, named, on_server
from tests.postgres import find_or_start

SERVER_DATABASE = "guanxi_replay"
FILE = "bpi2020/DomesticDeclarations.xes.gz"
SHOWN = 50
"""So many refused cases are printed."""


@dataclass
class Outcome:
    """What came of a replay; `refused` says why, by case."""

    cases: int = 0
    events: int = 0
    seconds: float = 0.0
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> int:
        """How many cases ran to their end."""
        return self.cases - len(self.refused)

    def __str__(self) -> str:
        return f"accepted {self.accepted} of {self.cases}, {self.events / self.seconds:.0f} events/s"


async def replay(office: Office, cases: list[Case]) -> Outcome:
    """Play the cases one after the other."""
    outcome = Outcome(len(cases), sum(len(case.events) for case in cases))
    begun = time.perf_counter()
    for case in cases:
        refused = await Playing(office, case).play()
        if refused is not None:
            outcome.refused[case.name] = refused
    outcome.seconds = time.perf_counter() - begun
    return outcome


@contextmanager
def database(kind: str, folder: Path):
    """The URL of a new database, which is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite://{folder / 'replay.sqlite3'}"
        return
    with find_or_start() as server:
        asyncio.run(drop(server, SERVER_DATABASE))
        asyncio.run(on_server(server, f'CREATE DATABASE "{SERVER_DATABASE}"'))
        try:
            yield named(server, SERVER_DATABASE)
        finally:
            asyncio.run(drop(server, SERVER_DATABASE))


async def _run(url: str, folder: Path, cases: list[Case]) -> Outcome:
    async with open_office(url, folder) as office:
        return await replay(office, cases)


def main() -> int:
    """0 when at least one case was accepted; the reasons of the others are printed."""
    parser = argparse.ArgumentParser(prog="replay", description=__doc__)
    parser.add_argument("--log", type=Path, default=None)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--cases", type=int, default=None, help="only the first so many")
    options = parser.parse_args()
    path = options.log or shared(FILE)
    if not path.is_file():
        print(f"no log in {path}: set LOG to one, or GUANXI_SHARED_DATA to the folder that holds it")
        return 2
    cases = list(read_log(path))[: options.cases]
    with tempfile.TemporaryDirectory() as name, database(options.database, Path(name)) as url:
        outcome = uvloop.run(_run(url, Path(name), cases))
    for case, why in list(outcome.refused.items())[:SHOWN]:
        print(f"{case}: {why}")
    print(outcome)
    return 0 if outcome.accepted else 1


if __name__ == "__main__":
    sys.exit(main())
