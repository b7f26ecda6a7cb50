"""Which of the values that an expression reads may be told to the person who asks why."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.commands.records.relations import Related
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.definitions.role import Level
from guanxi.expressions import CollectionType, ReferenceType, Shows
from guanxi.rules.access import SYSTEM_KEYS

CLEAR = ("read", "write")


def shows_of(
    turn: Turn,
    entity: Entity,
    record: Mapping[str, Any],
    levels: Mapping[str, Level],
    related: Related | None = None,
) -> Shows:
    """Whether the actor may see the value at a path of the record, on which their levels are `levels`.

    Behind a reference whose record was fetched, what may be seen of that record counts; further away, and of
    collections of other records, only what may be seen of all of them.
    """

    def shows(path: str) -> bool:
        head, *rest = path.split(".")
        if head not in SYSTEM_KEYS and head in entity.fields and levels.get(head, "hidden") not in CLEAR:
            return False
        type_ = turn.catalog.shapes[entity.name].members.get(head)
        if isinstance(type_, ReferenceType) and len(rest) == 1 and related is not None:
            found = _of_related(turn, type_.entity, record.get(head), rest[0], related)
            if found is not None:
                return found
        return _follow(turn, type_, rest)

    return shows


def _of_related(turn: Turn, entity: str, id_: Any, field: str, related: Related) -> bool | None:
    """Whether a field of a fetched record may be seen; None where it was not fetched."""
    row = related.rows[entity].get(id_)
    if row is None:
        return None
    if (entity, id_) not in related.visible:
        return False
    return field in SYSTEM_KEYS or turn.access(entity).on_record(row).fields.get(field) in CLEAR


def _follow(turn: Turn, type_: object, rest: Sequence[str]) -> bool:
    """Whether what lies behind a value may be seen, whichever record it is."""
    match type_:
        case CollectionType(entity=entity, via=via):
            return (via is None or _all_readable(turn, entity)) and _everywhere(turn, entity, rest)
        case ReferenceType(entity=entity):
            return _everywhere(turn, entity, rest)
        case _:
            return True


def _all_readable(turn: Turn, entity: str) -> bool:
    """Whether all records of an entity may be read; lines are read where the field that holds them is."""
    holder, _, field = entity.partition(".")
    scope = turn.access(holder).scope()
    return scope.everything and (not field or scope.clear_everywhere(field))


def _everywhere(turn: Turn, entity: str, keys: Sequence[str]) -> bool:
    if not keys:
        return True
    head, *rest = keys
    shape = turn.catalog.shapes[entity]
    if shape.parent is not None:
        # Lines are as open as the field that holds them.
        is_owner = head == "parent" and head not in shape.members
        return _follow(turn, ReferenceType(shape.parent) if is_owner else shape.members.get(head), rest)
    scope = turn.access(entity).scope()
    is_open = scope.everything and scope.clear_everywhere(head)
    return is_open and _follow(turn, shape.members.get(head), rest)
