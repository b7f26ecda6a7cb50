"""Send people a copy of an instance: they may look at it."""

from collections.abc import Sequence

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import Case
from guanxi.commands.approvals.managing import act_on_instance
from guanxi.commands.approvals.notices import tell_of
from guanxi.commands.approvals.standing_in import people_of
from guanxi.commands.audit import audit_event
from guanxi.commands.idempotency import Request
from guanxi.commands.process_views import InstanceView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.labels import Label
from guanxi.errors import N_, Invalid, Problem
from guanxi.storage.comments import Copy, add_copies
from guanxi.workflow import NotAllowed
from guanxi.workflow.powers import may_copy_to

COPIED: Label = {"en": "For your information: {process}", "zh-CN": "抄送给您：{process}"}
NOT_YOURS = N_("Only who is asked now may send copies.")
OUTSIDE = N_("This person cannot be chosen here. Choose one of the people who are offered.")


async def copy_to_people(
    workspace: Workspace,
    actor: Actor,
    instance_id: int,
    people: Sequence[int],
    comment: str = "",
    *,
    key: str | None = None,
) -> InstanceView:
    """Send a copy to people whom the definition allows; they see the card, and of the record what they may.

    Raises NotFound, Forbidden to who holds no task of it, Invalid for people who may not be chosen.
    """

    async def work(turn: Turn, case: Case) -> None:
        mine = set(await people_of(turn))
        step = next((task.step for task in case.state.tasks.values() if mine.intersection(task.who)), None)
        if step is None:
            raise NotAllowed(NOT_YOURS)
        allowed = may_copy_to(case.process, case.state, step, turn.now, case.facts)
        if not people or not set(people) <= set(allowed):
            raise Invalid(OUTSIDE, [Problem("/people", "outside", OUTSIDE)])
        by = turn.actor.user_id or 0
        new = await add_copies(turn.session, instance_id, people, Copy(0, step, by, turn.now))
        detail = {"instance": instance_id, "people": sorted(new), "comment": comment.strip()}
        audit_event(turn, case.instance.entity, case.instance.record_id, "approval copy", detail)
        await tell_of(turn, case, new, COPIED, comment.strip(), "copy")

    content = {"people": sorted(people), "comment": comment}
    return await act_on_instance(
        workspace, actor, Request(key, "copy", "instance", instance_id, content), work
    )
