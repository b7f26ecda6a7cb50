"""Fire the timers that are due."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from guanxi.commands.actor import SYSTEM
from guanxi.commands.once_only import first_time
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import Unavailable
from guanxi.storage.jobs import GiveUp, Job, defer
from guanxi.storage.timers import Timer, due_timers, take_timers

TimerHandler = Callable[[Turn, Timer], Awaitable[None]]
"""Does what is due, in the transaction in which the timer goes."""
CHUNK = 500
"""Timers that are looked up together."""
TOGETHER = 25
"""Timers that share a transaction."""

_log = logging.getLogger("guanxi.timers")


async def tick(workspace: Workspace, handlers: Mapping[str, TimerHandler], now: datetime) -> int:
    """Fire every timer that is due by `now`, the longest due first, and return how many.

    Each fires once, in the transaction in which it goes; a few share one, and where one of them fails each is
    done by itself. Handlers find `now` as the moment. One that fails becomes a job, which is tried again and
    in the end kept for an administrator, and holds up no other.
    Handlers set their next timer after `now`: one that is due is fired in the same tick.
    """
    fired = 0
    while True:
        async with workspace.database.reading() as session:
            ids = await due_timers(session, now, CHUNK)
        for begin in range(0, len(ids), TOGETHER):
            fired += await _fire(workspace, handlers, ids[begin : begin + TOGETHER], now)
        if len(ids) < CHUNK:
            return fired


async def fire_again(
    workspace: Workspace, handlers: Mapping[str, TimerHandler], payload: Mapping[str, Any]
) -> None:
    """Do what a timer that failed was for; the payload is that of its job.

    Raises:
        GiveUp: nobody handles timers of this owner.
    """
    due = datetime.fromisoformat(payload["due"])
    timer = Timer(payload["owner_kind"], payload["owner_id"], payload["key"], due)
    if timer.owner_kind not in handlers:
        raise GiveUp(f"Nothing here handles timers of {timer.owner_kind!r}.")

    async def work(turn: Turn) -> None:
        if await first_time(turn, f"timer {payload['timer']}"):
            await handlers[timer.owner_kind](turn, timer)

    await workspace.write(SYSTEM, work)


async def _fire(
    workspace: Workspace, handlers: Mapping[str, TimerHandler], ids: Sequence[int], now: datetime
) -> int:
    async def work(turn: Turn) -> int:
        at = replace(turn, now=now)
        taken = await take_timers(turn.session, ids, now)
        for _, timer in taken:
            await handlers[timer.owner_kind](at, timer)
        return len(taken)

    try:
        return await workspace.write(SYSTEM, work)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 - one bad timer must not hold up the others; the job tells
        if len(ids) == 1:
            _log.exception("A timer failed; it is tried again as a job.")
            return await _put_off(workspace, ids, now)
    return sum([await _fire(workspace, handlers, [one], now) for one in ids])


async def _put_off(workspace: Workspace, ids: Sequence[int], now: datetime) -> int:
    async def work(turn: Turn) -> int:
        for timer_id, timer in await take_timers(turn.session, ids, now):
            payload = {
                "timer": timer_id,
                "owner_kind": timer.owner_kind,
                "owner_id": timer.owner_id,
                "key": timer.key,
                "due": timer.due.isoformat(),
            }
            await defer(turn.session, Job("timer", payload, f"timer {timer_id}"), turn.now)
        return 0

    return await workspace.write(SYSTEM, work)
