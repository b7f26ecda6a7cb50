"""A record changed while its approval runs: ask anew what the change affects, and nothing else."""

from collections.abc import Sequence
from typing import Any

from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.happening import happen
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.storage.instances import last_instance
from guanxi.workflow import Edit


async def note_edit(
    turn: Turn, entity: Entity, record: dict[str, Any], changed: Sequence[str]
) -> dict[str, Any]:
    """Tell the running approval of the record, if there is one, which fields somebody changed.

    Returns the record as it is then: the approval may have ended by it.
    """
    if not any(approval.of == entity.name for approval in turn.catalog.approvals.values()):
        return record
    instance = await last_instance(turn.session, entity.name, record["id"])
    if instance is None or instance.status != "running":
        return record
    case = await open_case(turn, instance)
    await happen(turn, case, Edit(by=turn.actor.user_id or 0, fields=tuple(changed)))
    return case.record


async def note_followed(turn: Turn) -> None:
    """Tell the running approvals of other records that what was saved has changed these, too."""
    while turn.followed:
        entity, record, changed = turn.followed.pop(0)
        await note_edit(turn, entity, record, changed)
