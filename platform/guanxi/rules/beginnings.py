"""Which automations something that happened is the beginning of."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from guanxi.definitions.flow.automation import (
    Changed,
    Created,
    Decided,
    Deleted,
    Entered,
    Failed,
    Received,
    Trigger,
)

What: TypeAlias = Literal["created", "changed", "deleted", "event", "failed", "decided"]


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a record.

    `fields` are those that changed, `states` the ones it came into. `name` is that of an event, of a message
    that could not be sent, or of an approval, which ended with `outcome`.
    """

    what: What
    fields: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    name: str = ""
    outcome: str = ""


def begins(on: Trigger, happened: Happened) -> bool:
    """Whether it is what an automation begins with. Edges and times of a record are no single happening."""
    match on:
        case Created():
            return happened.what == "created"
        case Changed(fields=fields):
            return happened.what == "changed" and (not fields or bool(fields & happened.fields))
        case Deleted():
            return happened.what == "deleted"
        case Entered(state=state):
            return state in happened.states
        case Received(event=event):
            return happened.what == "event" and happened.name == event
        case Failed(message=message):
            return happened.what == "failed" and happened.name == message
        case Decided(approval=approval, outcome=outcome):
            ended = happened.what == "decided" and happened.name == approval
            return ended and outcome in (None, happened.outcome)
        case _:
            return False
