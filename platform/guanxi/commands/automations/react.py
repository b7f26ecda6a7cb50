"""What automations make of an event: they begin, follow the record, or hear of it while they run."""

from guanxi.commands.automations.beginning import Beginning, defer_beginning, running_for
from guanxi.commands.automations.following import follow
from guanxi.commands.automations.happened import happened_of
from guanxi.commands.automations.hearing import Heard, defer_hearing
from guanxi.commands.workspace import Turn
from guanxi.definitions.flow.automation import Automation, Becomes, Due
from guanxi.rules.beginnings import Happened, begins
from guanxi.storage.outbox import Event

OF_THE_RECORD = ("created", "changed", "deleted")


async def react(turn: Turn, event: Event) -> None:
    """Consume an event: what follows is deferred as jobs, each done once in a transaction of its own."""
    happened = happened_of(turn.catalog, event) if event.record_id is not None else None
    if happened is None or event.record_id is None:
        return
    for automation in turn.catalog.automations.values():
        if automation.of == event.entity and automation.active:
            await _begin(turn, automation, event, event.record_id, happened)
    if happened.what not in ("changed", "deleted"):
        return
    for instance in await running_for(turn, event.entity, event.record_id):
        await defer_hearing(turn, Heard.of_event(instance.id, event, happened))


async def _begin(
    turn: Turn, automation: Automation, event: Event, record_id: int, happened: Happened
) -> None:
    if isinstance(automation.on, Becomes | Due):
        if happened.what not in OF_THE_RECORD or not await follow(turn, automation, event, record_id):
            return
    elif not begins(automation.on, happened):
        return
    beginning = Beginning(
        automation=automation.name,
        record_id=record_id,
        occasion=f"{automation.name} event {event.id}",
        event=event.id,
        depth=event.depth,
        person=event.actor_id,
        values=event.detail["values"] if happened.what == "deleted" else None,
    )
    await defer_beginning(turn, beginning)
