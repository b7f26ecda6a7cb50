"""List the people who may sign in."""

from guanxi.commands.actor import Actor
from guanxi.commands.people.rights import require_people
from guanxi.commands.people.user_records import user_entity, views_of
from guanxi.commands.people.views import UserView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.records import load
from guanxi.storage.role_members import all_user_ids


async def list_users(workspace: Workspace, actor: Actor) -> list[UserView]:
    """Everybody with roles, manager and team, by name.

    Raises:
        Forbidden: the actor may not manage people.
    """

    async def work(turn: Turn) -> list[UserView]:
        require_people(turn)
        entity = user_entity(turn)
        ids = await all_user_ids(turn.session)
        rows = await load(turn.session, turn.catalog, entity, ids, frozenset(entity.fields))
        return await views_of(turn, [rows[id_] for id_ in ids if id_ in rows])

    return await workspace.read(actor, work)
