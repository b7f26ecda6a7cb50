"""Create a record."""

from guanxi.commands.actor import Actor
from guanxi.commands.effects.settling import settle
from guanxi.commands.idempotency import Request, once
from guanxi.commands.records.finding import entity_of
from guanxi.commands.records.forming import creating_levels
from guanxi.commands.records.preparing import Prepared, prepare
from guanxi.commands.records.saving import insert_prepared, refuse_problems
from guanxi.commands.records.viewing import view_by_id, view_of
from guanxi.commands.views import RecordView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Forbidden
from guanxi.rules.access import Access

MAY_NOT_CREATE = N_("Your roles do not let you create {plural}.")
NOT_AS_THIS = N_(
    "Your roles do not let you create this {label} as it is filled in, for instance for somebody else."
)


async def create_record(
    workspace: Workspace,
    actor: Actor,
    entity: str,
    payload: object,
    *,
    form: bool = False,
    key: str | None = None,
) -> RecordView:
    """Create a record from a payload and return it as the actor may see it.

    Raises NotFound (no such entity for the actor), Forbidden, or Invalid with every problem at once. The same
    `key` from the same person again answers the record that was created the first time.
    """

    async def work(turn: Turn) -> RecordView:
        definition = entity_of(turn, entity)
        access = turn.access(entity)
        if not access.may("create"):
            raise Forbidden(MAY_NOT_CREATE(plural=definition.plural))
        prepared = await prepare(turn, definition, payload, None, creating_levels(access), form=form)
        await refuse_problems(turn, definition, prepared, None)
        _refuse_rows(definition, access, prepared)
        await insert_prepared(turn, definition, prepared)
        await settle(turn)
        return await view_of(turn, definition, prepared.record, prepared.related)

    async def again(turn: Turn, done: int) -> RecordView:
        return await view_by_id(turn, entity, done)

    request = Request(key, "create", entity, None, payload)
    return await once(workspace, actor, request, work, again, lambda view: view.id)


def _refuse_rows(entity: Entity, access: Access, prepared: Prepared) -> None:
    """The right to create is judged on the record as it would be stored."""
    if "create" not in access.on_record(prepared.record).can:
        raise Forbidden(NOT_AS_THIS(label=entity.label))
