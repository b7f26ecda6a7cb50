"""Count what a person has not read."""

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.notifications import count_unread


async def unread_count(workspace: Workspace, actor: Actor) -> int:
    """How many notifications the actor has not read."""

    async def work(turn: Turn) -> int:
        return await count_unread(turn.session, actor.user_id or 0)

    return await workspace.read(actor, work)
