"""Sessions of browsers. The database holds digests only: who reads it cannot take a session over."""

from datetime import datetime

from guanxi.storage.session import Session


async def add_session(
    session: Session, digest: str, user_id: int, now: datetime, expires_at: datetime
) -> int:
    """Begin a session and return its id; it ends at `expires_at` at the latest."""
    sql = (
        "INSERT INTO g_session (digest, user_id, created_at, seen_at, expires_at) "
        "VALUES ($1, $2, $3, $3, $4) RETURNING id"
    )
    return int(await session.value(sql, digest, user_id, now, expires_at))


async def touch_session(session: Session, session_id: int, now: datetime) -> None:
    """Note that the session is in use."""
    await session.execute("UPDATE g_session SET seen_at = $2 WHERE id = $1", session_id, now)


async def end_session(session: Session, session_id: int) -> None:
    """End one session."""
    await session.execute("DELETE FROM g_session WHERE id = $1", session_id)


async def end_sessions_of(session: Session, user_id: int) -> None:
    """End every session of a person."""
    await session.execute("DELETE FROM g_session WHERE user_id = $1", user_id)


async def clear_sessions(session: Session, *, now: datetime, idle_since: datetime) -> int:
    """Forget sessions that ended or were not seen since; return how many."""
    sql = "DELETE FROM g_session WHERE expires_at <= $1 OR seen_at <= $2"
    return await session.execute(sql, now, idle_since)
