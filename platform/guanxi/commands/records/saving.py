"""Writing a prepared record with its audit row, and the last problems that only the database can tell."""

from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.commands.audit import audit_changes, audit_created
from guanxi.commands.records.preparing import Prepared
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Constraint, Entity
from guanxi.errors import N_, Invalid, Problem
from guanxi.records.difference import difference
from guanxi.records.numbering import numbered, period_of
from guanxi.rules.constraints import unique_keys
from guanxi.storage.records import insert, taken, update
from guanxi.storage.sequences import next_number

NOT_SAVED = N_("This was not saved. Correct what is marked and save again.")
TAKEN = N_("{label}: this value is taken already. Enter another, or open the record that has it.")


async def refuse_problems(
    turn: Turn, entity: Entity, prepared: Prepared, before: Mapping[str, Any] | None
) -> None:
    """Raise Invalid with every problem at once, values that are taken among them."""
    problems = list(prepared.problems)
    for constraint, fields in unique_keys(entity):
        if not _to_check(fields, prepared.record, before):
            continue
        values = {name: prepared.record.get(name) for name in fields}
        if await taken(turn.session, entity, values, None if before is None else before["id"]):
            problems.append(_taken(entity, constraint, fields))
    if problems:
        raise Invalid(NOT_SAVED, problems)


async def insert_prepared(turn: Turn, entity: Entity, prepared: Prepared) -> None:
    """Store a new record with its lines and audit row; the record then holds its id, version and numbers."""
    record = prepared.record
    for field in entity.fields.values():
        if field.type == "sequence":
            name = f"{entity.name}.{field.name}.{period_of(field, turn.today)}"
            record[field.name] = numbered(field, await next_number(turn.session, name), turn.today)
    record.update(
        version=1,
        created_at=turn.now,
        created_by=turn.actor.user_id,
        updated_at=turn.now,
        updated_by=turn.actor.user_id,
    )
    await insert(turn.session, entity, record)
    audit_created(turn, entity, record)


async def update_prepared(
    turn: Turn, entity: Entity, before: Mapping[str, Any], prepared: Prepared, verb: str
) -> None:
    """Store the changes of a record with its audit row; nothing is written when nothing changed."""
    record = prepared.record
    if await update(turn.session, entity, before, record, by=turn.actor.user_id, at=turn.now):
        audit_changes(turn, entity, record, verb, difference(entity, before, record))


def _to_check(fields: Sequence[str], record: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
    """A key with a missing part is taken by nobody; one that did not change is the record's own."""
    if any(record.get(name) is None for name in fields):
        return False
    return before is None or any(record.get(name) != before.get(name) for name in fields)


def _taken(entity: Entity, constraint: Constraint, fields: Sequence[str]) -> Problem:
    pointer = f"/{fields[0]}" if len(fields) == 1 else ""
    label = entity.fields[fields[0]].label if len(fields) == 1 else entity.label
    return Problem(pointer, "taken", constraint.message or TAKEN(label=label))
