"""Jobs of an embedded workspace: rows that a loop in each process takes under a lease."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import orjson

from guanxi.storage.database import Database
from guanxi.storage.jobs.failures import note_error
from guanxi.storage.jobs.job import Attempt, Died, Handler, Work
from guanxi.storage.session import Session

_DUE = "failed_at IS NULL AND run_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)"
_TAKE = (
    "UPDATE g_job SET attempts = attempts + 1, leased_until = $2, waiting_key = NULL "
    f"WHERE id = (SELECT id FROM g_job WHERE {_DUE} ORDER BY run_at, id LIMIT 1) "
    "RETURNING id, name, payload, attempts"
)
_MINE = "id = $1 AND attempts = $2 AND failed_at IS NULL"
"""Who was away for longer than the lease finds another attempt at work and leaves the row alone."""


async def run_embedded(database: Database, work: Work, attempt: Handler, stopping: asyncio.Event) -> None:
    """See `running.run_jobs`."""
    async with asyncio.TaskGroup() as group:
        for _ in range(work.at_once):
            group.create_task(_loop(database, work, attempt, stopping))


async def _loop(database: Database, work: Work, attempt: Handler, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        taken = await _take(database, work)
        if taken is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), work.pause.total_seconds())
            continue
        async with _leased(database, work, taken):
            failure = await _failure_of(attempt, taken)
        async with database.transaction() as session:
            await _finish(session, work, taken, failure)


async def _take(database: Database, work: Work) -> Attempt | None:
    """The next job, if any; looked up outside of a transaction, so that an idle loop disturbs no writer."""
    now = work.now()
    async with database.reading() as session:
        if await session.value(f"SELECT 1 FROM g_job WHERE {_DUE} LIMIT 1", now) is None:
            return None
    async with database.transaction() as session:
        row = await session.fetchrow(_TAKE, now, now + work.lease)
        if row is None:
            return None
        taken = Attempt(row["id"], row["name"], orjson.loads(row["payload"]), row["attempts"])
        died = Died("The process that did it died.")
        if taken.number > 1 and work.again(taken.number - 1, died) is None:
            await note_error(session, taken.id, taken.number - 1, str(died), now)
            await _finish(session, work, taken, died)
            return None
    return taken


async def _failure_of(attempt: Handler, taken: Attempt) -> Exception | None:
    try:
        await attempt(taken)
    except Exception as error:  # noqa: BLE001 - said by whoever ran it; here it decides what becomes of the job
        return error
    return None


async def _finish(session: Session, work: Work, taken: Attempt, failure: Exception | None) -> None:
    if failure is None:
        await session.execute(f"DELETE FROM g_job WHERE {_MINE}", taken.id, taken.number)
        return
    wait, now = work.again(taken.number, failure), work.now()
    if wait is None:
        sql = f"UPDATE g_job SET failed_at = $3, leased_until = NULL WHERE {_MINE}"
        await session.execute(sql, taken.id, taken.number, now)
    else:
        sql = f"UPDATE g_job SET run_at = $3, leased_until = NULL WHERE {_MINE}"
        await session.execute(sql, taken.id, taken.number, now + wait)


@asynccontextmanager
async def _leased(database: Database, work: Work, taken: Attempt) -> AsyncIterator[None]:
    """Keeps the lease while the block lasts."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(work.lease.total_seconds() / 3)
            async with database.transaction() as session:
                sql = f"UPDATE g_job SET leased_until = $3 WHERE {_MINE}"
                await session.execute(sql, taken.id, taken.number, work.now() + work.lease)

    keeping = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping
