"""People who can be given a task."""

from guanxi.commands.actor import Actor
from guanxi.commands.records.asking import condition_from_text
from guanxi.commands.records.searching import hits_of
from guanxi.commands.views import Hit
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Forbidden

ONLY_ADMINISTRATORS = N_("Only process administrators may assign tasks.")


async def assignable_people(workspace: Workspace, actor: Actor, text: str, limit: int = 8) -> list[Hit]:
    """Active people whose name or e-mail address contains the text. Raises Forbidden without the right."""

    async def work(turn: Turn) -> list[Hit]:
        if not turn.actor.may(turn.catalog, "process"):
            raise Forbidden(ONLY_ADMINISTRATORS)
        user = turn.catalog.entities["user"]
        return await hits_of(turn, user, text, limit, condition_from_text(turn, user, "active"))

    return await workspace.read(actor, work)
