"""Values that may occur once: of all records, or of those on which a condition holds."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Constraint, Entity
from guanxi.errors import N_, Problem
from guanxi.rules.constraints import counts, key_values, unique_keys
from guanxi.storage.records import load, taken
from guanxi.storage.uniqueness import lock_key, same_key

TAKEN = N_("{label}: this value is taken already. Enter another, or open the record that has it.")


async def taken_keys(
    turn: Turn, entity: Entity, record: Mapping[str, Any], before: Mapping[str, Any] | None
) -> list[Problem]:
    """A problem for each unique constraint whose values another record has; only of what changed."""
    return [
        _taken(entity, constraint)
        for constraint in unique_keys(entity)
        if await _is_taken(turn, entity, constraint, record, before)
    ]


async def _is_taken(
    turn: Turn,
    entity: Entity,
    constraint: Constraint,
    record: Mapping[str, Any],
    before: Mapping[str, Any] | None,
) -> bool:
    """A key with a missing part is taken by nobody; one that did not change is the record's own."""
    values = key_values(constraint, record)
    if values is None or not counts(constraint, record, turn.variables):
        return False
    same = before is not None and key_values(constraint, before) == values
    if same and before is not None and counts(constraint, before, turn.variables):
        return False
    own = None if before is None else before["id"]
    if constraint.when is None:
        return await taken(turn.session, entity, values, own)
    await lock_key(turn.session, entity, constraint, values)
    others = await same_key(turn.session, entity, values, own)
    rows = await load(turn.session, turn.catalog, entity, others, constraint.when.reads)
    return any(counts(constraint, row, turn.variables) for row in rows.values())


def _taken(entity: Entity, constraint: Constraint) -> Problem:
    fields = constraint.unique
    pointer = f"/{fields[0]}" if len(fields) == 1 else ""
    label = entity.fields[fields[0]].label if len(fields) == 1 else entity.label
    return Problem(pointer, "taken", constraint.message or TAKEN(label=label))
