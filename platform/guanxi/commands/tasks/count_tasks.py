"""The number on the inbox badge."""

from guanxi.commands.actor import Actor
from guanxi.commands.views import TaskCounts
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.tasks import count_held, count_waiting


async def count_tasks(workspace: Workspace, actor: Actor) -> TaskCounts:
    """How many tasks wait for the actor: to decide, and for an administrator of processes to assign."""

    async def work(turn: Turn) -> TaskCounts:
        waiting = await count_waiting(turn.session, turn.actor.user_id or 0)
        held = await count_held(turn.session) if turn.actor.may(turn.catalog, "process") else 0
        return TaskCounts(waiting, held)

    return await workspace.read(actor, work)
