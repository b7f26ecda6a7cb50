"""The saved views of a list."""

from guanxi.commands.actor import Actor
from guanxi.commands.lists.views import ListView, shown
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.list_views import views_for


async def list_views(workspace: Workspace, actor: Actor, entity: str) -> tuple[ListView, ...]:
    """The actor's own views of an entity's list, and those that are shared with a role of theirs."""

    async def work(turn: Turn) -> tuple[ListView, ...]:
        if actor.user_id is None:
            return ()
        views = await views_for(turn.session, entity, actor.user_id, actor.roles)
        return tuple(shown(turn, view) for view in views)

    return await workspace.read(actor, work)
