"""Ask somebody for information before deciding."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Ask


async def ask_about_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    person_id: int,
    comment: str,
    *,
    key: str | None = None,
) -> TaskView:
    """Ask a person, perhaps the submitter; the task waits for the reply.

    Raises what `act` does; Invalid without a question, or outside of who may be asked.
    """

    def event(hand: Hand) -> Ask:
        return Ask(hand.by, hand.task, person_id, comment, hand.behalf)

    doing = Doing(
        verb="ask", event=event, payload={"person": person_id, "comment": comment}, key=key, newest=True
    )
    return await act(workspace, actor, task_id, doing)
