"""Delete a record."""

from guanxi.commands.actor import Actor
from guanxi.commands.audit import audit_deleted
from guanxi.commands.effects.settling import settle
from guanxi.commands.idempotency import Request, once
from guanxi.commands.records.files import keep_files
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.judging import touch, touch_cleared
from guanxi.commands.records.related import before_removal, lock_related, refresh_related
from guanxi.commands.records.versions import refuse_stale
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Conflict, Forbidden
from guanxi.rules.locks import refuse_delete
from guanxi.storage.instances import has_instance
from guanxi.storage.keeping import keep_unreferred
from guanxi.storage.records import delete, referring

MAY_NOT_DELETE = N_("Your roles do not let you delete this {label}.")
STILL_USED = N_(
    "This {label} cannot be deleted: {count} × {other} refer to it. Change or delete those first."
)
WAS_DECIDED = N_("This {label} cannot be deleted: it went through an approval, whose record must stay.")


async def delete_record(
    workspace: Workspace,
    actor: Actor,
    entity: str,
    id_: int,
    *,
    version: int | None,
    key: str | None = None,
) -> None:
    """Delete a record that nothing refers to any more.

    Raises NotFound, Forbidden, VersionRequired, VersionMismatch, or Conflict when it is locked, was submitted
    to an approval, or is still used.
    """

    async def work(turn: Turn) -> None:
        definition = entity_of(turn, entity)
        record, right = await find_record(turn, definition, id_, change=True)
        if "delete" not in right.can:
            raise Forbidden(MAY_NOT_DELETE(label=definition.label))
        await refuse_stale(turn, definition, record, right, version)
        locked = refuse_delete(definition, record, turn.variables)
        if locked is not None:
            raise Conflict(locked)
        if any(field.targets for _, field in turn.catalog.references_to(entity)):
            await keep_unreferred(turn.session, definition, id_)
        await _refuse_used(turn, definition, id_)
        await lock_related(turn, definition, record, None)
        removal = await before_removal(turn, definition, record)
        await touch_cleared(turn, definition, id_)
        await delete(turn.session, turn.catalog, definition, id_)
        await keep_files(turn, definition, record, None)
        touch(turn, definition, record, None)
        await refresh_related(turn, definition, record, None, removal)
        audit_deleted(turn, definition, record)
        await settle(turn)

    async def again(_turn: Turn, _done: int) -> None:
        return None

    await once(workspace, actor, Request(key, "delete", entity, id_, None), work, again, lambda _: id_)


async def _refuse_used(turn: Turn, entity: Entity, id_: int) -> None:
    if await has_instance(turn.session, entity.name, id_):
        raise Conflict(WAS_DECIDED(label=entity.label))
    for other, field in turn.catalog.references_to(entity.name):
        if field.on_delete != "restrict":
            continue
        count = await referring(turn.session, other, field, entity, id_)
        if count:
            raise Conflict(STILL_USED(label=entity.label, count=count, other=other.label))
