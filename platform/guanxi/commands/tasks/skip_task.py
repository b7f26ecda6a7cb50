"""Leave a task out."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Skip


async def skip_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    comment: str = "",
    *,
    key: str | None = None,
) -> TaskView:
    """Leave out a task, where the definition allows it; nobody leaves out an approval.

    Raises what `act` does.
    """

    def event(hand: Hand) -> Skip:
        return Skip(hand.by, hand.task, comment, hand.behalf)

    doing = Doing(verb="skip", event=event, payload={"comment": comment}, key=key)
    return await act(workspace, actor, task_id, doing)
