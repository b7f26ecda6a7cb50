"""The jobs: what to do, and how often."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from guanxi.commands.upkeep.clear_expired import clear_expired
from guanxi.commands.upkeep.compute_formulas import compute_formulas
from guanxi.commands.upkeep.refresh_statistics import refresh_statistics
from guanxi.commands.upkeep.seal_audit import seal_audit
from guanxi.commands.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done again and again, `every` seconds after it was last done."""

    name: str
    every: float
    run: Callable[[Workspace], Awaitable[object]]


JOBS = (
    Job("sealing the audit", 0.5, seal_audit),
    Job("computing new formulas", 1.0, compute_formulas),
    Job("clearing what has expired", 60.0, clear_expired),
    Job("looking at how values are spread", 600.0, refresh_statistics),
)
