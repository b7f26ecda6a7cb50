"""List the jobs that failed."""

from dataclasses import dataclass

from guanxi.commands.actor import Actor
from guanxi.commands.jobs.rights import require_process
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.jobs import FailedJob, count_waiting_jobs, failed_jobs


@dataclass(frozen=True, slots=True)
class JobsView:
    """How many jobs wait, and those that failed, newest first."""

    waiting: int
    failed: list[FailedJob]


async def list_jobs(workspace: Workspace, actor: Actor, limit: int = 100) -> JobsView:
    """The jobs that wait for an administrator.

    Raises:
        Forbidden: the actor may not administer processes.
    """

    async def work(turn: Turn) -> JobsView:
        require_process(turn)
        return JobsView(await count_waiting_jobs(turn.session), await failed_jobs(turn.session, limit))

    return await workspace.read(actor, work)
