"""Give the information or advice that one was asked for."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Reply


async def reply_to_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    comment: str,
    *,
    key: str | None = None,
) -> TaskView:
    """Answer; the task goes back to who asked. Raises what `act` does; Invalid without an answer."""

    def event(hand: Hand) -> Reply:
        return Reply(hand.by, hand.task, comment)

    doing = Doing(verb="reply", event=event, payload={"comment": comment}, key=key)
    return await act(workspace, actor, task_id, doing)
