"""Take a task that several people hold."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Claim


async def claim_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    *,
    key: str | None = None,
) -> TaskView:
    """The others leave the task to the actor until it is released. Raises what `act` does."""

    def event(hand: Hand) -> Claim:
        return Claim(hand.by, hand.task)

    doing = Doing(verb="claim", event=event, payload={}, key=key, newest=True)
    return await act(workspace, actor, task_id, doing)
