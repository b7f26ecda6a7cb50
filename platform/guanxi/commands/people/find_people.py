"""Find a person or a team as somebody at a command line names them."""

from guanxi.commands.actor import Actor
from guanxi.commands.people.rights import require_people
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Conflict, NotFound
from guanxi.storage.role_members import find_team_ids, find_user_ids

NOBODY = N_("There is no active person called “{name}”. Give the name or the e-mail address.")
SEVERAL = N_("Several people are called “{name}”. Give the e-mail address.")
NO_TEAM = N_("There is no team called “{name}”.")


async def find_person(workspace: Workspace, actor: Actor, name: str) -> int:
    """The id of the active person with this name or e-mail address.

    Raises:
        Forbidden: the actor may not manage people.
        NotFound: there is none.
        Conflict: there are several.
    """

    async def work(turn: Turn) -> int:
        require_people(turn)
        ids = await find_user_ids(turn.session, name.strip())
        if not ids:
            raise NotFound(NOBODY(name=name))
        if len(ids) > 1:
            raise Conflict(SEVERAL(name=name))
        return ids[0]

    return await workspace.read(actor, work)


async def find_team(workspace: Workspace, actor: Actor, name: str) -> int:
    """The id of the team of this name.

    Raises:
        Forbidden: the actor may not manage people.
        NotFound: there is none.
    """

    async def work(turn: Turn) -> int:
        require_people(turn)
        ids = await find_team_ids(turn.session, name.strip())
        if not ids:
            raise NotFound(NO_TEAM(name=name))
        return ids[0]

    return await workspace.read(actor, work)
