"""Whether the actor may take a submitted record back."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.storage.instances import Instance, open_instances
from guanxi.workflow import State
from guanxi.workflow.recalls import recallable


async def running_instance(turn: Turn, entity: Entity, record: Mapping[str, Any]) -> Instance | None:
    """The running approval of a record; none is looked for when no approval waits in the record's stage."""
    stages = turn.catalog.stages.get(entity.name)
    if stages is None or record.get(stages.field) not in {t.through for t in stages.transitions.values()}:
        return None
    waiting = {t.approval for t in stages.transitions.values() if t.through == record.get(stages.field)}
    running = await open_instances(turn.session, entity.name, record["id"], "approval")
    own = (one for one in running if one.parent_id is None and one.approval in waiting)
    return next((one for one in own if one.status == "running"), None)


async def may_recall(turn: Turn, entity: Entity, record: Mapping[str, Any]) -> bool:
    """Whether the actor submitted the record and the policy still lets it be recalled."""
    instance = await running_instance(turn, entity, record)
    if instance is None:
        return False
    catalog = await turn.catalogs.get(turn.session, instance.catalog)
    state = State.from_json(instance.state)
    return recallable(catalog.approvals[instance.approval], state, turn.actor.user_id)
