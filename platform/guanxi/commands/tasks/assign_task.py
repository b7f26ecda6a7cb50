"""Give a task to somebody: a held one, or one whose holder cannot do it."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.happening import happen, keep
from guanxi.commands.audit import audit_refusal
from guanxi.commands.tasks.showing import NO_TASK, find_task, whole
from guanxi.commands.tasks.stale import decided_already
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Forbidden, Invalid, NotFound, Problem
from guanxi.storage.instances import instance_of
from guanxi.storage.tasks import newest_task_of_step
from guanxi.workflow import AlreadyDecided, Assign, ProcessMoved, TaskClosed, Tick

ONLY_ADMINISTRATORS = N_("Only process administrators may assign tasks.")


async def assign_task(
    workspace: Workspace, actor: Actor, task_id: int, person_id: int, *, comment: str = ""
) -> TaskView:
    """Make a person the holder of an open or held task, and return the task that the person then has.

    Raises NotFound, Forbidden, Conflict when the task is closed, Invalid when the person may not decide it:
    nobody decides what they submitted, whoever assigns them. Such an attempt goes into the audit.
    """

    async def work(turn: Turn) -> TaskView | ProcessMoved:
        task = await find_task(turn, task_id)
        if not turn.actor.may(turn.catalog, "process"):
            raise Forbidden(ONLY_ADMINISTRATORS)
        instance = await instance_of(turn.session, task.instance_id)
        if instance is None:
            raise NotFound(NO_TASK)
        case = await open_case(turn, instance, change=True)
        try:
            event = Assign(by=turn.actor.user_id or 0, task=task.key, who=person_id)
            await happen(turn, case, event, comment.strip())
        except ProcessMoved as moved:
            await keep(turn, case, Tick(), moved.step)
            return moved
        except (AlreadyDecided, TaskClosed) as closed:
            raise await decided_already(turn, closed) from closed
        return await whole(turn, await newest_task_of_step(turn.session, task.instance_id, task.step) or task)

    try:
        result = await workspace.write(actor, work)
    except Invalid as refusal:
        await audit_refusal(workspace, actor, "task", task_id, "assign", refusal)
        problems = [Problem("/person", problem.code, problem.message) for problem in refusal.problems]
        raise Invalid(refusal.message, problems) from refusal
    if isinstance(result, ProcessMoved):
        raise result
    return result
