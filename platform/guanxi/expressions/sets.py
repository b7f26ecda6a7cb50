"""Formulas as SQL: conditions that choose rows, values that are read with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guanxi.expressions.formula import Formula
from guanxi.expressions.postgres import PostgresWriter
from guanxi.expressions.setback import SetWriter
from guanxi.expressions.sqlite import SqliteWriter
from guanxi.expressions.sqlvalues import Dialect, Kind, kind_of
from guanxi.expressions.tables import Bind, Tables
from guanxi.expressions.types import BooleanType, MoneyType, NumberType, ReferenceType


@dataclass(frozen=True, slots=True)
class SqlValue:
    """SQL of a value, and how `sqlvalues.from_sql` reads what the database gives for it."""

    text: str
    kind: Kind
    scale: int


def condition_sql(
    formula: Formula,
    tables: Tables,
    dialect: Dialect,
    alias: str,
    bind: Bind,
    variables: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """A predicate that chooses the rows of `alias` (the table of `formula.root`) for which the formula holds.

    `variables` are the values of `formula.variables`. `bind` is called once for each placeholder, in the
    order of the text, with the value as the driver takes it. In WHERE, under AND and OR, it chooses
    as `holds` does; it may be NULL for no, so put no NOT before it: compile the opposite instead.

    Raises:
        TypeError: the formula is no condition.
        KeyError: a variable was not given, or a member has no column.
    """
    if not isinstance(formula.type, BooleanType | ReferenceType):
        raise TypeError(f"{formula.text!r} is a {formula.type}, no condition; use value_sql.")
    writer = _writer(tables, dialect, alias, variables)
    return writer.finish(writer.condition(formula.tree), bind)


def value_sql(
    formula: Formula,
    tables: Tables,
    dialect: Dialect,
    alias: str,
    bind: Bind,
    variables: Mapping[str, object] = MappingProxyType({}),
) -> SqlValue:
    """The value of a formula for the row of `alias`; NULL where it is missing.

    On SQLite the statement fails where a number has more digits than its column could hold.
    """
    writer = _writer(tables, dialect, alias, variables)
    tree = formula.tree
    kind, scale = kind_of(tree.type)
    if isinstance(tree.type, NumberType | MoneyType):
        number = writer.stored_number(tree)
        text, scale = number.text, number.scale if dialect == "sqlite" else scale
    else:
        text = writer.value(tree).text
    return SqlValue(writer.finish(text, bind), kind, scale)


def _writer(tables: Tables, dialect: Dialect, alias: str, variables: Mapping[str, object]) -> SetWriter:
    kind = SqliteWriter if dialect == "sqlite" else PostgresWriter
    return kind(tables, alias, variables)
