"""Jobs that failed: why, and what an administrator makes of those that failed for good."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from guanxi.storage.moments import moment
from guanxi.storage.session import Session

LONGEST = 2000
_EMBEDDED = (
    "SELECT j.id, j.name, j.payload, j.attempts, e.error, j.failed_at AS at FROM g_job j "
    "LEFT JOIN g_job_error e ON e.job_id = j.id WHERE j.failed_at IS NOT NULL ORDER BY j.id DESC LIMIT $1"
)
_SERVER = (
    "SELECT j.id, j.task_name AS name, j.args::text AS payload, j.attempts, e.error, e.at "
    "FROM procrastinate_jobs j LEFT JOIN g_job_error e ON e.job_id = j.id "
    "WHERE j.status = 'failed' ORDER BY j.id DESC LIMIT $1"
)


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that is not tried again by itself."""

    id: int
    name: str
    payload: Mapping[str, Any]
    attempts: int
    error: str
    at: datetime | None


async def failed_jobs(session: Session, limit: int = 100) -> list[FailedJob]:
    """The jobs that failed for good, newest first."""
    rows = await session.fetch(_EMBEDDED if session.dialect == "sqlite" else _SERVER, limit)
    return [
        FailedJob(
            row["id"],
            row["name"],
            orjson.loads(row["payload"]),
            row["attempts"],
            row["error"] or "",
            moment(row["at"]) if row["at"] is not None else None,
        )
        for row in rows
    ]


async def count_failed(session: Session) -> int:
    """How many jobs failed for good."""
    table, failed = _failed(session)
    count: int = await session.value(f"SELECT count(*) FROM {table} WHERE {failed}")
    return count


async def retry_failed(session: Session, job_id: int, now: datetime) -> bool:
    """Try a failed job again, with all its attempts; whether there was one."""
    if session.dialect == "sqlite":
        sql = (
            "UPDATE g_job SET failed_at = NULL, leased_until = NULL, attempts = 0, run_at = $1 "
            "WHERE id = $2 AND failed_at IS NOT NULL"
        )
    else:
        sql = (
            "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = $1, "
            "worker_id = NULL WHERE id = $2 AND status = 'failed'"
        )
    return await session.execute(sql, now, job_id) == 1


async def discard_failed(session: Session, job_id: int) -> bool:
    """Throw a failed job away; whether there was one."""
    table, failed = _failed(session)
    gone = await session.execute(f"DELETE FROM {table} WHERE id = $1 AND {failed}", job_id) == 1
    if gone:
        await forget_error(session, job_id)
    return gone


async def note_error(session: Session, job_id: int, attempts: int, error: str, now: datetime) -> None:
    """Keep why a job failed."""
    await session.execute(
        "INSERT INTO g_job_error (job_id, attempts, error, at) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (job_id) DO UPDATE SET attempts = excluded.attempts, error = excluded.error, "
        "at = excluded.at",
        job_id,
        attempts,
        error[:LONGEST],
        now,
    )


async def forget_error(session: Session, job_id: int) -> None:
    """The job worked in the end, or is gone."""
    await session.execute("DELETE FROM g_job_error WHERE job_id = $1", job_id)


def _failed(session: Session) -> tuple[str, str]:
    if session.dialect == "sqlite":
        return "g_job", "failed_at IS NOT NULL"
    return "procrastinate_jobs", "status = 'failed'"
