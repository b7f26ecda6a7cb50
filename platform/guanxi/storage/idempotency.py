"""Requests carried out under a key: the same key again is answered, not done again."""

from dataclasses import dataclass
from datetime import datetime

from guanxi.storage.session import Session


@dataclass(frozen=True, slots=True)
class Done:
    """A request that was carried out: the digest of what was asked, and the id of what came of it."""

    request: str
    reply: str | None


async def claim(session: Session, user_id: int, key: str, request: str, now: datetime) -> Done | None:
    """Take a key, or say what was done under it. Waits for a transaction that holds the key at the moment."""
    taken = await session.value(
        "INSERT INTO g_idempotency (user_id, key, request, created_at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (user_id, key) DO NOTHING RETURNING id",
        user_id,
        key,
        request,
        now,
    )
    if taken is not None:
        return None
    row = await session.fetchrow(
        "SELECT request, reply FROM g_idempotency WHERE user_id = $1 AND key = $2", user_id, key
    )
    return Done(row["request"], row["reply"]) if row is not None else None


def answer(session: Session, user_id: int, key: str, reply: str) -> None:
    """Note what came of the request, together with the commit."""
    session.at_end("UPDATE g_idempotency SET reply = $1 WHERE user_id = $2 AND key = $3", reply, user_id, key)


async def forget_before(session: Session, moment: datetime) -> int:
    """Forget keys that nobody will send again; returns how many."""
    return await session.execute("DELETE FROM g_idempotency WHERE created_at < $1", moment)
