"""End a process without a decision."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.happening import happen
from guanxi.commands.approvals.managing import act_on_instance, refuse_others
from guanxi.commands.idempotency import Request
from guanxi.commands.process_views import InstanceView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.workflow import Cancel


async def cancel_instance(
    workspace: Workspace,
    actor: Actor,
    instance_id: int,
    comment: str = "",
    *,
    key: str | None = None,
) -> InstanceView:
    """End it as cancelled, for who manages the process.

    Raises Forbidden to others, Conflict once it has ended.
    """

    async def work(turn: Turn, case: Case) -> None:
        refuse_others(turn, case)
        await happen(turn, case, Cancel(by=turn.actor.user_id or 0, comment=comment.strip()))

    request = Request(key, "cancel", "instance", instance_id, {"comment": comment})
    return await act_on_instance(workspace, actor, request, work)
