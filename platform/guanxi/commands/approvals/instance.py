"""One instance: who may see it, and all of it as the actor may see it."""

from collections.abc import Iterable

from guanxi.commands.approvals.administering import administers, looks_on
from guanxi.commands.approvals.card import card_of
from guanxi.commands.approvals.case import Case, open_case
from guanxi.commands.approvals.happened import comment_views, copy_views, event_views
from guanxi.commands.approvals.standing_in import people_of
from guanxi.commands.process_views import InstanceView
from guanxi.commands.records.finding import find_record
from guanxi.commands.records.viewing import view_of
from guanxi.commands.views import RecordView
from guanxi.commands.workspace import Turn
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.process import Process
from guanxi.definitions.labels import Label
from guanxi.errors import N_, NotFound
from guanxi.storage.comments import has_copy
from guanxi.storage.instances import Instance, instance_of
from guanxi.storage.tasks import took_part
from guanxi.workflow.powers import may_comment, may_remind
from guanxi.workflow.recalls import recallable

COMMENTS = "g_comment"
"""In place of an entity: to what the files of remarks belong. No entity is called so."""
NO_INSTANCE = N_("There is no such process, or it is not yours to see.")


async def find_instance(turn: Turn, id_: int) -> Instance:
    """An instance that the actor may see: else NotFound.

    Who submitted it, was asked in it, was sent a copy, manages it, is named by its `visibleTo`, stands in
    for somebody who is asked, or may read the record.
    """
    instance = await instance_of(turn.session, id_)
    if instance is None or not await _may_see(turn, instance):
        raise NotFound(NO_INSTANCE)
    return instance


async def _may_see(turn: Turn, instance: Instance) -> bool:
    person = turn.actor.user_id
    if person is not None and person == instance.started_by:
        return True
    if await took_part(turn.session, instance.id, await people_of(turn)):
        return True
    if await has_copy(turn.session, instance.id, person):
        return True
    if await _record_of(turn, instance) is not None:
        return True
    case = await open_case(turn, instance)
    return administers(turn, case) or looks_on(turn, case)


async def _record_of(turn: Turn, instance: Instance) -> RecordView | None:
    """The record, where the actor may read it by their own rights."""
    entity = turn.catalog.entities.get(instance.entity)
    if entity is None:
        return None
    try:
        record, right = await find_record(turn, entity, instance.record_id)
    except NotFound:
        return None
    return await view_of(turn, entity, record, access=right)


async def instance_view(turn: Turn, case: Case) -> InstanceView:
    """All of an instance that the actor may see."""
    instance, process, state = case.instance, case.process, case.state
    person, manage = turn.actor.user_id or 0, administers(turn, case)
    running = state.status == "running"
    reached = [name for name in process.places if name in state.marks]
    return InstanceView(
        id=instance.id,
        kind=instance.kind,
        process=process.name,
        label=process.label,
        status=instance.status,
        entity=instance.entity,
        record_id=instance.record_id,
        record=await _record_of(turn, instance),
        card=await card_of(turn, case) if isinstance(process, Approval) else None,
        history=await event_views(turn, case),
        comments=await comment_views(turn, case),
        copies=await copy_views(turn, case),
        recall=recallable(process, state, person),
        manage=manage and not state.ended,
        comment_at=tuple(name for name in reached if may_comment(process, state, name)),
        remind=tuple(name for name in reached if running and may_remind(process, state, person, name)),
        moves=_steps(process, reached) if manage and running else (),
    )


def _steps(process: Process, names: Iterable[str]) -> tuple[tuple[str, Label], ...]:
    return tuple((name, process.places[name].step.label) for name in names)
