"""Choose a password with a one-time link."""

from guanxi.commands.people.passwords import check_strength, hash_password
from guanxi.commands.people.read_invitation import GONE
from guanxi.commands.people.secrets import digest
from guanxi.commands.people.session_grant import SessionGrant, begin_session
from guanxi.commands.workspace import Workspace
from guanxi.errors import Gone
from guanxi.storage.credentials import find_invitation, set_password, use_invitation
from guanxi.storage.sessions import end_sessions_of


async def accept_invitation(workspace: Workspace, token: str, password: str) -> SessionGrant:
    """Keep the password, use the link up, end the person's other sessions, and sign in.

    Raises:
        Gone: the link was used, has expired, or never was one.
        Invalid: the password is easy to guess; the link stays good.
    """
    now, kept = workspace.clock.now(), digest(token)
    async with workspace.database.reading() as session:
        invited = await find_invitation(session, kept, now)
    if invited is None:
        raise Gone(GONE)
    check_strength(password, invited.email)
    # Hashing takes long, so it is done before the transaction.
    password_hash = await hash_password(password)
    async with workspace.database.transaction() as session:
        if not await use_invitation(session, kept, now):
            raise Gone(GONE)
        await set_password(session, invited.user_id, password_hash, now)
        await end_sessions_of(session, invited.user_id)
        return await begin_session(workspace, session, invited.user_id)
