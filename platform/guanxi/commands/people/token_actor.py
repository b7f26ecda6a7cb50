"""Who is behind an API token."""

from guanxi.commands.actor import Actor
from guanxi.commands.people.acting import actor_of
from guanxi.commands.people.secrets import TOKEN_PREFIX, digest, plausible
from guanxi.commands.workspace import Workspace
from guanxi.storage.identities import of_token


async def token_actor(workspace: Workspace, token: str) -> Actor | None:
    """The person of a token that is valid now, with the rights held now, else None."""
    if not (token.startswith(TOKEN_PREFIX) and plausible(token)):
        return None
    async with workspace.database.reading() as session:
        identity = await of_token(session, digest(token), now=workspace.clock.now())
    return actor_of(identity, "api") if identity is not None else None
