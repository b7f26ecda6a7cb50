"""Beginning an automation for a record: whether it may begin again, and whether its conditions hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from guanxi.commands.actor import Cause
from guanxi.commands.approvals.case import Case, complete_content, content, facts_of, open_case
from guanxi.commands.approvals.happening import happen, new_instance
from guanxi.commands.approvals.submitting import acting_person
from guanxi.commands.audit import audit_event
from guanxi.commands.automations.gone import as_it_was, carry_out_gone
from guanxi.commands.effects.settling import settle
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.definitions.flow.automation import Automation
from guanxi.storage.automations import Led, note_run, ran_for
from guanxi.storage.instances import Instance, open_instances
from guanxi.storage.jobs import Job, defer
from guanxi.storage.records import lock_record
from guanxi.workflow import Cancel, Submit, needed

BEGIN = "begin automation"
STOPPED = "automation stopped"
"""The verb in the audit of an automation that too many had led to."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """An automation is to begin for a record; `occasion` names this among all times.

    `event` is what led to it, `depth` how many automations led to that, `person` who did it. `values` are
    what a deleted record held.
    """

    automation: str
    record_id: int
    occasion: str
    event: int | None = None
    depth: int = 0
    person: int | None = None
    values: Mapping[str, Any] | None = None

    def payload(self) -> dict[str, Any]:
        """As the payload of a job."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Self:
        """From the payload of a job."""
        return cls(**payload)


async def defer_beginning(turn: Turn, beginning: Beginning) -> None:
    """Let it begin after the commit, in a transaction of its own."""
    await defer(turn.session, Job(BEGIN, beginning.payload(), beginning.occasion), turn.now)


async def begin(turn: Turn, beginning: Beginning) -> None:
    """Begin it, unless its conditions do not hold, it may not begin again, or the record is gone."""
    automation = turn.catalog.automations.get(beginning.automation)
    if automation is None or not automation.active:
        return
    entity = turn.catalog.entities[automation.of]
    if beginning.depth >= automation.depth:
        stopped = {"automation": automation.name, "depth": beginning.depth, "event": beginning.event}
        audit_event(turn, entity.name, beginning.record_id, STOPPED, stopped)
        return
    cause = Cause(beginning.event, beginning.depth + 1, automation.name)
    turn = replace(turn, actor=replace(turn.actor, cause=cause))
    record = await _record(turn, automation, entity, beginning)
    if record is None or not await _again(turn, automation, entity, beginning.record_id):
        return
    await _run(turn, automation, entity, record, beginning)


async def _run(
    turn: Turn, automation: Automation, entity: Entity, record: dict[str, Any], beginning: Beginning
) -> None:
    person = beginning.person or acting_person(turn, entity, record)
    facts = await facts_of(turn, turn.catalog, automation, record, person)
    where = automation.where
    if where is not None and not where.holds(record, facts.variables(person, turn.now)):
        return
    if not needed(automation, person, turn.now, facts):
        return
    about = (entity.name, beginning.record_id)
    instance = new_instance(turn, about, "automation", automation.name)
    case = Case(instance, turn.catalog, automation, entity, record, facts)
    await happen(turn, case, Submit(by=person))
    led = Led(automation.name, beginning.event, beginning.depth + 1)
    await note_run(turn.session, case.instance.id, beginning.record_id, led)
    if beginning.values is not None:
        await carry_out_gone(turn, case)
    await settle(turn)


async def _record(
    turn: Turn, automation: Automation, entity: Entity, beginning: Beginning
) -> dict[str, Any] | None:
    """The record, locked, or as it was when it was deleted; None where it is gone."""
    if beginning.values is not None:
        record = as_it_was(entity, beginning.record_id, beginning.values)
        await complete_content(turn, entity, record, automation)
        return record
    if not await lock_record(turn.session, entity, beginning.record_id):
        return None
    return await content(turn, entity, beginning.record_id, automation)


async def _again(turn: Turn, automation: Automation, entity: Entity, record_id: int) -> bool:
    """Whether it may begin for the record now; what it restarts is ended."""
    if automation.again == "once":
        return not await ran_for(turn.session, automation.name, record_id)
    running = await running_for(turn, entity.name, record_id, automation.name)
    if automation.again == "whenDone":
        return not running
    if automation.again == "restart":
        for instance in running:
            await happen(turn, await open_case(turn, instance), Cancel(by=None))
    return True


async def running_for(turn: Turn, entity: str, record_id: int, name: str = "") -> list[Instance]:
    """The automations that run for a record, or those of a name."""
    found = await open_instances(turn.session, entity, record_id, "automation")
    return [one for one in found if name in ("", one.approval)]
