"""Mark notifications as read."""

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.notifications import mark_read


async def read_notifications(workspace: Workspace, actor: Actor, notification: int | None = None) -> int:
    """Mark one of the actor's notifications as read, or all; return how many were unread.

    One that is another person's, or is not there, is left alone: the answer is the same.
    """

    async def work(turn: Turn) -> int:
        return await mark_read(turn.session, actor.user_id or 0, turn.now, notification)

    return await workspace.write(actor, work)
