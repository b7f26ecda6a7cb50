"""Passwords (as hashes), one-time links to set them, and API tokens (as digests)."""

from dataclasses import dataclass
from datetime import datetime

from guanxi.storage.session import Session


@dataclass(frozen=True, slots=True)
class Credential:
    """An active person who tries to sign in; without a password `password_hash` is None."""

    user_id: int
    password_hash: str | None


async def find_credential(session: Session, email: str) -> Credential | None:
    """The active person with this e-mail address, however its letters are written."""
    sql = (
        "SELECT u.id, c.password_hash FROM e_user u LEFT JOIN g_credential c ON c.user_id = u.id "
        "WHERE lower(u.email) = lower($1) AND u.active ORDER BY u.email = $1 DESC, u.id LIMIT 1"
    )
    row = await session.fetchrow(sql, email)
    return Credential(row["id"], row["password_hash"]) if row else None


async def set_password(session: Session, user_id: int, password_hash: str, now: datetime) -> None:
    """Keep the hash of a person's password."""
    sql = (
        "INSERT INTO g_credential (user_id, password_hash, changed_at) VALUES ($1, $2, $3) "
        "ON CONFLICT (user_id) DO UPDATE "
        "SET password_hash = excluded.password_hash, changed_at = excluded.changed_at"
    )
    await session.execute(sql, user_id, password_hash, now)


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a one-time link is for."""

    user_id: int
    name: str
    email: str


async def add_invitation(
    session: Session, digest: str, user_id: int, now: datetime, expires_at: datetime
) -> None:
    """Keep a one-time link; earlier ones of the person stop working."""
    await session.execute(
        "UPDATE g_invitation SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL", user_id, now
    )
    sql = "INSERT INTO g_invitation (digest, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)"
    await session.execute(sql, digest, user_id, now, expires_at)


async def find_invitation(session: Session, digest: str, now: datetime) -> Invited | None:
    """Whom an unused, unexpired link is for."""
    sql = (
        "SELECT u.id, u.name, u.email FROM g_invitation i JOIN e_user u ON u.id = i.user_id "
        "WHERE i.digest = $1 AND i.used_at IS NULL AND i.expires_at > $2 AND u.active"
    )
    row = await session.fetchrow(sql, digest, now)
    return Invited(row["id"], row["name"], row["email"]) if row else None


async def use_invitation(session: Session, digest: str, now: datetime) -> bool:
    """Use a link up; False when somebody was faster."""
    sql = "UPDATE g_invitation SET used_at = $2 WHERE digest = $1 AND used_at IS NULL AND expires_at > $2"
    return await session.execute(sql, digest, now) == 1


async def add_token(
    session: Session, digest: str, user_id: int, label: str, now: datetime, expires_at: datetime
) -> None:
    """Keep an API token."""
    sql = (
        "INSERT INTO g_api_token (digest, user_id, label, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)"
    )
    await session.execute(sql, digest, user_id, label, now, expires_at)


async def clear_credentials(session: Session, before: datetime) -> None:
    """Forget links and tokens that ended before a moment."""
    await session.execute("DELETE FROM g_invitation WHERE expires_at <= $1", before)
    await session.execute("DELETE FROM g_api_token WHERE expires_at <= $1", before)
