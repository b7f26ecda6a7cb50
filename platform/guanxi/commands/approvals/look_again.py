"""An instance looks again at its content and its people, though nothing happened to it."""

from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.happening import happen
from guanxi.commands.automations.causes import caused
from guanxi.commands.effects.settling import settle
from guanxi.commands.workspace import Turn
from guanxi.storage.instances import instance_of
from guanxi.storage.timers import Timer
from guanxi.workflow import Tick


async def look_again(turn: Turn, timer: Timer) -> None:
    """Replace the holders of tasks who cannot be asked any more, by policy; nothing where it has ended."""
    instance = await instance_of(turn.session, timer.owner_id)
    if instance is None or instance.status != "running":
        return
    turn = await caused(turn, instance)
    case = await open_case(turn, instance, change=True)
    if case.instance.status == "running":
        await happen(turn, case, Tick())
        await settle(turn)
