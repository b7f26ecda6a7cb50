"""Running what is periodic, and the jobs, as long as the process serves.

A database that is away for a while is waited for. Anything else that a periodic work raises is a mistake that
nobody would see: the process ends, so that whoever started it sees it and starts it again. Jobs that fail are
kept, so they end no process.
"""

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from guanxi.commands.workspace import Workspace
from guanxi.errors import Unavailable
from guanxi.storage.jobs import Work, run_jobs
from guanxi.worker.backoff import again_by, chance_of
from guanxi.worker.periodic import PERIODIC, Periodic
from guanxi.worker.registry import job_handlers

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


def work_of(workspace: Workspace) -> Work:
    """How the jobs of a workspace are run."""
    clock = workspace.clock
    return Work(job_handlers(workspace), again_by(chance_of(clock)), clock.now)


@asynccontextmanager
async def beside(workspace: Workspace) -> AsyncIterator[None]:
    """Everything that goes on beside requests, as long as the block lasts."""
    async with working(workspace, work=work_of(workspace)):
        yield


@asynccontextmanager
async def working(
    workspace: Workspace,
    periodic: tuple[Periodic, ...] = PERIODIC,
    work: Work | None = None,
    on_mistake: Callable[[], None] = end_process,
) -> AsyncIterator[None]:
    """Works while the block lasts; what is at work when it ends is let finish its round.

    `work` says how jobs are run; without it none are.
    """
    stopping = asyncio.Event()
    rounds = [
        asyncio.create_task(_repeat(workspace, one, stopping, on_mistake), name=one.name) for one in periodic
    ]
    if work is not None:
        rounds.append(asyncio.create_task(_jobs(workspace, work, stopping, on_mistake), name="jobs"))
    try:
        yield
    finally:
        stopping.set()
        await asyncio.gather(*rounds)


async def _repeat(
    workspace: Workspace, one: Periodic, stopping: asyncio.Event, on_mistake: Callable[[], None]
) -> None:
    while not stopping.is_set():
        pause = one.every
        try:
            await one.run(workspace)
        except Unavailable as error:
            _log.warning("%s: %s; trying again.", one.name, error)
            pause = max(pause, _BACK_OFF)
        except Exception:  # noqa: BLE001 - whatever it was, the process must not go on without it
            _mistake(one.name, on_mistake)
            return
        await _wait(stopping, pause)


async def _jobs(
    workspace: Workspace, work: Work, stopping: asyncio.Event, on_mistake: Callable[[], None]
) -> None:
    broken = False
    while not (broken or stopping.is_set()):
        try:
            await run_jobs(workspace.database, work, stopping)
        except* Unavailable as away:
            _log.warning("The jobs: %s; trying again.", away.exceptions[0])
            await _wait(stopping, _BACK_OFF)
        except* Exception:  # noqa: BLE001 - whatever it was, the process must not go on without it
            _mistake("Running jobs", on_mistake)
            broken = True


def _mistake(name: str, on_mistake: Callable[[], None]) -> None:
    _log.critical("%s failed; the process ends and must be started again.", name, exc_info=True)
    on_mistake()


async def _wait(stopping: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
