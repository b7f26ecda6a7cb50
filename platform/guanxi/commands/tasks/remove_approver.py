"""Take out an approver whom one added oneself."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Remove


async def remove_approver(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    person_id: int,
    *,
    key: str | None = None,
) -> TaskView:
    """Take a person out of the step of the task again.

    Raises what `act` does; Forbidden to others than who added them.
    """

    def event(hand: Hand) -> Remove:
        return Remove(hand.by, hand.task.partition("#")[0], person_id)

    doing = Doing(verb="remove", event=event, payload={"person": person_id}, key=key, newest=True)
    return await act(workspace, actor, task_id, doing)
