"""Automations that run hear what happens to their record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from guanxi.commands.actor import Cause
from guanxi.commands.approvals.case import Case, complete_content, facts_of, open_case, process_of
from guanxi.commands.approvals.happening import happen
from guanxi.commands.audit import audit_event
from guanxi.commands.automations.beginning import STOPPED
from guanxi.commands.automations.gone import as_it_was
from guanxi.commands.effects.settling import settle
from guanxi.commands.workspace import Turn
from guanxi.definitions.flow.automation import Automation
from guanxi.errors import NotFound
from guanxi.rules.beginnings import Happened
from guanxi.storage.instances import Instance, instance_of
from guanxi.storage.jobs import Job, defer
from guanxi.storage.outbox import Event
from guanxi.workflow import Cancel, Edit

HEAR = "tell automation"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a running automation is told: that these fields of its record changed, or that it was deleted.

    `values` are what the deleted record held; `place` is that of the event.
    """

    instance_id: int
    place: int
    event: int
    depth: int
    person: int | None = None
    fields: Sequence[str] = ()
    values: Mapping[str, Any] | None = None

    @property
    def occasion(self) -> str:
        """Names this among all times."""
        return f"instance {self.instance_id} event {self.event}"

    def payload(self) -> dict[str, Any]:
        """As the payload of a job."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Self:
        """From the payload of a job."""
        return cls(**payload)

    @classmethod
    def of_event(cls, instance_id: int, event: Event, happened: Happened) -> Self:
        """What an instance is told of an event of its record."""
        values = event.detail.get("values") if happened.what == "deleted" else None
        fields = sorted(happened.fields)
        return cls(instance_id, event.place, event.id, event.depth, event.actor_id, fields, values)


async def defer_hearing(turn: Turn, heard: Heard) -> None:
    """Tell it after the commit, in a transaction of its own."""
    await defer(turn.session, Job(HEAR, heard.payload(), heard.occasion), turn.now)


async def hear(turn: Turn, heard: Heard) -> None:
    """Tell an instance, if it still runs; one whose record is gone ends."""
    instance = await instance_of(turn.session, heard.instance_id)
    if instance is None or instance.status != "running":
        return
    catalog = await turn.catalogs.get(turn.session, instance.catalog)
    process = process_of(catalog, instance.kind, instance.approval)
    cause = Cause(heard.event, heard.depth + 1, process.name)
    turn = replace(turn, actor=replace(turn.actor, cause=cause))
    if heard.values is not None:
        await _end(turn, instance, heard.values)
        return
    if isinstance(process, Automation) and heard.depth >= process.depth:
        stopped = {"automation": process.name, "depth": heard.depth, "event": heard.event}
        audit_event(turn, instance.entity, instance.record_id, STOPPED, stopped)
        return
    try:
        case = await open_case(turn, instance, change=True)
    except NotFound:
        return  # its end comes with the next event
    if case.instance.status == "running":
        await happen(turn, case, Edit(by=heard.person or 0, fields=tuple(heard.fields)))
        await settle(turn)


async def _end(turn: Turn, instance: Instance, values: Mapping[str, Any]) -> None:
    catalog = await turn.catalogs.get(turn.session, instance.catalog)
    process = process_of(catalog, instance.kind, instance.approval)
    entity = turn.catalog.entities[instance.entity]
    record = as_it_was(entity, instance.record_id, values)
    await complete_content(turn, entity, record, process)
    facts = await facts_of(turn, catalog, process, record, instance.started_by)
    await happen(turn, Case(instance, catalog, process, entity, record, facts), Cancel(by=None))
    await settle(turn)
