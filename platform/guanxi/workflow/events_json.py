"""Events as JSON and back: how they are stored."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from guanxi.workflow import events
from guanxi.workflow.events import Event

_KINDS: Mapping[str, type[Event]] = {
    kind.type: kind
    for kind in (
        events.Submit,
        events.Decide,
        events.Return,
        events.Transfer,
        events.Delegate,
        events.Ask,
        events.Reply,
        events.Add,
        events.Remove,
        events.Claim,
        events.Release,
        events.Skip,
        events.Recall,
        events.Assign,
        events.Move,
        events.Cancel,
        events.Migrate,
        events.Edit,
        events.Timer,
        events.NamedEvent,
        events.ChildEnded,
        events.Tick,
    )
}


def event_to_json(event: Event) -> dict[str, Any]:
    """An event as JSON, with its type."""
    return {"type": event.type, **asdict(event)}


def event_from_json(data: Mapping[str, Any]) -> Event:
    """The event of a stored row. Raises KeyError for a type this version does not know."""
    values = {name: value for name, value in data.items() if name != "type"}
    for name in ("fields", "clear"):
        if name in values:
            values[name] = tuple(values[name])
    for name in ("editors", "chosen"):
        if name in values:
            values[name] = {key: tuple(people) for key, people in values[name].items()}
    return _KINDS[data["type"]](**values)
