"""Give a claimed task back to all who could take it."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Release


async def release_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    *,
    key: str | None = None,
) -> TaskView:
    """All who held the task hold it again. Raises what `act` does."""

    def event(hand: Hand) -> Release:
        return Release(hand.by, hand.task)

    doing = Doing(verb="release", event=event, payload={}, key=key, newest=True)
    return await act(workspace, actor, task_id, doing)
