"""What a form shows within a turn, and the levels by which a new record is filled in."""

from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.folding import folded
from guanxi.commands.records.preparing import prepare
from guanxi.commands.records.viewing import without_unseen
from guanxi.commands.views import FormView
from guanxi.commands.workspace import Turn
from guanxi.definitions.role import LEVELS, Level
from guanxi.errors import N_, Forbidden
from guanxi.records.conditions import field_states
from guanxi.rules.access import Access, level_in
from guanxi.rules.locks import locked_fields

MAY_NOT_WRITE = N_("Your roles do not let you fill in this form.")


async def form_view(turn: Turn, entity: str, payload: object, id_: int | None, *, form: bool) -> FormView:
    """The values, field states and problems of a form as it stands; for a new record without `id_`.

    Raises NotFound, or Forbidden when the actor could not save it at all.
    """
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
        values=without_unseen(definition, prepared.record, prepared.related.titles),
        titles=prepared.related.titles,
        states=field_states(definition, prepared.record, turn.variables),
        levels=levels,
        problems=tuple(prepared.problems),
        folded=folded(turn, definition.name, prepared.record),
    )


def creating_levels(access: Access) -> dict[str, Level]:
    """The strongest level of each field over the grants that let a record be created."""
    grants = [grant for grant in access.grants if "create" in grant.can]
    return {
        name: max((level_in(grant, name) for grant in grants), key=LEVELS.index, default="hidden")
        for name in access.entity.fields
    }
