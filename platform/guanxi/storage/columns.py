"""How the columns of entities are kept: their types, and values on their way in and out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from guanxi.definitions.entity import Column, Entity
from guanxi.expressions.exact import shift
from guanxi.expressions.sqlvalues import from_sql, to_sql
from guanxi.expressions.tables import quoted
from guanxi.storage.session import Dialect

__all__ = ["SYSTEM_COLUMNS", "column_map", "convert_in", "convert_out", "own_columns", "quoted", "sql_type"]

SYSTEM_COLUMNS: tuple[Column, ...] = (
    Column("version", "version", "integer"),
    Column("created_at", "created_at", "datetime"),
    Column("created_by", "created_by", "reference"),
    Column("updated_at", "updated_at", "datetime"),
    Column("updated_by", "updated_by", "reference"),
)
"""What every record has besides its id and its fields; lines have none of them."""

_POSTGRES_TYPES: Mapping[str, str] = {
    "text": "text",
    "integer": "bigint",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamp with time zone",
    "duration": "bigint",
    "reference": "bigint",
    "options": "jsonb",
}


_FROM_SQLITE: Mapping[str, Callable[[Any], Any]] = {
    "boolean": bool,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "duration": lambda microseconds: timedelta(microseconds=microseconds),
    "options": lambda text: from_sql(text, "options", 0, "sqlite"),
}
"""As `expressions.sqlvalues.from_sql`, without asking at every value which it is."""


@lru_cache(maxsize=2048)
def own_columns(entity: Entity) -> tuple[Column, ...]:
    """The columns of the entity's fields, without the system's."""
    return tuple(column for field in entity.fields.values() for column in field.columns)


@lru_cache(maxsize=2048)
def column_map(entity: Entity) -> Mapping[str, Column]:
    """Every column of a table by the key under which a record holds its value."""
    system = () if entity.parent else SYSTEM_COLUMNS
    every = (Column("id", "id", "reference"), *system, *own_columns(entity))
    return {column.key: column for column in every}


def sql_type(column: Column, dialect: Dialect) -> str:
    """The declared type of a column.

    SQLite keeps whatever name a type is given; it says the kind, so that a change of kind is noticed, and
    contains INT or TEXT, which decides how values are kept.
    """
    if dialect == "postgres":
        return f"numeric(38,{column.scale})" if column.kind == "decimal" else _POSTGRES_TYPES[column.kind]
    if column.kind == "decimal":
        return f"INTEGER_SCALE_{column.scale}"
    base = "INTEGER" if column.kind in ("integer", "boolean", "duration", "reference") else "TEXT"
    return base if column.kind in ("integer", "text") else f"{base}_{column.kind.upper()}"


def convert_in(column: Column, value: Any, dialect: Dialect) -> Any:
    """A record's value as the driver takes it.

    Raises:
        ValueError: a number that the column cannot hold.
    """
    return to_sql(value, column.kind, column.scale, dialect)


def convert_out(column: Column, dialect: Dialect) -> Callable[[Any], Any] | None:
    """What turns a driver's value into a record's, or None when it is one already."""
    if dialect == "postgres" and column.kind not in ("duration", "options"):
        return None
    if column.kind == "decimal":
        places = -column.scale
        return lambda value: shift(value, places)
    return _FROM_SQLITE.get(column.kind)
