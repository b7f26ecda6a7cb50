"""Beginning a session: what signing in and a one-time link end with."""

from dataclasses import dataclass

from guanxi.commands.actor import Actor
from guanxi.commands.people.acting import actor_of
from guanxi.commands.people.secrets import SECRET_BYTES, SESSION_LENGTH, digest
from guanxi.commands.workspace import Workspace
from guanxi.errors import N_, Unauthenticated
from guanxi.storage.identities import of_user
from guanxi.storage.session import Session
from guanxi.storage.sessions import add_session

WRONG = N_("The e-mail address and the password do not belong together.")


@dataclass(frozen=True, slots=True)
class SessionGrant:
    """A new session: the secret for the cookie, and whose it is."""

    token: str
    actor: Actor


async def begin_session(workspace: Workspace, session: Session, user_id: int) -> SessionGrant:
    """A session with a secret of its own, whatever the browser held before.

    Raises:
        Unauthenticated: the person was made inactive in the meantime.
    """
    identity = await of_user(session, user_id)
    if identity is None:
        raise Unauthenticated(WRONG)
    token, now = workspace.clock.token(SECRET_BYTES), workspace.clock.now()
    await add_session(session, digest(token), user_id, now, now + SESSION_LENGTH)
    return SessionGrant(token, actor_of(identity, "page"))
