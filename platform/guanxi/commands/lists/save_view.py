"""Save how somebody looks at a list."""

from guanxi.commands.actor import Actor
from guanxi.commands.lists.views import GONE, ListView, refuse_view, shown, taken
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import NotFound
from guanxi.storage.list_views import Query, StoredView, add_view, views_for


async def save_view(
    workspace: Workspace, actor: Actor, entity: str, label: str, query: Query, role: str | None = None
) -> ListView:
    """Keep the parameters of a list under a name, for the actor or for all who hold a role.

    Raises NotFound for an entity that is not for the actor, Invalid with every problem.
    """

    async def work(turn: Turn) -> ListView:
        if actor.user_id is None or entity not in turn.catalog.entities:
            raise NotFound(GONE)
        if not turn.access(entity).may("read"):
            raise NotFound(GONE)
        name = label.strip()
        refuse_view(turn, name, role, query)
        known = await views_for(turn.session, entity, actor.user_id, ())
        if any(one.label == name for one in known):
            raise taken()
        view = StoredView(0, entity, name, actor.user_id, role, query)
        id_ = await add_view(turn.session, view)
        return shown(turn, StoredView(id_, entity, name, actor.user_id, role, query))

    return await workspace.write(actor, work)
