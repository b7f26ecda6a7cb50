"""What a form would save: nothing is written."""

from guanxi.commands.actor import Actor
from guanxi.commands.records.create_record import creating_levels
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.folding import folded
from guanxi.commands.records.preparing import prepare
from guanxi.commands.views import FormView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Forbidden
from guanxi.records.conditions import field_states
from guanxi.rules.locks import locked_fields

MAY_NOT_WRITE = N_("Your roles do not let you fill in this form.")


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


async def form_view(turn: Turn, entity: str, payload: object, id_: int | None, *, form: bool) -> FormView:
    """`preview_record` within a turn."""
    definition = entity_of(turn, entity)
    before = None
    if id_ is None:
        access = turn.access(entity)
        levels, allowed = creating_levels(access), access.may("create")
    else:
        before, right = await find_record(turn, definition, id_)
        levels, allowed = dict(right.fields), "update" in right.can
    if not allowed:
        raise Forbidden(MAY_NOT_WRITE)
    prepared = await prepare(turn, definition, payload, before, levels, form=form)
    locked = locked_fields(definition, before, turn.variables) if before is not None else {}
    levels = {
        name: "read" if name in locked and level == "write" else level for name, level in levels.items()
    }
    return FormView(
        entity=definition,
        id=id_,
        version=before["version"] if before is not None else None,
        values=prepared.record,
        titles=prepared.related.titles,
        states=field_states(definition, prepared.record, turn.variables),
        levels=levels,
        problems=tuple(prepared.problems),
        folded=folded(turn, definition.name, prepared.record),
    )
