"""Discard a job that failed."""

from guanxi.commands.actor import Actor
from guanxi.commands.audit import audit_upkeep
from guanxi.commands.jobs.rights import require_process
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, NotFound
from guanxi.storage.jobs import discard_failed

GONE = N_("This job is not among the failed ones any more. Reload the page.")


async def discard_job(workspace: Workspace, actor: Actor, job_id: int) -> None:
    """Throw it away: what it was to do is not done.

    Raises:
        Forbidden: the actor may not administer processes.
        NotFound: no failed job has this id.
    """

    async def work(turn: Turn) -> None:
        require_process(turn)
        if not await discard_failed(turn.session, job_id):
            raise NotFound(GONE)
        audit_upkeep(turn, "discard job", {"job": job_id})

    await workspace.write(actor, work)
