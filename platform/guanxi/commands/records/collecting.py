"""Records that refer to a record, for the formulas that collect them."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.following import collections_read, roll_ups
from guanxi.records.completing import inputs_changed
from guanxi.storage.records import load


async def collect_changed(
    turn: Turn, entity: Entity, record: dict[str, Any], before: Mapping[str, Any]
) -> bool:
    """Put the collections into a stored record that formulas read beside what has changed of the record.

    Returns whether there is anything new to compute with.
    """
    stale = [
        field
        for field in roll_ups(entity)
        if field.formula is not None
        and not collections_read(entity, field) <= record.keys()
        and inputs_changed(field.formula, record, before)
    ]
    return any([await collect(turn, entity, record, field) for field in stale])


def collect_nothing(entity: Entity, record: dict[str, Any]) -> None:
    """Nothing refers to a new record yet."""
    for field in roll_ups(entity):
        for name in collections_read(entity, field):
            record.setdefault(name, [])


async def collect(turn: Turn, entity: Entity, record: dict[str, Any], field: Field) -> bool:
    """Put what the formula of a field reads of other records into a stored record.

    Returns False where that cannot be: the record is not kept yet as the catalog says.
    """
    names = collections_read(entity, field)
    formula = field.formula
    if formula is None or turn.stored is not None:
        return False
    paths = {path for path in formula.reads if path.partition(".")[0] in names}
    rows = await load(turn.session, turn.catalog, entity, [record["id"]], paths)
    record.update({name: rows.get(record["id"], {}).get(name, []) for name in names})
    return True
