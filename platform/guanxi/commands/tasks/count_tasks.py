"""The number on the inbox badge."""

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.tasks import count_waiting


async def count_tasks(workspace: Workspace, actor: Actor) -> int:
    """How many tasks wait for the actor."""

    async def work(turn: Turn) -> int:
        return await count_waiting(turn.session, turn.actor.user_id or 0)

    return await workspace.read(actor, work)
