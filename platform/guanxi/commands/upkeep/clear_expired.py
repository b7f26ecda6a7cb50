"""Clear away what has expired."""

from datetime import timedelta

from guanxi.commands.people.secrets import SESSION_IDLE
from guanxi.commands.people.throttling import WINDOW
from guanxi.commands.workspace import Workspace
from guanxi.storage.credentials import clear_credentials
from guanxi.storage.idempotency import forget_before
from guanxi.storage.sessions import clear_sessions
from guanxi.storage.sign_in_attempts import clear_attempts

KEYS_KEPT = timedelta(days=1)
"""How long a repeated request with the same key is answered instead of carried out."""
ENDED_KEPT = timedelta(days=30)
"""How long links and tokens stay in the database after their end, for those who look into what happened."""


async def clear_expired(workspace: Workspace) -> None:
    """Forget sessions, sign-in attempts, idempotency keys, links and tokens that no longer count."""
    now = workspace.clock.now()
    async with workspace.database.transaction() as session:
        await clear_sessions(session, now=now, idle_since=now - SESSION_IDLE)
        await clear_attempts(session, now - WINDOW)
        await forget_before(session, now - KEYS_KEPT)
        await clear_credentials(session, now - ENDED_KEPT)
