"""Have somebody else look first, and get the task back with an advice."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Delegate


async def delegate_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    person_id: int,
    comment: str = "",
    *,
    key: str | None = None,
) -> TaskView:
    """Lay the task before another person, who replies; the decision stays with the holder.

    Raises what `act` does; Invalid outside of whom it may be given to.
    """

    def event(hand: Hand) -> Delegate:
        return Delegate(hand.by, hand.task, person_id, comment, hand.behalf)

    doing = Doing(
        verb="delegate", event=event, payload={"person": person_id, "comment": comment}, key=key, newest=True
    )
    return await act(workspace, actor, task_id, doing)
