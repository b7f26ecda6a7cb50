"""What a form would save: nothing is written."""

from guanxi.commands.actor import Actor
from guanxi.commands.records.forming import form_view
from guanxi.commands.views import FormView
from guanxi.commands.workspace import Turn, Workspace


async def preview_record(
    workspace: Workspace,
    actor: Actor,
    entity: str,
    payload: object,
    *,
    id_: int | None = None,
    form: bool = True,
) -> FormView:
    """The values, field states and problems of a form as it stands; for a new record without `id_`.

    Raises NotFound, or Forbidden when the actor could not save it at all.
    """

    async def work(turn: Turn) -> FormView:
        return await form_view(turn, entity, payload, id_, form=form)

    return await workspace.read(actor, work)
