"""A named event was sent: the instances that wait for it go on."""

from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.happening import happen, keep
from guanxi.commands.effects.settling import settle
from guanxi.commands.workspace import Turn
from guanxi.storage.instances import awaiting, instance_of
from guanxi.storage.outbox import Event
from guanxi.workflow import NamedEvent, NotAwaited, ProcessMoved, Tick
from guanxi.workflow.refusals import NotRunning


async def hear_event(turn: Turn, event: Event) -> None:
    """Tell an emitted event to every instance that waits for one of this name.

    An instance about another record than the event hears it only where its step says what data must `match`.
    """
    if event.verb != "emitted":
        return
    name, data = event.detail["event"], event.detail["payload"]
    for id_ in await awaiting(turn.session, name):
        instance = await instance_of(turn.session, id_)
        if instance is None:
            continue
        case = await open_case(turn, instance, change=True)
        same = (instance.entity, instance.record_id) == (event.entity, event.record_id)
        if not same and not case.matches_others(name):
            continue
        try:
            await happen(turn, case, NamedEvent(name, data, broadcast=True))
        except ProcessMoved as moved:
            await keep(turn, case, Tick(), moved.step)
        except (NotAwaited, NotRunning):
            continue
        await settle(turn)
