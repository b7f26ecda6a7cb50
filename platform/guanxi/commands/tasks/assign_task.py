"""Give a task to somebody: a held one, or one whose holder cannot do it."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.managing import refuse_others
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Assign


async def assign_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    person_id: int,
    *,
    comment: str = "",
    key: str | None = None,
) -> TaskView:
    """Make a person the holder of an open or held task, and return the task that the person then has.

    Raises NotFound, Forbidden to others than administrators of the process, Conflict when the task is closed,
    Invalid when the person may not decide it: nobody decides what they submitted, whoever assigns them. Such
    an attempt goes into the audit.
    """

    def event(hand: Hand) -> Assign:
        return Assign(hand.by, hand.task, person_id)

    doing = Doing(
        verb="assign",
        event=event,
        payload={"person": person_id, "comment": comment},
        key=key,
        allowed=refuse_others,
        note=comment.strip(),
        newest=True,
    )
    return await act(workspace, actor, task_id, doing)
