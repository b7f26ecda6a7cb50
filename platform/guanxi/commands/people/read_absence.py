"""When somebody is away."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.absences import absence_view, refuse_strangers
from guanxi.commands.process_views import AbsenceView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.absences import absence_of


async def read_absence(workspace: Workspace, actor: Actor, person_id: int) -> AbsenceView | None:
    """The absence of the actor, or of anybody for who looks after people; one that is over is none.

    Raises NotFound for others.
    """

    async def work(turn: Turn) -> AbsenceView | None:
        await refuse_strangers(turn, person_id)
        absence = await absence_of(turn.session, person_id)
        if absence is None or absence.last_day < turn.today:
            return None
        return await absence_view(turn, absence)

    return await workspace.read(actor, work)
