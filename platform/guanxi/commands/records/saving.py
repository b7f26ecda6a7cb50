"""Writing a prepared record with its audit row, and the last problems that only the database can tell."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.approvals.leaving import note_leaving
from guanxi.commands.audit import audit_changes, audit_created
from guanxi.commands.records.bookings import taken_times
from guanxi.commands.records.files import keep_files
from guanxi.commands.records.judging import touch
from guanxi.commands.records.numbers import give_numbers
from guanxi.commands.records.preparing import Prepared
from guanxi.commands.records.related import lock_related, refresh_related
from guanxi.commands.records.uniqueness import taken_keys
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Invalid
from guanxi.records.difference import difference
from guanxi.storage.records import insert, update

NOT_SAVED = N_("This was not saved. Correct what is marked and save again.")


async def refuse_problems(
    turn: Turn, entity: Entity, prepared: Prepared, before: Mapping[str, Any] | None
) -> None:
    """Raise Invalid with every problem at once, values and times that are taken among them."""
    problems = list(prepared.problems)
    problems += await taken_keys(turn, entity, prepared.record, before)
    problems += await taken_times(turn, entity, prepared.record, before)
    if problems:
        raise Invalid(NOT_SAVED, problems)


async def insert_prepared(turn: Turn, entity: Entity, prepared: Prepared) -> None:
    """Store a new record with its lines and audit row; the record then holds its id, version and numbers."""
    record = prepared.record
    await lock_related(turn, entity, None, record)
    await give_numbers(turn, entity, record, new=True)
    record.update(
        version=1,
        created_at=turn.now,
        created_by=turn.actor.user_id,
        updated_at=turn.now,
        updated_by=turn.actor.user_id,
    )
    await insert(turn.session, entity, record)
    await keep_files(turn, entity, None, record)
    touch(turn, entity, None, record, judged=True)
    await refresh_related(turn, entity, None, record)
    audit_created(turn, entity, record)


async def update_prepared(
    turn: Turn, entity: Entity, before: Mapping[str, Any], prepared: Prepared, verb: str
) -> None:
    """Store the changes of a record with its audit row; nothing is written when nothing changed."""
    record = prepared.record
    await lock_related(turn, entity, before, record)
    await give_numbers(turn, entity, record)
    if await update(turn.session, entity, before, record, by=turn.actor.user_id, at=turn.now):
        await keep_files(turn, entity, before, record)
        touch(turn, entity, before, record, judged=True)
        await refresh_related(turn, entity, before, record)
        await note_leaving(turn, entity, before, record)
        audit_changes(turn, entity, record, verb, difference(entity, before, record))
