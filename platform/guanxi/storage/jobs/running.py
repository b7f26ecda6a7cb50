"""Running jobs as long as the process lives, on whichever database it is."""

import asyncio
import logging

from guanxi.errors import GuanxiError
from guanxi.storage.address import PostgresAddress
from guanxi.storage.database import Database
from guanxi.storage.jobs.embedded import run_embedded
from guanxi.storage.jobs.failures import forget_error, note_error
from guanxi.storage.jobs.job import Attempt, GiveUp, Work
from guanxi.storage.jobs.server import run_on_server

_log = logging.getLogger("guanxi.jobs")


async def run_jobs(database: Database, work: Work, stopping: asyncio.Event) -> None:
    """Take jobs that are due and do them, until `stopping` is set; those at work are finished first.

    Raises:
        Unavailable: the database cannot be had; call it again.
    """

    async def attempt(one: Attempt) -> None:
        await _attempt(database, work, one)

    if isinstance(database.address, PostgresAddress):
        await run_on_server(database.address, work, attempt, stopping)
    else:
        await run_embedded(database, work, attempt, stopping)


async def _attempt(database: Database, work: Work, attempt: Attempt) -> None:
    handler = work.handlers.get(attempt.name, _unknown)
    try:
        await handler(attempt)
    except Exception as error:
        said = f"{type(error).__name__}: {error}" if not isinstance(error, GuanxiError) else str(error)
        # What we refuse on purpose says enough by itself; a mistake of ours needs its place.
        _log.warning(
            "Job %d (%s), attempt %d: %s",
            attempt.id,
            attempt.name,
            attempt.number,
            said,
            exc_info=None if isinstance(error, GuanxiError) else error,
        )
        async with database.transaction() as session:
            await note_error(session, attempt.id, attempt.number, said, work.now())
        raise
    if attempt.number > 1:
        async with database.transaction() as session:
            await forget_error(session, attempt.id)


async def _unknown(attempt: Attempt) -> None:
    raise GiveUp(f"Nothing here does jobs called {attempt.name!r}.")
