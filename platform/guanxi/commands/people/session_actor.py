"""Who is behind a session cookie."""

from guanxi.commands.actor import Actor
from guanxi.commands.people.acting import actor_of
from guanxi.commands.people.secrets import SESSION_IDLE, SESSION_TOUCH, digest, plausible
from guanxi.commands.workspace import Workspace
from guanxi.storage.identities import of_session
from guanxi.storage.sessions import touch_session


async def session_actor(workspace: Workspace, token: str, *, touch: bool = True) -> Actor | None:
    """The person of a session that is neither over nor idle for too long, else None.

    With `touch` the session counts as used now.
    """
    if not plausible(token):
        return None
    now = workspace.clock.now()
    async with workspace.database.reading() as session:
        identity = await of_session(
            session,
            digest(token),
            now=now,
            idle_since=now - SESSION_IDLE,
            touched_since=now - SESSION_TOUCH,
        )
    if identity is None:
        return None
    if touch and identity.stale and identity.via is not None:
        async with workspace.database.transaction() as session:
            await touch_session(session, identity.via, now)
    return actor_of(identity, "page")
