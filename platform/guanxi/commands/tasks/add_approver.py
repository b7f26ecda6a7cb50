"""Add an approver to the step of a task."""

from typing import Literal

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Add


async def add_approver(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    person_id: int,
    where: Literal["before", "after", "beside"],
    comment: str = "",
    *,
    key: str | None = None,
) -> TaskView:
    """A further person decides before, after or beside the actor; it can only become stricter.

    Raises what `act` does; Invalid outside of who may be added.
    """

    def event(hand: Hand) -> Add:
        return Add(hand.by, hand.task, person_id, where, comment, hand.behalf)

    doing = Doing(
        verb="add",
        event=event,
        payload={"person": person_id, "where": where, "comment": comment},
        key=key,
        newest=True,
    )
    return await act(workspace, actor, task_id, doing)
