"""Interleaved blocks: A B B A A B ..., so that a slow spell of the machine meets both applications."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.client import concurrent, sequential
from bench.targets import Measure

ONE_AT_A_TIME = "1 at a time, median"
CONNECTIONS = 8
AT_ONCE = f"{CONNECTIONS} at once, per request"
WARM_UP_SECONDS = 1.0
MOST_REQUESTS = 100_000


@dataclass(frozen=True)
class Plan:
    """How long to measure: blocks an application and seconds a block."""

    blocks: int
    seconds: float
    deadline: float
    """`time.monotonic()` at which no new measure begins."""

    @property
    def over(self) -> bool:
        """Whether the time is used up."""
        return time.monotonic() > self.deadline


@dataclass(frozen=True)
class Figures:
    """Milliseconds of each block, by application, in the order of the blocks."""

    measure: str
    way: str
    blocks: Mapping[str, Sequence[float]]

    def typical(self, name: str) -> float:
        """Median of the blocks of one application, in ms."""
        return median(self.blocks[name])

    def ratio(self, name: str, control: str) -> float:
        """Median over the blocks of one application's figure divided by the control's beside it."""
        pairs = zip(self.blocks[name], self.blocks[control], strict=True)
        return median(figure / reference for figure, reference in pairs)


async def compare(
    measure: str, ports: Mapping[str, int], requests: Mapping[str, Measure], plan: Plan
) -> list[Figures]:
    """Latency and throughput of one measure for the applications that listen on `ports`."""
    single: dict[str, list[float]] = {name: [] for name in ports}
    several: dict[str, list[float]] = {name: [] for name in ports}
    for name, port in ports.items():
        await sequential(
            port, requests[name].requests, requests[name].expected, WARM_UP_SECONDS, MOST_REQUESTS
        )
    for name in _turns(list(ports), plan.blocks):
        sent, expected = requests[name].requests, requests[name].expected
        latencies = await sequential(ports[name], sent, expected, plan.seconds, MOST_REQUESTS)
        single[name].append(median(latencies))
        several[name].append(await concurrent(ports[name], sent, expected, plan.seconds, CONNECTIONS))
    return [Figures(measure, ONE_AT_A_TIME, single), Figures(measure, AT_ONCE, several)]


def _turns(names: list[str], blocks: int) -> Iterator[str]:
    for block in range(blocks):
        yield from names if block % 2 == 0 else reversed(names)
