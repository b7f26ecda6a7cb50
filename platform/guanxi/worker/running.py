"""Running the jobs as long as the process serves.

A database that is away for a while is waited for. Anything else that a job raises is a mistake that nobody
would see: the process ends, so that whoever started it sees it and starts it again.
"""

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from guanxi.commands.workspace import Workspace
from guanxi.errors import Unavailable
from guanxi.worker.jobs import JOBS, Job

GRACE = 3.0
"""Seconds that running requests get before the process ends."""
EXIT_CODE = 70
"""EX_SOFTWARE of sysexits."""
_BACK_OFF = 2.0

_log = logging.getLogger("guanxi.worker")


def end_process() -> None:
    """End the process in `GRACE` seconds, whatever holds it: an open driver would keep it for ever."""
    timer = threading.Timer(GRACE, os._exit, (EXIT_CODE,))
    timer.daemon = True
    timer.start()


@asynccontextmanager
async def working(
    workspace: Workspace, jobs: tuple[Job, ...] = JOBS, on_mistake: Callable[[], None] = end_process
) -> AsyncIterator[None]:
    """Runs the jobs while the block lasts; one that is at work when it ends is let finish its round."""
    stopping = asyncio.Event()
    rounds = [
        asyncio.create_task(_repeat(workspace, job, stopping, on_mistake), name=job.name) for job in jobs
    ]
    try:
        yield
    finally:
        stopping.set()
        await asyncio.gather(*rounds)


async def _repeat(
    workspace: Workspace, job: Job, stopping: asyncio.Event, on_mistake: Callable[[], None]
) -> None:
    while not stopping.is_set():
        pause = job.every
        try:
            await job.run(workspace)
        except Unavailable as error:
            _log.warning("%s: %s; trying again.", job.name, error)
            pause = max(pause, _BACK_OFF)
        except Exception:  # noqa: BLE001 - whatever it was, the process must not go on without the job
            _log.critical("%s failed; the process ends and must be started again.", job.name, exc_info=True)
            on_mistake()
            return
        await _wait(stopping, pause)


async def _wait(stopping: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
