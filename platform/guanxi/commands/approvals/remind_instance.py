"""Remind those who are asked."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.managing import act_on_instance
from guanxi.commands.approvals.notices import remind_people
from guanxi.commands.audit import audit_event
from guanxi.commands.idempotency import Request
from guanxi.commands.process_views import InstanceView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Conflict
from guanxi.workflow import NotAllowed
from guanxi.workflow.powers import may_remind

NOT_YOURS = N_("Only the person who submitted it may remind, where the process allows it.")
REMINDED = N_("They were reminded within the last hour already. Try again later.")


async def remind_instance(
    workspace: Workspace, actor: Actor, instance_id: int, *, step: str | None = None, key: str | None = None
) -> InstanceView:
    """Remind the people of the open steps, or of one `step`; each at most once an hour.

    Raises NotFound, Forbidden to others than the submitter, Conflict when they were reminded just now.
    """

    async def work(turn: Turn, case: Case) -> None:
        state, person = case.state, turn.actor.user_id or 0
        tasks = {
            task_key: task
            for task_key, task in state.tasks.items()
            if step in (None, task.step) and may_remind(case.process, state, person, task.step)
        }
        if not tasks:
            raise NotAllowed(NOT_YOURS)
        hour = f"{turn.now:%Y-%m-%dT%H}"
        told = 0
        for task_key, task in tasks.items():
            told += await remind_people(turn, case, task_key, task.who, f"remind {task_key} {hour}")
        if not told:
            raise Conflict(REMINDED)
        detail = {"instance": instance_id, "steps": sorted({task.step for task in tasks.values()})}
        audit_event(turn, case.instance.entity, case.instance.record_id, "approval remind", detail)

    request = Request(key, "remind", "instance", instance_id, {"step": step})
    return await act_on_instance(workspace, actor, request, work)
