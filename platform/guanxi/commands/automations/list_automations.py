"""List the automations with how they run, what failed, and what was stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from guanxi.commands.actor import Actor
from guanxi.commands.automations.beginning import BEGIN, STOPPED
from guanxi.commands.automations.hearing import HEAR
from guanxi.commands.automations.scheduling import NEXT, SCHEDULE
from guanxi.commands.jobs.rights import require_process
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.flow.automation import Automation
from guanxi.storage.automations import Run, count_runs, runs_of, schedules
from guanxi.storage.causes import Link, chain_of, newest_of
from guanxi.storage.jobs import FailedJob, failed_jobs
from guanxi.storage.timers import timers_of
from guanxi.storage.titles import titles

NEWEST = 5


@dataclass(frozen=True, slots=True)
class AutomationView:
    """An automation: how often it ran, how many runs are open, the newest, and when it is next."""

    automation: Automation
    runs: int
    open: int
    newest: list[Run]
    titles: Mapping[int, str]
    failed: list[FailedJob]
    next: datetime | None


@dataclass(frozen=True, slots=True)
class Stopped:
    """An automation that did not begin because too many had led to it, with the chain that did."""

    automation: str
    depth: int
    entity: str
    record_id: int
    at: datetime
    chain: list[Link]


@dataclass(frozen=True, slots=True)
class AutomationsView:
    """All automations by name, and the loops that were stopped, newest first."""

    automations: list[AutomationView]
    stopped: list[Stopped]


async def list_automations(workspace: Workspace, actor: Actor) -> AutomationsView:
    """The live automations.

    Raises:
        Forbidden: the actor may not administer processes.
    """

    async def work(turn: Turn) -> AutomationsView:
        require_process(turn)
        counts = await count_runs(turn.session)
        failed = [one for one in await failed_jobs(turn.session) if one.name in (BEGIN, HEAR)]
        times = {one.automation: one.id for one in await schedules(turn.session)}
        found = []
        for name, automation in sorted(turn.catalog.automations.items()):
            newest = await runs_of(turn.session, name, NEWEST)
            entity = turn.catalog.entities[automation.of]
            due = None
            if name in times:
                timers = await timers_of(turn.session, SCHEDULE, times[name])
                due = next((one.due for one in timers if one.key == NEXT), None)
            found.append(
                AutomationView(
                    automation,
                    *counts.get(name, (0, 0)),
                    newest,
                    await titles(turn.session, entity, {one.record_id for one in newest}),
                    [one for one in failed if one.payload.get("automation") == name],
                    due,
                )
            )
        return AutomationsView(found, await _stopped(turn))

    return await workspace.read(actor, work)


async def _stopped(turn: Turn) -> list[Stopped]:
    found = []
    for event in await newest_of(turn.session, STOPPED, NEWEST):
        chain = await chain_of(turn.session, event.detail.get("event"))
        name, depth = event.detail["automation"], event.detail["depth"]
        found.append(Stopped(name, depth, event.entity, event.record_id or 0, event.at, chain))
    return found
