"""Rename a saved view, change what it holds or with whom it is shared."""

from dataclasses import replace

from guanxi.commands.actor import Actor
from guanxi.commands.lists.views import ListView, own_view, refuse_view, shown, taken
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.list_views import Query, views_for
from guanxi.storage.list_views import change_view as keep


async def change_view(
    workspace: Workspace, actor: Actor, view_id: int, label: str, query: Query, role: str | None = None
) -> ListView:
    """Keep a view as it is now. Raises NotFound, Forbidden, or Invalid with every problem."""

    async def work(turn: Turn) -> ListView:
        view = await own_view(turn, view_id)
        changed = replace(view, label=label.strip(), query=query, role=role)
        refuse_view(turn, changed.label, role, query, view.role)
        known = await views_for(turn.session, view.entity, view.user_id, ())
        if any(one.label == changed.label and one.id != view.id for one in known):
            raise taken()
        await keep(turn.session, changed)
        return shown(turn, changed)

    return await workspace.write(actor, work)
