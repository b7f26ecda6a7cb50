"""Writing what the platform computes, without that anybody has changed the record."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from guanxi.definitions.entity import Entity
from guanxi.storage.columns import quoted
from guanxi.storage.inserting import row_values
from guanxi.storage.session import Session


async def next_ids(session: Session, entity: Entity, above: int, up_to: int, limit: int) -> Sequence[int]:
    """The next records by id, kept from being changed by others until the end of the transaction."""
    lock = " FOR NO KEY UPDATE" if session.dialect == "postgres" else ""
    rows = await session.fetch(
        f"SELECT id FROM {quoted(entity.table)} WHERE id > $1 AND id <= $2 ORDER BY id LIMIT {limit}{lock}",
        above,
        up_to,
    )
    return [row[0] for row in rows]


async def store_computed(session: Session, holder: Entity, records: Iterable[Mapping[str, Any]]) -> None:
    """Write the values of formulas of records (or lines) by id; their versions stay."""
    columns = tuple(
        column for one in holder.fields.values() if one.formula is not None for column in one.columns
    )
    rows = [(record["id"], *row_values(columns, record, session.dialect)) for record in records]
    if rows and columns:
        sets = ", ".join(f"{quoted(column.name)} = ${place + 2}" for place, column in enumerate(columns))
        await session.execute_many(f"UPDATE {quoted(holder.table)} SET {sets} WHERE id = $1", rows)
