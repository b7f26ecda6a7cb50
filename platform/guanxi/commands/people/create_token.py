"""Make an API token."""

from datetime import timedelta

from guanxi.commands.actor import Actor
from guanxi.commands.people.rights import require_people
from guanxi.commands.people.secrets import SECRET_BYTES, TOKEN_PREFIX, digest
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, NotFound
from guanxi.storage.credentials import add_token
from guanxi.storage.identities import of_user

NOBODY = N_("There is no active person with this id.")


async def create_token(workspace: Workspace, actor: Actor, user_id: int, label: str, days: int) -> str:
    """Make a token with which a program acts as the person for a number of days; it is shown this once.

    Raises:
        Forbidden: the actor may not manage people, and it is not their own.
        NotFound: no such person, or not active.
    """

    async def work(turn: Turn) -> str:
        if user_id != actor.user_id:
            require_people(turn)
        if await of_user(turn.session, user_id) is None:
            raise NotFound(NOBODY)
        secret = TOKEN_PREFIX + workspace.clock.token(SECRET_BYTES)
        await add_token(
            turn.session, digest(secret), user_id, label, turn.now, turn.now + timedelta(days=days)
        )
        return secret

    return await workspace.write(actor, work)
