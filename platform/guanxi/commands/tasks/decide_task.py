"""Approve or reject."""

from typing import Literal

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.happening import happen, keep
from guanxi.commands.audit import audit_refusal
from guanxi.commands.effects.settling import settle
from guanxi.commands.idempotency import Request, once
from guanxi.commands.tasks.showing import NO_TASK, find_task, whole
from guanxi.commands.tasks.stale import decided_already
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, NotFound, VersionMismatch
from guanxi.storage.instances import instance_of
from guanxi.storage.tasks import task_of
from guanxi.workflow import AlreadyDecided, Decide, ProcessMoved, TaskClosed, Tick
from guanxi.workflow.refusals import NotAllowed

CHANGED_SINCE = N_("This was changed since you opened it. Look at it as it is now, then decide.")


async def decide_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    answer: Literal["approve", "reject"],
    comment: str = "",
    *,
    version: int | None = None,
    key: str | None = None,
) -> TaskView:
    """Decide a task on the content as it is at this moment.

    `version` is that of the record which the decision was made on; it is compared when given.

    Raises VersionMismatch when the record has moved on, Conflict when the task is not open any more (saying
    who decided), Forbidden when the actor may not decide it (which goes into the audit), Invalid when a
    rejection has no comment.
    """

    async def work(turn: Turn) -> TaskView | ProcessMoved:
        task = await find_task(turn, task_id)
        instance = await instance_of(turn.session, task.instance_id)
        if instance is None:
            raise NotFound(NO_TASK)
        case = await open_case(turn, instance, change=True)
        if version is not None and task.status != "closed" and case.record["version"] != version:
            raise VersionMismatch(CHANGED_SINCE)
        event = Decide(by=turn.actor.user_id or 0, task=task.key, answer=answer, comment=comment)
        try:
            await happen(turn, case, event)
        except ProcessMoved as moved:
            await keep(turn, case, Tick(), moved.step)
            return moved
        except (AlreadyDecided, TaskClosed) as closed:
            raise await decided_already(turn, closed) from closed
        await settle(turn)
        return await whole(turn, await task_of(turn.session, task_id) or task)

    async def again(turn: Turn, done: int) -> TaskView | ProcessMoved:
        return await whole(turn, await find_task(turn, done))

    request = Request(key, answer, "task", task_id, {"comment": comment})
    try:
        result = await once(workspace, actor, request, work, again, lambda _: task_id)
    except NotAllowed as refusal:
        await audit_refusal(workspace, actor, "task", task_id, answer, refusal)
        raise
    if isinstance(result, ProcessMoved):
        raise result
    return result
