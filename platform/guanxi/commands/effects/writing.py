"""One write of an effect, by the same way to the tables as people's changes."""

from collections.abc import Iterable
from typing import Any

from guanxi.commands.approvals.edits import note_edit
from guanxi.commands.effects.effecting import Effecting
from guanxi.commands.records.preparing import prepare
from guanxi.commands.records.relations import Related, relate
from guanxi.commands.records.saving import insert_prepared, refuse_problems, update_prepared
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Invalid, NotFound, Problem
from guanxi.records.difference import changed_fields
from guanxi.records.needs import needs_of, needs_of_paths
from guanxi.rules.effects import Write
from guanxi.rules.locks import refuse_locked
from guanxi.storage.records import load, lock_record

GONE = N_("A record that this changes is not there any more. Reload the page and look again.")
NOT_DONE = N_("“{action}” is not possible: what it does to this {label} is refused.")


async def write_effect(turn: Turn, effecting: Effecting, write: Write) -> int:
    """Store one write and return the id of its record.

    Raises:
        Invalid: a rule does not hold; told with what the effect belongs to.
        NotFound: the record is gone.
    """
    entity = turn.catalog.entities[write.entity]
    try:
        if write.id is None:
            return await _create(turn, entity, write)
        return await _update(turn, effecting, entity, write, write.id)
    except Invalid as refused:
        own = (write.entity, write.id) == (effecting.entity.name, effecting.id)
        # Only fields of the record at hand can be pointed at.
        problems = [Problem(one.field if own else "", one.code, one.message) for one in refused.problems]
        raise Invalid(NOT_DONE(action=effecting.label, label=entity.label), problems) from refused


async def _create(turn: Turn, entity: Entity, write: Write) -> int:
    prepared = await prepare(turn, entity, write.reading, None, {}, form=False)
    await refuse_problems(turn, entity, prepared, None)
    await insert_prepared(turn, entity, prepared)
    id_: int = prepared.record["id"]
    return id_


async def _update(turn: Turn, effecting: Effecting, entity: Entity, write: Write, id_: int) -> int:
    await lock_record(turn.session, entity, id_)
    before = await loaded(turn, entity, id_, turn.access(entity.name).reads())
    prepared = await prepare(turn, entity, write.reading, before, {}, form=False)
    changed = changed_fields(entity, before, prepared.record)
    if not (effecting.passes and (entity.name, id_) == (effecting.entity.name, effecting.id)):
        prepared.problems += refuse_locked(entity, before, changed, turn.variables)
    await refuse_problems(turn, entity, prepared, before)
    await update_prepared(turn, entity, before, prepared, "changed")
    if changed:
        await note_edit(turn, entity, prepared.record, changed)
    return id_


async def record_of(turn: Turn, effecting: Effecting, paths: Iterable[str]) -> dict[str, Any]:
    """The record that effects are about, with what they read of it; as it was, where it is gone.

    Raises:
        NotFound: it is gone, and nobody knows how it was.
    """
    entity = effecting.entity
    if effecting.gone is None:
        return await loaded(turn, entity, effecting.id, paths)
    record = dict(effecting.gone)
    await relate(turn, entity, record, needs_of(entity) | needs_of_paths(entity, frozenset(paths)), Related())
    return record


async def loaded(turn: Turn, entity: Entity, id_: int, paths: Iterable[str]) -> dict[str, Any]:
    """The record as the effects before left it.

    Raises:
        NotFound: it is gone.
    """
    wanted = frozenset(entity.fields) | needs_of(entity).record | frozenset(paths)
    rows = await load(turn.session, turn.catalog, entity, [id_], wanted)
    if id_ not in rows:
        raise NotFound(GONE)
    return rows[id_]
