"""List mails and webhooks, with how far they are."""

from dataclasses import dataclass

from guanxi.commands.actor import Actor
from guanxi.commands.jobs.rights import require_process
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.deliveries import Delivery, count_skipped, deliveries


@dataclass(frozen=True, slots=True)
class DeliveriesView:
    """The newest deliveries; how many mails were not sent for want of a mail account."""

    deliveries: list[Delivery]
    skipped: int
    mail_account: bool


async def list_deliveries(workspace: Workspace, actor: Actor, limit: int = 100) -> DeliveriesView:
    """What was sent, is on its way, or failed.

    Raises:
        Forbidden: the actor may not administer processes.
    """

    async def work(turn: Turn) -> DeliveriesView:
        require_process(turn)
        found = await deliveries(turn.session, limit)
        return DeliveriesView(found, await count_skipped(turn.session), workspace.settings.mail is not None)

    return await workspace.read(actor, work)
