"""How often signing in was tried lately without success, by key (an account, an address, or both)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guanxi.storage.session import Session


@dataclass(frozen=True, slots=True)
class Attempts:
    """Failures of one key without a long pause between them."""

    key: str
    failures: int
    last_failed_at: datetime


async def lock_attempts(
    session: Session, keys: Sequence[str], now: datetime, since: datetime
) -> list[Attempts]:
    """The failures of the keys, which nobody else reads or counts until the transaction ends.

    A key whose last failure lies before `since` starts anew.
    """
    # Writing a row unchanged locks it, even one that was not there; sorted, so nobody waits in a circle.
    sql = (
        "INSERT INTO g_sign_in_attempt (key, failures, last_failed_at) VALUES ($1, 0, $2) "
        "ON CONFLICT (key) DO UPDATE SET failures = g_sign_in_attempt.failures "
        "RETURNING key, failures, last_failed_at"
    )
    results = await session.batch([(sql, (key, now)) for key in sorted(keys)])
    found = [Attempts(row["key"], row["failures"], _moment(row["last_failed_at"])) for (row,) in results]
    return [attempts for attempts in found if attempts.last_failed_at > since]


async def count_failure(session: Session, keys: Sequence[str], now: datetime, since: datetime) -> None:
    """Count one failure for each key."""
    sql = (
        "INSERT INTO g_sign_in_attempt (key, failures, last_failed_at) VALUES ($1, 1, $2) "
        "ON CONFLICT (key) DO UPDATE SET last_failed_at = excluded.last_failed_at, "
        "failures = CASE WHEN g_sign_in_attempt.last_failed_at > $3 "
        "THEN g_sign_in_attempt.failures + 1 ELSE 1 END"
    )
    await session.batch([(sql, (key, now, since)) for key in sorted(keys)])


async def forgive(session: Session, keys: Sequence[str]) -> None:
    """Take one failure of each key back: the try that was counted in advance was right."""
    sql = "UPDATE g_sign_in_attempt SET failures = failures - 1 WHERE key = $1 AND failures > 0"
    await session.batch([(sql, (key,)) for key in sorted(keys)])


async def forget(session: Session, key: str) -> None:
    """Start a key anew."""
    await session.execute("DELETE FROM g_sign_in_attempt WHERE key = $1", key)


async def clear_attempts(session: Session, before: datetime) -> int:
    """Forget keys whose last failure lies before a moment; return how many."""
    return await session.execute("DELETE FROM g_sign_in_attempt WHERE last_failed_at <= $1", before)


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
