"""Giving a record its numbers, when they are due."""

from typing import Any

from guanxi.commands.records.relations import Related, relate
from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.records.completing import recompute
from guanxi.records.needs import needs_of
from guanxi.records.numbering import due_numbers, numbered, period_of
from guanxi.storage.sequences import next_number, next_without_gap


async def give_numbers(turn: Turn, entity: Entity, record: dict[str, Any], *, new: bool = False) -> None:
    """Give every number that is due, in place, and compute anew what reads one.

    As late as possible: who waits for a number without a gap waits from here to the end of the transaction.
    """
    given = set()
    for field in due_numbers(entity, record, turn.variables, new=new):
        take = next_without_gap if field.gapless else next_number
        name = f"{entity.name}.{field.name}.{period_of(field, turn.today)}"
        record[field.name] = numbered(field, await take(turn.session, name), turn.today)
        given.add(field.name)
    await follow(turn, entity, record, given)


async def follow(turn: Turn, entity: Entity, record: dict[str, Any], names: set[str]) -> None:
    """Compute a loaded record anew, in place, if any of its formulas reads one of these fields."""
    if names and not names.isdisjoint(_read_by_formulas(entity)):
        await relate(turn, entity, record, needs_of(entity), Related())
        recompute(entity, record, turn.variables)


def _read_by_formulas(entity: Entity) -> set[str]:
    own = {
        path.partition(".")[0]
        for field in entity.fields.values()
        if field.formula is not None
        for path in field.formula.reads
    }
    return own | {
        path.removeprefix("parent.").partition(".")[0]
        for field in entity.line_fields
        for inner in (field.lines.fields.values() if field.lines is not None else ())
        if inner.formula is not None
        for path in inner.formula.reads
        if path.startswith("parent.")
    }
