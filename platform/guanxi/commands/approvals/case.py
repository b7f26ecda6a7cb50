"""An approval of one record with everything a decision needs: definition, state, content, organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.records.finding import stored_paths
from guanxi.commands.records.relations import Related, relate
from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.stages import Stages, Transition
from guanxi.errors import N_, NotFound
from guanxi.records.needs import needs_of, needs_of_paths
from guanxi.storage.instances import Instance, instance_of
from guanxi.storage.organisation import load_organisation
from guanxi.storage.records import load, lock_record
from guanxi.workflow import Facts, State

GONE = N_("The record of this approval is not there any more.")


@dataclass(slots=True)
class Case:
    """One approval of one record, at one moment.

    `catalog` is the one the instance runs under; `entity` is the live definition of the record.
    """

    instance: Instance
    catalog: Catalog
    approval: Approval
    entity: Entity
    record: dict[str, Any]
    facts: Facts

    @property
    def state(self) -> State:
        """The engine's state."""
        return State.from_json(self.instance.state)

    @property
    def transition(self) -> Transition:
        """The transition that started the approval."""
        return transition_of(self.catalog, self.approval)


async def open_case(turn: Turn, instance: Instance, *, change: bool = False) -> Case:
    """Load the case of an instance; with `change` its record is locked first, so nothing moves meanwhile."""
    catalog = await turn.catalogs.get(turn.session, instance.catalog)
    approval = catalog.approvals[instance.approval]
    entity = turn.catalog.entities[instance.entity]
    if change:
        await lock_record(turn.session, entity, instance.record_id)
        # Another decision may have come while the lock was waited for.
        instance = await instance_of(turn.session, instance.id) or instance
    record = await content(turn, entity, instance.record_id, approval)
    return Case(instance, catalog, approval, entity, record, await facts_of(turn, record))


async def content(turn: Turn, entity: Entity, id_: int, approval: Approval) -> dict[str, Any]:
    """The record with every path that the approval reads."""
    rows = await load(turn.session, turn.catalog, entity, [id_], stored_paths(entity))
    if id_ not in rows:
        raise NotFound(GONE)
    record = dict(rows[id_])
    await complete_content(turn, entity, record, approval)
    return record


async def complete_content(turn: Turn, entity: Entity, record: dict[str, Any], approval: Approval) -> None:
    """Put every path that the approval reads into a loaded record."""
    needs = needs_of(entity) | needs_of_paths(entity, approval.reads)
    await relate(turn, entity, record, needs, Related())
    for field in entity.line_fields:
        for line in record.get(field.name) or ():
            line["parent"] = record


async def facts_of(turn: Turn, record: Mapping[str, Any]) -> Facts:
    """The record, the organisation as it is now, and the day."""
    return Facts(record, await load_organisation(turn.session), turn.today, turn.zone.key)


def stages_of(catalog: Catalog, approval: Approval) -> Stages:
    """The stages whose transition names the approval."""
    return catalog.stages[approval.of]


def transition_of(catalog: Catalog, approval: Approval) -> Transition:
    """The transition that names the approval; the compiler has checked that there is one."""
    transitions = stages_of(catalog, approval).transitions.values()
    return next(t for t in transitions if t.approval == approval.name)
