"""One page of the inbox."""

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.showing import summaries
from guanxi.commands.views import TaskPage
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Forbidden, Invalid, Problem
from guanxi.storage.tasks import Box, tasks_in

__all__ = ["Box", "list_tasks"]

ONLY_ADMINISTRATORS = N_("Only process administrators see the tasks that nobody may decide.")
BAD_CURSOR = N_("This page address is not valid any more. Start from the first page.")


async def list_tasks(
    workspace: Workspace, actor: Actor, box: Box, limit: int = 50, after: str | None = None
) -> TaskPage:
    """Tasks of a box, newest first: waiting, sent, done, or held (for process administrators)."""

    async def work(turn: Turn) -> TaskPage:
        if box == "held" and not turn.actor.may(turn.catalog, "process"):
            raise Forbidden(ONLY_ADMINISTRATORS)
        rows = await tasks_in(turn.session, box, turn.actor.user_id or 0, limit + 1, _cursor(after))
        more = str(rows[limit - 1].id) if len(rows) > limit else None
        return TaskPage(await summaries(turn, rows[:limit]), more)

    return await workspace.read(actor, work)


def _cursor(after: str | None) -> int | None:
    if after is None:
        return None
    if not (after.isascii() and after.isdigit() and len(after) <= 18):
        raise Invalid(BAD_CURSOR, [Problem("/after", "cursor", BAD_CURSOR)])
    return int(after)
