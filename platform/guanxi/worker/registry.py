"""Who handles what: timers by the kind of their owner, events by consumer, jobs by name.

The tables are here, above the commands, so that what handles something may use all of them.
"""

from collections.abc import Mapping

from guanxi.commands.events.consume_events import Reaction, react_again
from guanxi.commands.timers.tick import TimerHandler, fire_again
from guanxi.commands.workspace import Workspace
from guanxi.storage.jobs.job import Attempt, Handler

TIMERS: Mapping[str, TimerHandler] = {}
CONSUMERS: Mapping[str, Reaction] = {}


def job_handlers(workspace: Workspace) -> Mapping[str, Handler]:
    """What does the jobs of a workspace."""

    async def timer(attempt: Attempt) -> None:
        await fire_again(workspace, TIMERS, attempt.payload)

    async def reaction(attempt: Attempt) -> None:
        await react_again(workspace, CONSUMERS, attempt.payload)

    return {"timer": timer, "reaction": reaction}
