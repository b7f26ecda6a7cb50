"""What is done again and again, and how often."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from guanxi.commands.automations.keep_schedules import keep_schedules
from guanxi.commands.events.consume_events import consume_events
from guanxi.commands.timers.tick import tick
from guanxi.commands.upkeep.clear_expired import clear_expired
from guanxi.commands.upkeep.compute_formulas import compute_formulas
from guanxi.commands.upkeep.refresh_statistics import refresh_statistics
from guanxi.commands.upkeep.seal_audit import seal_audit
from guanxi.commands.workspace import Workspace
from guanxi.worker.registry import CONSUMERS, TIMERS


@dataclass(frozen=True, slots=True)
class Periodic:
    """Something that is done again and again, `every` seconds after it was last done."""

    name: str
    every: float
    run: Callable[[Workspace], Awaitable[object]]


async def fire_timers(workspace: Workspace) -> int:
    """Fire what is due by now."""
    return await tick(workspace, TIMERS, workspace.clock.now())


async def pass_events_on(workspace: Workspace) -> int:
    """Seal what happened, which puts it in order, and give it to those who react."""
    await seal_audit(workspace)
    return await consume_events(workspace, CONSUMERS)


PERIODIC = (
    Periodic("sealing the audit and passing events on", 0.5, pass_events_on),
    Periodic("firing timers", 1.0, fire_timers),
    Periodic("computing new formulas", 1.0, compute_formulas),
    Periodic("keeping the times of automations", 5.0, keep_schedules),
    Periodic("clearing what has expired", 60.0, clear_expired),
    Periodic("looking at how values are spread", 600.0, refresh_statistics),
)
