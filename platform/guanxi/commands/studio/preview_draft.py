"""The form of a new record as the draft would have it, for somebody of a role. Nothing is written."""

from dataclasses import replace

from guanxi.commands.actor import Actor
from guanxi.commands.records.forming import form_view
from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.rights import require_studio
from guanxi.commands.views import FormView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Conflict

HAS_PROBLEMS = N_("The draft has problems. Solve them to see the form.")


async def preview_draft(
    workspace: Workspace, actor: Actor, draft: Drafted, role: str, entity: str, payload: object
) -> FormView:
    """The form as a person who holds this one role would have it; the person is the actor.

    Raises:
        Forbidden: the actor may not change the configuration, or the role cannot fill in the form.
        NotFound: the role sees nothing of the entity, or there is none.
        Conflict: the draft has problems.
    """
    require_studio(await workspace.live(), actor)
    catalog = draft.catalog
    if catalog is None:
        raise Conflict(HAS_PROBLEMS)

    async def work(turn: Turn) -> FormView:
        shown = replace(
            turn, catalog=catalog, stored=turn.catalog, actor=replace(actor, roles=frozenset({role}))
        )
        return await form_view(shown, entity, payload, None, form=True)

    return await workspace.read(actor, work)
