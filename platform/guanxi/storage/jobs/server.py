"""Jobs on PostgreSQL: procrastinate's worker takes them.

Its connections are its own (psycopg), beside the pool of the commands.
"""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

import psycopg
from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as QueuedJob
from procrastinate.jobs import Status

from guanxi.errors import Unavailable
from guanxi.storage.address import PostgresAddress
from guanxi.storage.jobs.job import Attempt, Died, Handler, Work
from guanxi.storage.jobs.queueing import QUEUE

GRACE = 10.0
"""Seconds that jobs at work get when the process is told to stop."""
_TAKEN = "UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = %(id)s AND queueing_lock IS NOT NULL"
_REASON = (
    "INSERT INTO g_job_error (job_id, attempts, error, at) VALUES (%(id)s, %(attempts)s, %(error)s, now()) "
    "ON CONFLICT (job_id) DO UPDATE SET attempts = excluded.attempts, error = excluded.error, "
    "at = excluded.at"
)

# Outcomes are said by whoever runs the attempt, once and without a traceback for each try.
logging.getLogger("procrastinate.worker").setLevel(logging.CRITICAL)


async def run_on_server(
    address: PostgresAddress, work: Work, attempt: Handler, stopping: asyncio.Event
) -> None:
    """See `running.run_jobs`."""
    try:
        async with _app(address, work, attempt).open_async() as app:
            await _until(stopping, app, work)
    except* (psycopg.OperationalError, ConnectorException) as lost:
        raise Unavailable(f"The jobs lost the database: {lost.exceptions[0]}") from lost


def _app(address: PostgresAddress, work: Work, attempt: Handler) -> App:
    login = {**address.credentials(), "dbname": address.database}
    del login["database"]
    connector = PsycopgConnector(
        kwargs={name: value for name, value in login.items() if value is not None},
        min_size=1,
        max_size=work.at_once + 2,
        timeout=10,
    )
    app = App(connector=connector)
    for name in work.handlers:
        app.task(name=name, pass_context=True, retry=_Again(work))(_task(app, attempt))
    return app


def _task(app: App, attempt: Handler):  # type: ignore[no-untyped-def] # noqa: ANN202 - the library's business
    async def run(context: JobContext, **payload: object) -> None:
        job = context.job
        # A waiting job of the same key may come now; without this, trying this one again would collide.
        await app.connector.execute_query_async(_TAKEN, id=job.id)
        await attempt(Attempt(job.id or 0, job.task_name, payload, job.attempts + 1))

    return run


class _Again(BaseRetryStrategy):
    """The workspace's policy, in procrastinate's words."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> RetryDecision | None:
        """See `BaseRetryStrategy`."""
        wait = self._work.again(job.attempts + 1, exception)
        return None if wait is None else RetryDecision(retry_at=self._work.now() + wait)


async def _until(stopping: asyncio.Event, app: App, work: Work) -> None:
    """The worker, and beside it who takes over from dead ones; whichever fails ends both."""
    async with asyncio.TaskGroup() as group:
        worker = group.create_task(
            app.run_worker_async(
                queues=[QUEUE],
                concurrency=work.at_once,
                install_signal_handlers=False,
                fetch_job_polling_interval=work.pause.total_seconds(),
                shutdown_graceful_timeout=GRACE,
                delete_jobs="successful",
                update_heartbeat_interval=work.lease.total_seconds() / 3,
                stalled_worker_timeout=work.lease.total_seconds(),
            )
        )
        rescuer = group.create_task(_rescue(app, work))
        waiting = group.create_task(stopping.wait())
        await asyncio.wait({worker, rescuer, waiting}, return_when=asyncio.FIRST_COMPLETED)
        for task in (worker, rescuer, waiting):
            task.cancel()
    with suppress(asyncio.CancelledError):
        await worker


async def _rescue(app: App, work: Work) -> None:
    """Put jobs whose worker died back, or keep them as failed when they were tried often enough."""
    while True:
        stalled = await app.job_manager.get_stalled_jobs(
            queue=QUEUE, seconds_since_heartbeat=work.lease.total_seconds()
        )
        for job in stalled:
            died = Died("The process that did it died.")
            if work.again(job.attempts + 1, died) is not None:
                await app.job_manager.retry_job(job, retry_at=work.now() - timedelta(seconds=1))
                continue
            await app.connector.execute_query_async(
                _REASON, id=job.id, attempts=job.attempts + 1, error=str(died)
            )
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        await asyncio.sleep(work.lease.total_seconds() / 3)
