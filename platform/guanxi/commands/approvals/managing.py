"""Who manages the instances of a process, and acting on a whole instance."""

from collections.abc import Awaitable, Callable

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.administering import administers
from guanxi.commands.approvals.case import Case, open_case
from guanxi.commands.approvals.instance import NO_INSTANCE, find_instance, instance_view
from guanxi.commands.audit import audit_refusal
from guanxi.commands.effects.settling import settle
from guanxi.commands.idempotency import Request, once
from guanxi.commands.process_views import InstanceView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Forbidden, NotFound
from guanxi.storage.instances import instance_of

ONLY_ADMINISTRATORS = N_("Only administrators of this process may do this.")


def refuse_others(turn: Turn, case: Case) -> None:
    """Raise Forbidden unless the actor manages the instances of the process."""
    if not administers(turn, case):
        raise Forbidden(ONLY_ADMINISTRATORS)


async def act_on_instance(
    workspace: Workspace,
    actor: Actor,
    request: Request,
    work: Callable[[Turn, Case], Awaitable[None]],
) -> InstanceView:
    """Do something with the instance of `request.id`, in one transaction with all that follows from it.

    Raises NotFound to who may not see it, Forbidden (which goes into the audit), and what `work` raises.
    """
    id_ = request.id or 0

    async def whole(turn: Turn) -> InstanceView:
        case = await open_case(turn, await find_instance(turn, id_), change=True)
        await work(turn, case)
        await settle(turn)
        return await shown(turn)

    async def shown(turn: Turn) -> InstanceView:
        instance = await instance_of(turn.session, id_)
        if instance is None:
            raise NotFound(NO_INSTANCE)
        return await instance_view(turn, await open_case(turn, instance))

    async def again(turn: Turn, _: int) -> InstanceView:
        await find_instance(turn, id_)
        return await shown(turn)

    try:
        return await once(workspace, actor, request, whole, again, lambda _: id_)
    except Forbidden as refusal:
        await audit_refusal(workspace, actor, "instance", id_, request.verb, refusal)
        raise
