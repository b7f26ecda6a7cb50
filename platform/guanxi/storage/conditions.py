"""Filters and search of a list as SQL."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guanxi.definitions.entity import Column, Entity
from guanxi.definitions.fields.references import LINK
from guanxi.errors import N_, Invalid, Problem
from guanxi.expressions.texts import LOWER, lower
from guanxi.storage.columns import convert_in, quoted
from guanxi.storage.placeholders import Arguments
from guanxi.storage.session import Dialect

NO_FILTER = N_("This list cannot be filtered so.")
NEVER = "1 = 0"

_FROM = "".join(map(chr, LOWER))
_TO = "".join(map(chr, LOWER.values()))


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter: a field or a path, an operator, and a value of the field's type.

    Operators: is, isNot, oneOf (a list), contains (texts, letters folded), from, to (both inclusive),
    missing (True or False). A missing value satisfies only `missing`.
    """

    path: str
    operator: str
    value: Any


def condition_of(
    condition: Condition, sql: str, column: Column, arguments: Arguments, dialect: Dialect
) -> str:
    """The SQL of a filter on a column.

    Raises:
        Invalid: the operator does not go with the column, or the value does not fit it.
    """
    write = _OPERATORS.get(condition.operator)
    if write is None:
        raise _refused(condition)
    try:
        return write(condition.value, sql, column, arguments, dialect)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise _refused(condition) from error


def linked_sql(condition: Condition, links: Entity, arguments: Arguments, dialect: Dialect) -> str:
    """The SQL of a filter on a field of several references: some link leads to one of them, or none is there.

    Raises:
        Invalid: the operator does not go with such a field.
    """
    column = links.fields[LINK].columns[0]
    table = f"SELECT 1 FROM {quoted(links.table)} n WHERE n.parent_id = t.id"
    if condition.operator == "missing":
        return f"{'NOT ' if condition.value else ''}EXISTS ({table})"
    if condition.operator != "oneOf":
        raise _refused(condition)
    chosen = _one_of(condition.value, f"n.{quoted(column.name)}", column, arguments, dialect)
    return f"EXISTS ({table} AND {chosen})"


def contains_sql(sql: str, part: str, arguments: Arguments, dialect: Dialect) -> str:
    """Whether a text contains another, small and capital letters alike."""
    mark = arguments.bind(lower(part))
    if dialect == "sqlite":
        return f"instr(guanxi_lower({sql}), {mark}) > 0"
    return f"strpos(translate({sql}, '{_FROM}', '{_TO}'), {mark}) > 0"


def _refused(condition: Condition) -> Invalid:
    return Invalid(NO_FILTER, [Problem(f"/{condition.path}", "filter", NO_FILTER)])


def _compared(operator: str) -> Callable[..., str]:
    def write(value: Any, sql: str, column: Column, arguments: Arguments, dialect: Dialect) -> str:
        if value is None:
            return NEVER
        return f"{sql} {operator} {arguments.bind(convert_in(column, value, dialect))}"

    return write


def _one_of(value: Any, sql: str, column: Column, arguments: Arguments, dialect: Dialect) -> str:
    values = [one for one in value if one is not None]
    if not values:
        return NEVER
    if column.kind == "options":
        return _any_chosen(values, sql, arguments, dialect)
    marks = ", ".join(arguments.bind(convert_in(column, one, dialect)) for one in values)
    return f"{sql} IN ({marks})"


def _any_chosen(values: Sequence[tuple[str, ...]], sql: str, arguments: Arguments, dialect: Dialect) -> str:
    """Whether one of several options is among those that are chosen."""
    names = list(dict.fromkeys(name for one in values for name in one))
    if dialect == "postgres":
        return f"{sql} ?| {arguments.bind(names)}::text[]"
    marks = [arguments.bind(f'"{name}"') for name in names]
    return f"({' OR '.join(f'instr({sql}, {mark}) > 0' for mark in marks)})"


def _contains(value: Any, sql: str, column: Column, arguments: Arguments, dialect: Dialect) -> str:
    if column.kind != "text" or not isinstance(value, str):
        raise ValueError("only texts contain texts")
    return contains_sql(sql, value, arguments, dialect)


def _missing(value: Any, sql: str, column: Column, arguments: Arguments, dialect: Dialect) -> str:  # noqa: ARG001
    return f"{sql} IS {'' if value else 'NOT '}NULL"


_OPERATORS: Mapping[str, Callable[..., str]] = {
    "is": _compared("="),
    "isNot": _compared("<>"),
    "from": _compared(">="),
    "to": _compared("<="),
    "oneOf": _one_of,
    "contains": _contains,
    "missing": _missing,
}
