"""Open a task."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.showing import find_task, whole
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Turn, Workspace


async def read_task(workspace: Workspace, actor: Actor, id_: int) -> TaskView:
    """The task with its record and card; of a closed one, who decided. Raises NotFound."""

    async def work(turn: Turn) -> TaskView:
        return await whole(turn, await find_task(turn, id_))

    return await workspace.read(actor, work)
