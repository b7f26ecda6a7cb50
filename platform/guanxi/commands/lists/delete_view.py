"""Remove a saved view of a list."""

from guanxi.commands.actor import Actor
from guanxi.commands.lists.views import ListView, own_view, shown
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.list_views import drop_view


async def delete_view(workspace: Workspace, actor: Actor, view_id: int) -> ListView:
    """Forget a view; no record is touched. Raises NotFound or Forbidden."""

    async def work(turn: Turn) -> ListView:
        view = await own_view(turn, view_id)
        await drop_view(turn.session, view.id)
        return shown(turn, view)

    return await workspace.write(actor, work)
