"""Deferring jobs inside the caller's transaction."""

from datetime import datetime

import orjson

from guanxi.storage.faults import ConstraintBroken
from guanxi.storage.jobs.job import Job
from guanxi.storage.session import Session

QUEUE = "guanxi"
_EMBEDDED = (
    "INSERT INTO g_job (name, payload, waiting_key, run_at, attempts) VALUES ($1, $2, $3, $4, 0) "
    "ON CONFLICT (waiting_key) DO NOTHING"
)
_SERVER = (
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW($1::varchar, $2::varchar, 0, NULL, $3::text, $4::jsonb, "
    "$5::timestamptz)::procrastinate_job_to_defer_v1])"
)


async def defer(session: Session, job: Job, now: datetime) -> None:
    """Have a job done after the transaction has committed; if it rolls back there is no job."""
    payload = orjson.dumps(dict(job.payload)).decode()
    if session.dialect == "sqlite":
        await session.execute(_EMBEDDED, job.name, payload, job.key, job.run_at or now)
        return
    if job.key is None:
        await session.fetch(_SERVER, QUEUE, job.name, None, payload, job.run_at)
        return
    # A key that waits already fails the statement, and with it everything since the savepoint.
    await session.execute("SAVEPOINT deferring")
    try:
        await session.fetch(_SERVER, QUEUE, job.name, job.key, payload, job.run_at)
    except ConstraintBroken:
        await session.execute("ROLLBACK TO SAVEPOINT deferring")
    await session.execute("RELEASE SAVEPOINT deferring")


async def count_waiting_jobs(session: Session) -> int:
    """How many jobs wait for their time or their turn."""
    if session.dialect == "sqlite":
        sql = "SELECT count(*) FROM g_job WHERE failed_at IS NULL AND leased_until IS NULL"
    else:
        sql = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
    count: int = await session.value(sql)
    return count
