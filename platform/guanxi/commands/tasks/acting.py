"""What all commands on a task have in common: who acts, for whom, on which content, and what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import Case, open_case
from guanxi.commands.approvals.happening import happen, keep
from guanxi.commands.approvals.standing_in import behalf_of
from guanxi.commands.audit import audit_refusal
from guanxi.commands.effects.settling import settle
from guanxi.commands.idempotency import Request, once
from guanxi.commands.tasks.filling import fill_at_step
from guanxi.commands.tasks.showing import NO_TASK, find_task, whole
from guanxi.commands.tasks.stale import decided_already
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Invalid, NotFound, Problem, VersionMismatch
from guanxi.storage.instances import instance_of
from guanxi.storage.tasks import StoredTask, newest_task_of_step, task_of
from guanxi.workflow import AlreadyDecided, Event, ProcessMoved, TaskClosed, Tick
from guanxi.workflow.refusals import NotAllowed

CHANGED_SINCE = N_("This was changed since you opened it. Look at it as it is now, then decide.")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts on the task of a key, and for whom, where the person stands in for an absent one."""

    by: int
    task: str
    behalf: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Doing:
    """What is done with a task.

    `event` makes the event of who acts. `payload` is what the request says, for its idempotency `key`.
    `version` is that of the record which the person saw. `fields` are values that the step lets its people
    fill in, texts from a page. `allowed` refuses who may not do this; `note` goes into the audit. With
    `newest`, the task that is then open at the step is answered instead of the one acted on.
    """

    verb: str
    event: Callable[[Hand], Event]
    payload: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    key: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    decides: bool = False
    allowed: Callable[[Turn, Case], None] = lambda _turn, _case: None
    note: str = ""
    newest: bool = False


async def act(workspace: Workspace, actor: Actor, task_id: int, doing: Doing) -> TaskView:
    """Do something with a task, in one transaction with all that follows from it.

    Raises NotFound, Forbidden (which goes into the audit), VersionMismatch when the record has moved on,
    Conflict when the task is not open any more (saying who decided), or Invalid.
    """

    async def work(turn: Turn) -> TaskView | ProcessMoved:
        return await _act(turn, task_id, doing)

    async def again(turn: Turn, done: int) -> TaskView | ProcessMoved:
        return await whole(turn, await find_task(turn, done))

    payload = {**doing.payload, "fields": doing.fields} if doing.fields else doing.payload
    request = Request(doing.key, doing.verb, "task", task_id, payload)
    try:
        result = await once(workspace, actor, request, work, again, lambda _: task_id)
    except NotAllowed as refusal:
        await audit_refusal(workspace, actor, "task", task_id, doing.verb, refusal)
        raise
    except Invalid as refusal:
        if not any(problem.field == "/who" for problem in refusal.problems):
            raise
        await audit_refusal(workspace, actor, "task", task_id, doing.verb, refusal)
        problems = [Problem("/person", one.code, one.message) for one in refusal.problems]
        raise Invalid(refusal.message, problems) from refusal
    if isinstance(result, ProcessMoved):
        raise result
    return result


async def _act(turn: Turn, task_id: int, doing: Doing) -> TaskView | ProcessMoved:
    task = await find_task(turn, task_id)
    instance = await instance_of(turn.session, task.instance_id)
    if instance is None:
        raise NotFound(NO_TASK)
    case = await open_case(turn, instance, change=True)
    if doing.version is not None and task.status != "closed" and case.record["version"] != doing.version:
        raise VersionMismatch(CHANGED_SINCE)
    doing.allowed(turn, case)
    hand = Hand(turn.actor.user_id or 0, task.key, behalf_of(turn, case, task.key))
    try:
        if doing.fields or doing.decides:
            case = await fill_at_step(turn, case, hand, doing.fields)
        await happen(turn, case, doing.event(hand), doing.note)
    except ProcessMoved as moved:
        await keep(turn, case, Tick(), moved.step)
        await settle(turn)
        return moved
    except (AlreadyDecided, TaskClosed) as closed:
        raise await decided_already(turn, closed) from closed
    carried = await settle(turn)
    shown = await _shown(turn, task, newest=doing.newest)
    # Effects may have changed what the case was loaded with.
    return await whole(turn, shown, None if carried else case)


async def _shown(turn: Turn, task: StoredTask, *, newest: bool) -> StoredTask:
    found = await newest_task_of_step(turn.session, task.instance_id, task.step) if newest else None
    return found or await task_of(turn.session, task.id) or task
