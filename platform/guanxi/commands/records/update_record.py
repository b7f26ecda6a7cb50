"""Change a record."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.edits import note_edit
from guanxi.commands.effects.settling import settle
from guanxi.commands.idempotency import Request, once
from guanxi.commands.records.finding import entity_of, find_record
from guanxi.commands.records.preparing import prepare
from guanxi.commands.records.saving import refuse_problems, update_prepared
from guanxi.commands.records.versions import refuse_stale
from guanxi.commands.records.viewing import view_by_id, view_of
from guanxi.commands.views import RecordView
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Forbidden
from guanxi.records.difference import changed_fields
from guanxi.rules.locks import refuse_locked

MAY_NOT_CHANGE = N_("Your roles do not let you change this {label}.")


async def update_record(
    workspace: Workspace,
    actor: Actor,
    entity: str,
    id_: int,
    payload: object,
    *,
    version: int | None,
    form: bool = False,
    key: str | None = None,
) -> RecordView:
    """Change the fields of a payload on the version that it was made on.

    Raises NotFound, Forbidden, VersionRequired, VersionMismatch (with the record as it is now in `current`),
    or Invalid with every problem at once. An open approval of the record asks anew what the change affects.
    """

    async def work(turn: Turn) -> RecordView:
        definition = entity_of(turn, entity)
        before, right = await find_record(turn, definition, id_, change=True)
        if "update" not in right.can:
            raise Forbidden(MAY_NOT_CHANGE(label=definition.label))
        await refuse_stale(turn, definition, before, right, version)
        prepared = await prepare(turn, definition, payload, before, right.fields, form=form)
        changed = changed_fields(definition, before, prepared.record)
        prepared.problems += refuse_locked(definition, before, changed, turn.variables)
        await refuse_problems(turn, definition, prepared, before)
        await update_prepared(turn, definition, before, prepared, "changed")
        record = prepared.record
        if changed:
            record = await note_edit(turn, definition, record, changed)
        if await settle(turn):
            return await view_by_id(turn, entity, id_)
        return await view_of(turn, definition, record, prepared.related)

    async def again(turn: Turn, done: int) -> RecordView:
        return await view_by_id(turn, entity, done)

    request = Request(key, "update", entity, id_, payload)
    return await once(workspace, actor, request, work, again, lambda view: view.id)
