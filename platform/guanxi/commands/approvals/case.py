"""A process about one record with everything a decision needs: definition, state, content, organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.processes.around import around_process
from guanxi.commands.records.finding import stored_paths
from guanxi.commands.records.relations import Related, relate, relate_back
from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Wait
from guanxi.definitions.stages import Transition
from guanxi.errors import N_, NotFound
from guanxi.records.needs import needs_of, needs_of_paths
from guanxi.storage.instances import Instance, Kind, instance_of
from guanxi.storage.organisation import load_organisation
from guanxi.storage.records import load, lock_record
from guanxi.workflow import Facts, State

GONE = N_("The record of this approval is not there any more.")


@dataclass(slots=True)
class Case:
    """One process about one record, at one moment.

    `catalog` is the one the instance runs under; `entity` is the live definition of the record.
    """

    instance: Instance
    catalog: Catalog
    process: Process
    entity: Entity
    record: dict[str, Any]
    facts: Facts
    kept: State | None = None
    """The state as it was read or made last; `state` sees whether it still is that of the instance."""

    @property
    def state(self) -> State:
        """The engine's state."""
        if self.kept is None or self.kept.seq != self.instance.seq:
            self.kept = State.from_json(self.instance.state)
        return self.kept

    @property
    def approval(self) -> Approval:
        """The approval that the process is. Raises TypeError when it is none."""
        if not isinstance(self.process, Approval):
            raise TypeError(f"{self.process.name} is not an approval")
        return self.process

    def matches_others(self, event: str) -> bool:
        """Whether an event of this name about another record may concern the instance, by its data."""
        waits = (place.step for place in self.process.places.values() if isinstance(place.step, Wait))
        return any(one.event == event and one.match for one in waits)

    @property
    def transition(self) -> Transition | None:
        """The transition that starts the approval, where one does, and the record waits in its stage."""
        is_whole = isinstance(self.process, Approval) and self.instance.parent_id is None
        return transition_of(self.catalog, self.approval) if is_whole else None


async def open_case(turn: Turn, instance: Instance, *, change: bool = False) -> Case:
    """Load the case of an instance; with `change` its record is locked first, so nothing moves meanwhile."""
    catalog = await turn.catalogs.get(turn.session, instance.catalog)
    process = process_of(catalog, instance.kind, instance.approval)
    entity = turn.catalog.entities[instance.entity]
    if change:
        await lock_record(turn.session, entity, instance.record_id)
        # Another decision may have come while the lock was waited for.
        instance = await instance_of(turn.session, instance.id) or instance
    record = await content(turn, entity, instance.record_id, process)
    facts = await facts_of(turn, catalog, process, record, instance.started_by)
    return Case(instance, catalog, process, entity, record, facts)


def process_of(catalog: Catalog, kind: Kind, name: str) -> Process:
    """The process of a kind and name. Raises KeyError when the catalog has none."""
    return catalog.approvals[name] if kind == "approval" else catalog.automations[name]


async def content(turn: Turn, entity: Entity, id_: int, process: Process) -> dict[str, Any]:
    """The record with every path that the process reads."""
    rows = await load(turn.session, turn.catalog, entity, [id_], stored_paths(entity))
    if id_ not in rows:
        raise NotFound(GONE)
    record = dict(rows[id_])
    await complete_content(turn, entity, record, process)
    return record


async def complete_content(turn: Turn, entity: Entity, record: dict[str, Any], process: Process) -> None:
    """Put every path that the process reads into a loaded record."""
    needs = needs_of(entity) | needs_of_paths(entity, process.reads)
    await relate(turn, entity, record, needs, Related())
    await relate_back(turn, entity, record, process.reads)
    for field in entity.line_fields:
        for line in record.get(field.name) or ():
            line["parent"] = record


async def facts_of(
    turn: Turn, catalog: Catalog, process: Process, record: Mapping[str, Any], submitter: int | None
) -> Facts:
    """The record, the organisation as it is now, the day, and the tables and calendars of the process."""
    organisation = await load_organisation(turn.session)
    outside = await around_process(turn, catalog, process, record, submitter)
    return Facts(record, organisation, turn.today, turn.zone.key, outside)


def transition_of(catalog: Catalog, approval: Approval) -> Transition | None:
    """The transition that names the approval; None of one that only a `start` effect begins."""
    stages = catalog.stages.get(approval.of)
    transitions = stages.transitions.values() if stages is not None else ()
    return next((t for t in transitions if t.approval == approval.name), None)
