"""`guanxi work`, `tick` and `jobs`: what goes on beside requests, in a process of its own or by hand."""

import asyncio
import signal
from datetime import datetime

import click

from guanxi.cli.running import OPERATOR, run
from guanxi.clock import FixedClock
from guanxi.commands.events.consume_events import consume_events
from guanxi.commands.jobs.list_jobs import JobsView, list_jobs
from guanxi.commands.timers.tick import tick as fire
from guanxi.commands.upkeep.seal_audit import seal_audit
from guanxi.commands.workspace import Workspace
from guanxi.worker import beside
from guanxi.worker.registry import CONSUMERS, TIMERS


@click.command()
def work() -> None:
    """Fire timers, pass events on and do jobs, without serving pages.

    `guanxi serve` does so as well; with PostgreSQL any number of processes may do it beside.
    """

    async def until_told(workspace: Workspace) -> None:
        await workspace.live()
        told = asyncio.Event()
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, told.set)
        async with beside(workspace):
            click.echo("Working. Stop with Ctrl+C.")
            await told.wait()

    run(until_told)


def _moment(_context: click.Context, _option: click.Parameter, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.BadParameter("write a moment with its offset, such as 2026-12-01T09:00:00+08:00.")
    return moment


@click.command()
@click.option(
    "--now",
    default=None,
    callback=_moment,
    metavar="MOMENT",
    help="Fire what is due by this moment; default: by now.",
)
def tick(now: datetime | None) -> None:
    """Fire the timers that are due and pass on what happened, once.

    With --now everything is done as if that moment had come: for tests, and to see what a process would do.
    """

    async def once(workspace: Workspace) -> tuple[int, int]:
        at = now or workspace.clock.now()
        told = workspace if now is None else _at(workspace, at)
        fired = await fire(told, TIMERS, at)
        await seal_audit(told)
        return fired, await consume_events(told, CONSUMERS)

    fired, passed = run(once)
    click.echo(f"Timers fired: {fired}. Events passed on: {passed}.")


def _at(workspace: Workspace, moment: datetime) -> Workspace:
    return Workspace(workspace.database, FixedClock(moment, str(moment)), workspace.settings)


@click.command()
def jobs() -> None:
    """Show how many jobs wait, and those that failed."""

    async def look(workspace: Workspace) -> JobsView:
        return await list_jobs(workspace, OPERATOR)

    view = run(look)
    click.echo(f"Waiting: {view.waiting}. Failed: {len(view.failed)}.")
    for job in view.failed:
        at = f"{job.at:%Y-%m-%d %H:%M}" if job.at else ""
        click.echo(f"{job.id}  {job.name}  {at}  after {job.attempts} attempts: {job.error}")
