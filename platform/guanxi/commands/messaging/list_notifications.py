"""List what a person was told."""

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.notifications import Notification, notifications_of


async def list_notifications(workspace: Workspace, actor: Actor, limit: int = 100) -> list[Notification]:
    """What the actor was told, newest first; reading them changes nothing."""

    async def work(turn: Turn) -> list[Notification]:
        return await notifications_of(turn.session, actor.user_id or 0, limit)

    return await workspace.read(actor, work)
