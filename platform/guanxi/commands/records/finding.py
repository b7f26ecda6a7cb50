"""Finding what a command is about, or answering as if it were not there."""

from collections.abc import Iterable
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, NotFound
from guanxi.records.needs import needs_of
from guanxi.rules.access import RecordAccess
from guanxi.storage.records import load, lock_record
from guanxi.storage.tasks import holds_task

NO_ENTITY = N_("There is nothing called “{name}” here.")
NO_RECORD = N_("There is no such record, or it is not for you to see.")


def entity_of(turn: Turn, name: str) -> Entity:
    """The entity of that name, if any role lets the actor do anything with it; else NotFound."""
    entity = turn.catalog.entities.get(name)
    if entity is None or not turn.access(name).grants:
        raise NotFound(NO_ENTITY(name=name))
    return entity


async def find_record(
    turn: Turn, entity: Entity, id_: int, paths: Iterable[str] = (), *, change: bool = False
) -> tuple[dict[str, Any], RecordAccess]:
    """The stored record with the relation paths that judging it reads, and what the actor may do with it.

    With `change` the record is locked first. Raises NotFound when it is not there or not to be seen; holding
    a task about it lets a person see it.
    """
    access = turn.access(entity.name)
    if change:
        await lock_record(turn.session, entity, id_)
    wanted = needs_of(entity).record | access.reads() | frozenset(paths)
    rows = await load(turn.session, turn.catalog, entity, [id_], stored_paths(entity) | wanted)
    record = rows.get(id_)
    if record is None:
        raise NotFound(NO_RECORD)
    right = access.on_record(record)
    if "read" not in right.can:
        if not await holds_task(turn.session, entity.name, id_, turn.actor.user_id):
            raise NotFound(NO_RECORD)
        right = access.of_granted_fields()
    return record, right


def stored_paths(entity: Entity) -> frozenset[str]:
    """Every stored field of an entity, its lines among them."""
    return frozenset(entity.fields)
