"""What people are told in the application."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.moments import moment
from guanxi.storage.session import Session

_TELL = (
    "INSERT INTO g_notification (user_id, key, at, title, body, href) VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (user_id, key) DO NOTHING RETURNING user_id"
)


@dataclass(frozen=True, slots=True)
class Notification:
    """Something a person was told; `href` is the page that shows more, within the application."""

    id: int
    at: datetime
    title: str
    body: str
    href: str
    read: bool


@dataclass(frozen=True, slots=True)
class Recipient:
    """An active person who is told something, with the language tag of the person."""

    user_id: int
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is told, in the language of the person; `key` names the occasion."""

    user_id: int
    key: str
    title: str
    body: str
    href: str


async def recipients(session: Session, ids: Collection[int]) -> list[Recipient]:
    """The active people among these."""
    if not ids:
        return []
    rows = await session.fetch(
        f"SELECT id, name, email, locale FROM e_user WHERE active AND {in_ids('id', '$1', session.dialect)} "
        "ORDER BY id",
        id_list(sorted(ids), session.dialect),
    )
    return [
        Recipient(row["id"], row["name"] or "", row["email"] or "", row["locale"] or "en") for row in rows
    ]


async def add_notifications(session: Session, at: datetime, told: Sequence[Told]) -> list[bool]:
    """Tell people; whether it is new to each: the same key is told once."""
    rows = await session.batch(
        [(_TELL, (one.user_id, one.key, at, one.title[:300], one.body, one.href[:500])) for one in told]
    )
    return [len(one) == 1 for one in rows]


async def notifications_of(session: Session, user_id: int, limit: int) -> list[Notification]:
    """What a person was told, newest first."""
    rows = await session.fetch(
        "SELECT id, at, title, body, href, read_at FROM g_notification WHERE user_id = $1 "
        "ORDER BY id DESC LIMIT $2",
        user_id,
        limit,
    )
    return [
        Notification(
            row["id"], moment(row["at"]), row["title"], row["body"], row["href"], row["read_at"] is not None
        )
        for row in rows
    ]


async def count_unread(session: Session, user_id: int) -> int:
    """How many of them the person has not read."""
    count: int = await session.value(
        "SELECT count(*) FROM g_notification WHERE user_id = $1 AND read_at IS NULL", user_id
    )
    return count


async def mark_read(session: Session, user_id: int, now: datetime, notification_id: int | None) -> int:
    """Mark one as read, or all; how many were unread."""
    sql = "UPDATE g_notification SET read_at = $1 WHERE user_id = $2 AND read_at IS NULL"
    if notification_id is None:
        return await session.execute(sql, now, user_id)
    return await session.execute(f"{sql} AND id = $3", now, user_id, notification_id)


async def forget_notifications(session: Session, before: datetime) -> int:
    """Forget what was read before a moment; returns how many."""
    return await session.execute("DELETE FROM g_notification WHERE read_at < $1", before)
