"""Send what is to be decided back."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Return


async def return_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    to: str,
    comment: str,
    *,
    version: int | None = None,
    key: str | None = None,
) -> TaskView:
    """Return it `to` the `submitter`, the `previous` step, or a step by name, as the definition allows.

    Raises what `act` does; Invalid without a comment, Forbidden where it cannot go back to.
    """

    def event(hand: Hand) -> Return:
        return Return(hand.by, hand.task, to, comment, hand.behalf)

    doing = Doing(
        verb="return", event=event, payload={"to": to, "comment": comment}, version=version, key=key
    )
    return await act(workspace, actor, task_id, doing)
