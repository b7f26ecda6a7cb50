"""A record changed while its approval runs: ask anew what the change affects, and nothing else."""

from collections.abc import Sequence
from typing import Any

from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.happening import happen
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.storage.instances import open_instances
from guanxi.workflow import Edit


async def note_edit(
    turn: Turn, entity: Entity, record: dict[str, Any], changed: Sequence[str]
) -> dict[str, Any]:
    """Tell the running approvals of the record, if there are any, which fields somebody changed.

    Returns the record as it is then: an approval may have ended by it.
    """
    if not any(approval.of == entity.name for approval in turn.catalog.approvals.values()):
        return record
    for instance in await open_instances(turn.session, entity.name, record["id"], "approval"):
        # A record that follows another, or has another member, is not locked yet.
        case = await open_case(turn, instance, change=True)
        if not case.state.ended:
            await happen(turn, case, Edit(by=turn.actor.user_id or 0, fields=tuple(changed)))
        record = case.record
    return record
