"""Somebody cannot be asked any more: the processes in which a task waits for them look again."""

from collections.abc import Mapping
from typing import Any, Final

from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.expressions.types import USER_ENTITY
from guanxi.storage.instance_list import instances_waiting_for
from guanxi.storage.timers import Timer, set_timers

LOOK_AGAIN: Final = "look again"
"""The kind of owner of the timers at which an instance looks at its people again."""


async def note_leaving(
    turn: Turn, entity: Entity, before: Mapping[str, Any], record: Mapping[str, Any]
) -> None:
    """Let every instance look again at once that asks a person who has just become inactive.

    As timers, so that any number is done in parts, and one that fails holds up no other.
    """
    if entity.name != USER_ENTITY or not before.get("active") or record.get("active"):
        return
    ids = await instances_waiting_for(turn.session, record["id"])
    person = f"person {record['id']}"
    await set_timers(turn.session, [Timer(LOOK_AGAIN, id_, person, turn.now) for id_ in ids])
