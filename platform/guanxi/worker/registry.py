"""Who handles what: timers by the kind of their owner, events by consumer, jobs by name.

The tables are here, above the commands, so that what handles something may use all of them.
"""

from collections.abc import Mapping

from guanxi.commands.approvals.fire_timer import fire_timer
from guanxi.commands.approvals.happening import INSTANCE
from guanxi.commands.approvals.hear_event import hear_event
from guanxi.commands.approvals.leaving import LOOK_AGAIN
from guanxi.commands.approvals.look_again import look_again
from guanxi.commands.automations.begin_automation import begin_automation
from guanxi.commands.automations.beginning import BEGIN
from guanxi.commands.automations.following import DUE
from guanxi.commands.automations.hearing import HEAR
from guanxi.commands.automations.react import react
from guanxi.commands.automations.scheduling import SCHEDULE, SWEEP, fire_due, fire_schedule
from guanxi.commands.automations.sweep_records import sweep_records
from guanxi.commands.automations.tell_automation import tell_automation
from guanxi.commands.events.consume_events import Reaction, react_again
from guanxi.commands.messaging.calling import WEBHOOK
from guanxi.commands.messaging.deliver_mail import deliver_mail
from guanxi.commands.messaging.deliver_webhook import deliver_webhook
from guanxi.commands.messaging.telling import MAIL
from guanxi.commands.timers.tick import TimerHandler, fire_again
from guanxi.commands.workspace import Workspace
from guanxi.storage.jobs import Attempt, Handler
from guanxi.worker.backoff import MOST

TIMERS: Mapping[str, TimerHandler] = {
    INSTANCE: fire_timer,
    LOOK_AGAIN: look_again,
    SCHEDULE: fire_schedule,
    DUE: fire_due,
}
CONSUMERS: Mapping[str, Reaction] = {"instances": hear_event, "automations": react}


def job_handlers(workspace: Workspace) -> Mapping[str, Handler]:
    """What does the jobs of a workspace."""

    async def timer(attempt: Attempt) -> None:
        await fire_again(workspace, TIMERS, attempt.payload)

    async def reaction(attempt: Attempt) -> None:
        await react_again(workspace, CONSUMERS, attempt.payload)

    async def mail(attempt: Attempt) -> None:
        await deliver_mail(workspace, attempt.payload["delivery"], last=attempt.number >= MOST)

    async def webhook(attempt: Attempt) -> None:
        await deliver_webhook(workspace, attempt.payload["delivery"], last=attempt.number >= MOST)

    async def beginning(attempt: Attempt) -> None:
        await begin_automation(workspace, attempt.payload)

    async def hearing(attempt: Attempt) -> None:
        await tell_automation(workspace, attempt.payload)

    async def sweeping(attempt: Attempt) -> None:
        await sweep_records(workspace, attempt.payload)

    return {
        "timer": timer,
        "reaction": reaction,
        MAIL: mail,
        WEBHOOK: webhook,
        BEGIN: beginning,
        HEAR: hearing,
        SWEEP: sweeping,
    }
