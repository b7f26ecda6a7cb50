"""Somebody is back."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.absences import refuse_strangers
from guanxi.commands.audit import audit_event
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.absences import clear_absence as forget_absence


async def clear_absence(workspace: Workspace, actor: Actor, person_id: int) -> bool:
    """Forget the absence of the actor, or of anybody for who looks after people; whether there was one.

    Raises NotFound for others.
    """

    async def work(turn: Turn) -> bool:
        await refuse_strangers(turn, person_id)
        gone = await forget_absence(turn.session, person_id)
        if gone:
            audit_event(turn, "user", person_id, "absence cleared", {})
        return gone

    return await workspace.write(actor, work)
