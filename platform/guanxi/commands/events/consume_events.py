"""Pass events on to those who react to them."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanxi.commands.actor import SYSTEM, Cause
from guanxi.commands.once_only import first_time
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import Unavailable
from guanxi.storage.jobs import GiveUp, Job, defer
from guanxi.storage.outbox import (
    Event,
    cursor_of,
    event_at,
    events_after,
    hold_cursor,
    last_place,
    move_cursor,
)

Reaction = Callable[[Turn, Event], Awaitable[None]]
"""Reacts in the transaction in which the cursor moves on: what it writes is done once.

The actor of the turn carries the event as cause of whatever is done. What takes long, or leaves the database,
is deferred as a job.
"""
BATCH = 100
DEEPEST = 16
"""Reactions to reactions end here: rules that set each other off stop."""

_log = logging.getLogger("guanxi.events")


async def consume_events(workspace: Workspace, consumers: Mapping[str, Reaction]) -> int:
    """Give each consumer the events that it has not seen, in their order; return how many were given.

    One whose reaction fails becomes a job, which is tried again and in the end kept for an administrator; the
    events behind it go on. A consumer that is new begins with what happens from now on.
    """
    count = 0
    for name, reaction in consumers.items():
        while await _anything(workspace, name):
            given = await _batch(workspace, name, reaction)
            count += given
            if given < BATCH:
                break
    return count


async def react_again(
    workspace: Workspace, consumers: Mapping[str, Reaction], payload: Mapping[str, Any]
) -> None:
    """React to an event on which the consumer failed before; the payload is that of its job.

    Raises:
        GiveUp: there is no such consumer.
    """
    name, place = payload["consumer"], payload["place"]
    if name not in consumers:
        raise GiveUp(f"Nothing here consumes events as {name!r}.")

    async def work(turn: Turn) -> None:
        event = await event_at(turn.session, place)
        if event is not None and await first_time(turn, f"{name} {place}"):
            await _react(turn, consumers[name], event)

    await workspace.write(SYSTEM, work)


async def _anything(workspace: Workspace, name: str) -> bool:
    """Looked up outside of a transaction, so that an idle consumer disturbs no writer."""
    async with workspace.database.reading() as session:
        place = await cursor_of(session, name)
        return place is None or place < await last_place(session)


async def _batch(workspace: Workspace, name: str, reaction: Reaction) -> int:
    async def work(turn: Turn) -> int:
        events = await _next(turn, name, BATCH)
        for event in events:
            await _react(turn, reaction, event)
        return len(events)

    try:
        return await workspace.write(SYSTEM, work)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - the one that failed is found, and said, one by one
        return await _one_by_one(workspace, name, reaction)


async def _one_by_one(workspace: Workspace, name: str, reaction: Reaction) -> int:
    async def one(turn: Turn) -> int:
        events = await _next(turn, name, 1)
        for event in events:
            await _react(turn, reaction, event)
        return len(events)

    async def put_off(turn: Turn) -> int:
        events = await _next(turn, name, 1)
        for event in events:
            payload = {"consumer": name, "place": event.place}
            await defer(turn.session, Job("reaction", payload, f"{name} {event.place}"), turn.now)
        return len(events)

    count = 0
    while count < BATCH:
        try:
            given = await workspace.write(SYSTEM, one)
        except Unavailable:
            raise
        except Exception:  # noqa: BLE001 - one bad reaction must not hold up the others; the job tells
            _log.exception("%s failed on an event; it is tried again as a job.", name)
            given = await workspace.write(SYSTEM, put_off)
        if not given:
            break
        count += given
    return count


async def _next(turn: Turn, name: str, limit: int) -> Sequence[Event]:
    """The next events, with the cursor moved behind them."""
    place = await hold_cursor(turn.session, name)
    events = await events_after(turn.session, place, limit)
    if events:
        await move_cursor(turn.session, name, events[-1].place)
    return events


async def _react(turn: Turn, reaction: Reaction, event: Event) -> None:
    if event.depth >= DEEPEST:
        _log.warning("Event %d came of %d reactions in a row; nobody reacts to it.", event.id, event.depth)
        return
    cause = Cause(event.id, event.depth + 1)
    await reaction(replace(turn, actor=replace(turn.actor, cause=cause)), event)
