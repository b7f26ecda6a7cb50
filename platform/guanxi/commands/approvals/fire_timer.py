"""A timer of an instance is due: a deadline, or the end of a wait."""

from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.happening import happen, keep
from guanxi.commands.automations.causes import caused
from guanxi.commands.effects.settling import settle
from guanxi.commands.workspace import Turn
from guanxi.storage.instances import instance_of
from guanxi.storage.timers import Timer as DueTimer
from guanxi.workflow import NotAwaited, ProcessMoved, Tick, Timer
from guanxi.workflow.refusals import NotRunning


async def fire_timer(turn: Turn, timer: DueTimer) -> None:
    """Let the instance know; what does not wait for it any more is left as it is."""
    instance = await instance_of(turn.session, timer.owner_id)
    if instance is None:
        return
    turn = await caused(turn, instance)
    case = await open_case(turn, instance, change=True)
    try:
        await happen(turn, case, Timer(timer.key))
    except ProcessMoved as moved:
        await keep(turn, case, Tick(), moved.step)
    except (NotAwaited, NotRunning):
        return
    await settle(turn)
