"""In whose name a process begins, and beginning one that no transition starts."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.approvals.case import GONE, Case, content, facts_of, process_of
from guanxi.commands.approvals.happening import happen, new_instance
from guanxi.commands.pending import Begin
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.errors import NotFound
from guanxi.storage.history import last_editors
from guanxi.storage.instances import open_instances
from guanxi.storage.records import lock_record
from guanxi.workflow import Submit, needed


def acting_person(turn: Turn, entity: Entity, record: Mapping[str, Any]) -> int:
    """Whose submission it is: who acts; of what the platform does by itself, the owner of the record."""
    if turn.actor.user_id is not None:
        return turn.actor.user_id
    owner = record.get(entity.owner) if entity.owner is not None else None
    return owner or record.get("created_by") or 0


async def begin(turn: Turn, what: Begin) -> bool:
    """Begin a process about a record; False where it is not needed, or is running for it already.

    A sub-process begins beside others of its kind.

    Raises:
        NotFound: the record is gone.
    """
    entity = turn.catalog.entities[what.entity]
    if not await lock_record(turn.session, entity, what.record_id):
        raise NotFound(GONE)
    if what.parent is None:
        running = await open_instances(turn.session, what.entity, what.record_id, what.kind)
        if any(one.approval == what.process and one.parent_id is None for one in running):
            return False
    process = process_of(turn.catalog, what.kind, what.process)
    record = await content(turn, entity, what.record_id, process)
    facts = await facts_of(turn, turn.catalog, process, record, what.by)
    if not needed(process, what.by, turn.now, facts):
        return False
    instance = new_instance(turn, (what.entity, what.record_id), what.kind, what.process, what.parent)
    case = Case(instance, turn.catalog, process, entity, record, facts)
    editors = await last_editors(turn.session, entity, what.record_id)
    await happen(turn, case, Submit(by=what.by, editors=editors))
    return True
