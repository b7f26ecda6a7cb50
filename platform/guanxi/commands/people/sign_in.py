"""Sign in with e-mail address and password."""

from guanxi.commands.people.passwords import matches
from guanxi.commands.people.session_grant import WRONG, SessionGrant, begin_session
from guanxi.commands.people.throttling import WINDOW, keys_of, pair_key, seconds_to_wait
from guanxi.commands.workspace import Workspace
from guanxi.errors import N_, TooManyRequests, Unauthenticated
from guanxi.storage.credentials import find_credential
from guanxi.storage.sign_in_attempts import count_failure, forget, forgive, lock_attempts

TOO_MANY = N_("Too many attempts. Try again in {seconds} seconds.")
_LONGEST = 200


async def sign_in(workspace: Workspace, email: str, password: str, address: str) -> SessionGrant:
    """Begin a session.

    An unknown address, a person without password and a wrong password get the same answer after the
    same time.

    Raises:
        TooManyRequests: too many failures of this account or from this address; says how long to wait.
        Unauthenticated: the two do not belong together.
    """
    email = email.strip()[:_LONGEST]
    keys = keys_of(email, address)
    await _count_in_advance(workspace, keys)
    async with workspace.database.reading() as session:
        credential = await find_credential(session, email)
    if not await matches(credential.password_hash if credential else None, password) or credential is None:
        raise Unauthenticated(WRONG)
    async with workspace.database.transaction() as session:
        await forgive(session, keys)
        await forget(session, pair_key(keys))
        return await begin_session(workspace, session, credential.user_id)


async def _count_in_advance(workspace: Workspace, keys: tuple[str, ...]) -> None:
    """Count the try as a failure before it is made, so that many at once are not all let through."""
    now = workspace.clock.now()
    async with workspace.database.transaction() as session:
        wait = seconds_to_wait(await lock_attempts(session, keys, now, now - WINDOW), now)
        if not wait:
            await count_failure(session, keys, now, now - WINDOW)
    if wait:
        raise TooManyRequests(TOO_MANY(seconds=wait), retry_after=wait)
