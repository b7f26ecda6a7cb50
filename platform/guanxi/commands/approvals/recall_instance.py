"""Take back what one submitted."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.below import decided_below
from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.happening import happen
from guanxi.commands.approvals.managing import act_on_instance
from guanxi.commands.idempotency import Request
from guanxi.commands.process_views import InstanceView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.workflow import Recall


async def recall_instance(
    workspace: Workspace,
    actor: Actor,
    instance_id: int,
    comment: str = "",
    *,
    key: str | None = None,
) -> InstanceView:
    """Take it back, as far as the policy of the process allows.

    Raises Forbidden to others than the submitter, Conflict once it cannot be taken back any more.
    """

    async def work(turn: Turn, case: Case) -> None:
        below = await decided_below(turn, case)
        await happen(turn, case, Recall(turn.actor.user_id or 0, comment.strip(), below))

    request = Request(key, "recall", "instance", instance_id, {"comment": comment})
    return await act_on_instance(workspace, actor, request, work)
