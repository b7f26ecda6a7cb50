"""Dropping what no live field is kept in: columns and tables of releases gone by."""

from collections.abc import Iterator
from dataclasses import dataclass

from guanxi.definitions import Catalog
from guanxi.storage.columns import SYSTEM_COLUMNS, quoted
from guanxi.storage.counting import count_rows
from guanxi.storage.expansion import every_table
from guanxi.storage.introspection import Existing
from guanxi.storage.session import Session

PLATFORM = frozenset({"id", "parent_id", "position", *(column.name for column in SYSTEM_COLUMNS)})


@dataclass(frozen=True, slots=True)
class Leftover:
    """A column that no live field has; with an empty `column` a whole table."""

    table: str
    column: str = ""


def leftovers(catalog: Catalog, existing: Existing) -> tuple[Leftover, ...]:
    """What is there and not of the live catalog, by name."""
    live = {
        holder.table: {column.name for one in holder.fields.values() for column in one.columns}
        for holder in every_table(catalog)
    }
    found = []
    for table, columns in sorted(existing.columns.items()):
        if table not in live:
            found.append(Leftover(table))
            continue
        found += [Leftover(table, one) for one in sorted(columns) if one not in live[table] | PLATFORM]
    return tuple(found)


async def rows_of(session: Session, one: Leftover) -> int:
    """How many records a table has, or have a value in a column."""
    if not one.column:
        return await count_rows(session, one.table)
    count: int = await session.value(f"SELECT count({quoted(one.column)}) FROM {quoted(one.table)}")
    return count


async def drop(session: Session, some: tuple[Leftover, ...], existing: Existing) -> None:
    """Drop columns and tables, with the indexes over them."""
    for sql in _statements(some, existing):
        if session.dialect == "sqlite" and sql.startswith("ALTER"):
            # The database refuses to drop a column that has an index.
            table, column = sql.split('"')[1], sql.split('"')[3]
            for index in await _indexes_over(session, table, column):
                await session.execute(f"DROP INDEX {quoted(index)}")
        await session.execute(sql)


def _statements(some: tuple[Leftover, ...], existing: Existing) -> Iterator[str]:
    """What refers goes before what it refers to."""
    tables = [one.table for one in some if not one.column]
    columns = [(one.table, one.column) for one in some if one.column]
    columns += [
        (table, column)
        for table, column in sorted(existing.references)
        if table in tables and column != "parent_id"
    ]
    for table, column in columns:
        yield f"ALTER TABLE {quoted(table)} DROP COLUMN {quoted(column)}"
    for table in sorted(tables, key=lambda one: ("parent_id" not in existing.columns[one], one)):
        yield f"DROP TABLE {quoted(table)}"


async def _indexes_over(session: Session, table: str, column: str) -> list[str]:
    rows = await session.fetch(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql LIKE $2",
        table,
        f"%{quoted(column)}%",
    )
    return [row[0] for row in rows]
