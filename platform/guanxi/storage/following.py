"""What formulas collect of other records, computed by the database."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity, Field
from guanxi.expressions import value_sql
from guanxi.expressions.sqlvalues import from_sql
from guanxi.storage.columns import quoted
from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.placeholders import Arguments
from guanxi.storage.session import Session


async def referring_rows(
    session: Session, holder: Entity, field: Field, value: int | str
) -> list[dict[str, Any]]:
    """The records, or lines with their `parent_id`, that hold this value in this field, by their ids."""
    keys = ("id", "parent_id") if holder.parent is not None else ("id",)
    column = quoted(field.columns[0].name)
    sql = f"SELECT {', '.join(keys)} FROM {quoted(holder.table)} WHERE {column} = $1"
    return [dict(zip(keys, row, strict=True)) for row in await session.fetch(sql, value)]


async def collected(
    session: Session,
    catalog: Catalog,
    entity: Entity,
    fields: Sequence[Field],
    ids: Collection[int],
    variables: Mapping[str, Any],
) -> dict[int, dict[str, Any]]:
    """What the formulas of these fields give for stored records, by id and field."""
    arguments = Arguments(id_list(sorted(ids), session.dialect))
    values = [
        value_sql(field.formula, catalog.tables, session.dialect, "t", arguments.binder, variables)
        for field in fields
        if field.formula is not None
    ]
    columns = ", ".join(["t.id", *(value.text for value in values)])
    where = in_ids("t.id", "$1", session.dialect)
    rows = await session.fetch(
        f"SELECT {columns} FROM {quoted(entity.table)} AS t WHERE {where}", *arguments.values
    )
    return {
        row[0]: {
            field.name: from_sql(row[place], value.kind, value.scale, session.dialect)
            for place, (field, value) in enumerate(zip(fields, values, strict=True), 1)
        }
        for row in rows
    }
