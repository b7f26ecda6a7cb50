"""One page of the inbox."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.standing_in import people_of
from guanxi.commands.tasks.showing import summaries
from guanxi.commands.views import TaskPage
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Forbidden, Invalid, Problem
from guanxi.storage.inbox import ALL, BOXES, Box, Edge, Filter, edge_of, edge_text, tasks_in

__all__ = ["ALL", "BOXES", "Box", "Filter", "list_tasks"]

ONLY_ADMINISTRATORS = N_("Only process administrators see the tasks that nobody may decide.")
BAD_CURSOR = N_("This page address is not valid any more. Start from the first page.")


async def list_tasks(
    workspace: Workspace,
    actor: Actor,
    box: Box,
    limit: int = 50,
    after: str | None = None,
    *,
    chosen: Filter = ALL,
) -> TaskPage:
    """Tasks of a box, newest first or by due date: waiting, sent, done, cc, or held (for administrators).

    Waiting are also the tasks of those for whom the actor stands in today.
    """

    async def work(turn: Turn) -> TaskPage:
        if box == "held" and not turn.actor.may(turn.catalog, "process"):
            raise Forbidden(ONLY_ADMINISTRATORS)
        people = await people_of(turn) if box == "waiting" else (turn.actor.user_id or 0,)
        edge = _edge(after)
        rows = await tasks_in(turn.session, box, people, limit + 1, turn.now, edge, chosen)
        more = edge_text(rows[limit - 1], chosen) if len(rows) > limit else None
        return TaskPage(await summaries(turn, rows[:limit]), more)

    return await workspace.read(actor, work)


def _edge(after: str | None) -> Edge | None:
    try:
        return edge_of(after) if after is not None else None
    except ValueError as error:
        raise Invalid(BAD_CURSOR, [Problem("/after", "cursor", BAD_CURSOR)]) from error
