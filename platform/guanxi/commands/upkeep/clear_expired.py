"""Clear away what has expired."""

from datetime import timedelta

from guanxi.commands.people.secrets import SESSION_IDLE
from guanxi.commands.people.throttling import WINDOW
from guanxi.commands.workspace import Workspace
from guanxi.storage.credentials import clear_credentials
from guanxi.storage.deliveries import forget_deliveries
from guanxi.storage.files import forget_files
from guanxi.storage.idempotency import forget_before
from guanxi.storage.notifications import forget_notifications
from guanxi.storage.sessions import clear_sessions
from guanxi.storage.sign_in_attempts import clear_attempts

KEYS_KEPT = timedelta(days=1)
"""How long a repeated request with the same key is answered instead of carried out."""
ENDED_KEPT = timedelta(days=30)
"""How long links and tokens stay in the database after their end, for those who look into what happened."""

TOLD_KEPT = timedelta(days=90)
"""How long what was delivered, and what was read, can be looked up."""


UPLOADS_KEPT = timedelta(days=1)
"""How long an uploaded file waits for a record to be saved with it."""
LET_GO_KEPT = timedelta(days=90)
"""How long a file stays in the database after its record was given another or was deleted."""


async def clear_expired(workspace: Workspace) -> None:
    """Forget sessions, attempts, idempotency keys, links, tokens, messages and files past their time."""
    now = workspace.clock.now()
    async with workspace.database.transaction() as session:
        await clear_sessions(session, now=now, idle_since=now - SESSION_IDLE)
        await clear_attempts(session, now - WINDOW)
        await forget_before(session, now - KEYS_KEPT)
        await clear_credentials(session, now - ENDED_KEPT)
        await forget_deliveries(session, now - TOLD_KEPT)
        await forget_notifications(session, now - TOLD_KEPT)
        await forget_files(session, now - UPLOADS_KEPT, now - LET_GO_KEPT)
