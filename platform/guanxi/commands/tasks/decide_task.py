"""Answer a task: approve or reject, or one of the outcomes of a step that is no approval."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.acting import Doing, Hand, act
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.workflow import Decide


@dataclass(frozen=True, slots=True)
class Beside:
    """What comes with an answer.

    `add` is a person who is to decide after the actor; `fields` are values of what the step lets its people
    fill in, texts from a page.
    """

    add: int | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Beside()


async def decide_task(
    workspace: Workspace,
    actor: Actor,
    task_id: int,
    answer: str,
    comment: str = "",
    *,
    beside: Beside = NOTHING,
    version: int | None = None,
    key: str | None = None,
) -> TaskView:
    """Decide a task on the content as it is at this moment.

    `version` is that of the record which the decision was made on; it is compared when given. The deputy of
    somebody who is away decides for them, which is recorded.

    Raises VersionMismatch when the record has moved on, Conflict when the task is not open any more (saying
    who decided), Forbidden when the actor may not decide it (which goes into the audit), Invalid when a
    rejection has no comment, a required field is missing, or the person may not be added.
    """

    def event(hand: Hand) -> Decide:
        return Decide(hand.by, hand.task, answer, comment, hand.behalf, beside.add)

    payload = {"comment": comment} | ({"add": beside.add} if beside.add is not None else {})
    doing = Doing(
        verb=answer,
        event=event,
        payload=payload,
        version=version,
        key=key,
        fields=beside.fields,
        decides=answer != "reject",
    )
    return await act(workspace, actor, task_id, doing)
