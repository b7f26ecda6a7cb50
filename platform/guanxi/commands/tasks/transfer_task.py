"""Hand a task on for good."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Transfer


async def transfer_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    person_id: int,
    comment: str = "",
    *,
    key: str | None = None,
) -> TaskView:
    """Another person holds the task from now on.

    Raises what `act` does; Invalid outside of whom it may be given to.
    """

    def event(hand: Hand) -> Transfer:
        return Transfer(hand.by, hand.task, person_id, comment, hand.behalf)

    doing = Doing(
        verb="transfer", event=event, payload={"person": person_id, "comment": comment}, key=key, newest=True
    )
    return await act(workspace, actor, task_id, doing)
