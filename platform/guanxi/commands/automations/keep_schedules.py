"""Keep the times of automations as the live definitions say them."""

from guanxi.commands.actor import SYSTEM
from guanxi.commands.automations.scheduling import NEXT, SCHEDULE, Sweep, defer_sweep, next_of, spec_of
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions import Catalog
from guanxi.storage.automations import drop_schedule, keep_schedule, schedules
from guanxi.storage.timers import Timer, clear_timers, set_timer


async def keep_schedules(workspace: Workspace) -> int:
    """Set, move and clear the times of automations after a release; return how many differed."""
    live = _specs(await workspace.live())
    async with workspace.database.reading() as session:
        if {one.automation: one.spec for one in await schedules(session)} == live:
            return 0
    return await workspace.write(SYSTEM, _keep)


async def _keep(turn: Turn) -> int:
    live, count = _specs(turn.catalog), 0
    known = {one.automation: one for one in await schedules(turn.session)}
    for name, schedule in known.items():
        if name not in live:
            await drop_schedule(turn.session, schedule)
            await clear_timers(turn.session, SCHEDULE, schedule.id)
            count += 1
    for name, spec in live.items():
        if name in known and known[name].spec == spec:
            continue
        id_ = await keep_schedule(turn.session, name, spec)
        due = next_of(turn, turn.catalog.automations[name], None)
        if due is not None:
            await set_timer(turn.session, Timer(SCHEDULE, id_, NEXT, due))
        else:
            await defer_sweep(turn, Sweep(name, turn.now.isoformat()))
        count += 1
    return count


def _specs(catalog: Catalog) -> dict[str, str]:
    found = {name: spec_of(catalog, one) for name, one in catalog.automations.items()}
    return {name: spec for name, spec in found.items() if spec is not None}
