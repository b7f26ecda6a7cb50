"""In whose name a run goes on: the automation itself, with what once led to it."""

from dataclasses import replace

from guanxi.commands.actor import Cause
from guanxi.commands.workspace import Turn
from guanxi.storage.automations import led_to
from guanxi.storage.instances import Instance


async def caused(turn: Turn, instance: Instance) -> Turn:
    """The turn in which an instance goes on by itself: of an automation, what it does names it as cause.

    So a loop that waits on its way is one all the same.
    """
    if instance.kind != "automation":
        return turn
    led = await led_to(turn.session, instance.id)
    event, depth = (led.event, led.depth) if led is not None else (None, 1)
    cause = Cause(event, depth, instance.approval)
    return replace(turn, actor=replace(turn.actor, cause=cause))
