"""Remarks about an instance, and the copies of it that people were sent."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.storage.moments import moment
from guanxi.storage.session import Session


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark at a step: `people` are mentioned, `files` attached; both are ids."""

    id: int
    step: str
    by: int
    at: datetime
    text: str
    people: tuple[int, ...]
    files: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A person who was sent a copy."""

    user_id: int
    step: str
    by: int
    at: datetime


async def add_comment(session: Session, instance_id: int, comment: Comment) -> int:
    """Keep a remark and return its id (the one that it carries is not used)."""
    id_: int = await session.value(
        'INSERT INTO g_comment (instance_id, step, "by", at, text, people, files) '
        "VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        instance_id,
        comment.step,
        comment.by,
        comment.at,
        comment.text,
        json.dumps(comment.people),
        json.dumps(comment.files),
    )
    return id_


async def comments_of(session: Session, instance_id: int) -> Sequence[Comment]:
    """The remarks about an instance, the oldest first."""
    rows = await session.fetch(
        'SELECT id, step, "by", at, text, people, files FROM g_comment WHERE instance_id = $1 ORDER BY id',
        instance_id,
    )
    return [
        Comment(
            row["id"],
            row["step"],
            row["by"],
            moment(row["at"]),
            row["text"],
            tuple(json.loads(row["people"])),
            tuple(json.loads(row["files"])),
        )
        for row in rows
    ]


async def add_copies(session: Session, instance_id: int, people: Collection[int], copy: Copy) -> list[int]:
    """Note whom a copy was sent (`copy` says by whom, when and where); returns those who had none before."""
    new = []
    for person in sorted(set(people)):
        count = await session.execute(
            'INSERT INTO g_copy (instance_id, user_id, step, "by", at) VALUES ($1, $2, $3, $4, $5) '
            "ON CONFLICT (instance_id, user_id) DO NOTHING",
            instance_id,
            person,
            copy.step,
            copy.by,
            copy.at,
        )
        if count:
            new.append(person)
    return new


async def copies_of(session: Session, instance_id: int) -> Sequence[Copy]:
    """Who was sent a copy of an instance, in order."""
    sql = 'SELECT user_id, step, "by", at FROM g_copy WHERE instance_id = $1 ORDER BY id'
    rows = await session.fetch(sql, instance_id)
    return [Copy(row["user_id"], row["step"], row["by"], moment(row["at"])) for row in rows]


async def has_copy(session: Session, instance_id: int, user_id: int | None) -> bool:
    """Whether the person was sent a copy of the instance."""
    sql = "SELECT 1 FROM g_copy WHERE instance_id = $1 AND user_id = $2"
    return await session.value(sql, instance_id, user_id) is not None
