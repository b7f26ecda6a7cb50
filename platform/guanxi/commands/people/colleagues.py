"""People whom the actor may name: as a deputy, or to find what they submitted."""

from guanxi.commands.actor import Actor
from guanxi.commands.records.asking import condition_from_text
from guanxi.commands.records.searching import hits_of
from guanxi.commands.views import PersonView
from guanxi.commands.workspace import Turn, Workspace


async def colleagues(
    workspace: Workspace, actor: Actor, text: str, limit: int = 9, *, besides: int | None = None
) -> list[PersonView]:
    """Active people, other than the actor or than `besides`, whose name or e-mail address contains the text.

    Raises Forbidden to who may not see people at all.
    """

    async def work(turn: Turn) -> list[PersonView]:
        user = turn.catalog.entities["user"]
        hits = await hits_of(turn, user, text.strip(), limit, condition_from_text(turn, user, "active"))
        left_out = turn.actor.user_id if besides is None else besides
        return [PersonView(hit.id, hit.title) for hit in hits if hit.id != left_out]

    return await workspace.read(actor, work)
