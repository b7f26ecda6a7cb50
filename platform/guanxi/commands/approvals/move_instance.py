"""Move a process that is stuck back to a step that was reached."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.happening import happen
from guanxi.commands.approvals.managing import act_on_instance, refuse_others
from guanxi.commands.idempotency import Request
from guanxi.commands.process_views import InstanceView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.workflow import Move


async def move_instance(
    workspace: Workspace,
    actor: Actor,
    instance_id: int,
    to: str,
    comment: str = "",
    *,
    key: str | None = None,
) -> InstanceView:
    """Go on from step `to`, for who manages the process; what was decided behind it is asked again.

    Raises Forbidden to others, Conflict once it has ended, Invalid for a step that was not reached.
    """

    async def work(turn: Turn, case: Case) -> None:
        refuse_others(turn, case)
        await happen(turn, case, Move(by=turn.actor.user_id or 0, to=to, comment=comment.strip()))

    request = Request(key, "move", "instance", instance_id, {"to": to, "comment": comment})
    return await act_on_instance(workspace, actor, request, work)
