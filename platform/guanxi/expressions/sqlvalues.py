"""Values on their way to and from the databases: one place, so that rows, filters and functions agree.

SQLite has no exact decimals, dates or booleans: numbers are integers scaled by 10 ** scale, dates and moments
are text of fixed width that sorts in order, yes is 1. Durations are microseconds in both.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from guanxi.expressions.exact import EXACT, shift
from guanxi.expressions.moments import MICROSECOND
from guanxi.expressions.types import (
    BooleanType,
    DatetimeType,
    DateType,
    DurationType,
    IntegerType,
    MoneyType,
    NumberType,
    OptionsType,
    ReferenceType,
    Type,
)

Dialect = Literal["sqlite", "postgres"]
Kind = Literal[
    "text", "integer", "decimal", "boolean", "date", "datetime", "duration", "reference", "options"
]

MAX_DIGITS = 18
"""Digits of a stored number, its decimals included: what an integer of 64 bits surely holds."""


def kind_of(type_: Type) -> tuple[Kind, int]:
    """How values of a type are stored, and with how many decimals."""
    match type_:
        case IntegerType():
            return "integer", 0
        case NumberType(scale=scale) | MoneyType(scale=scale):
            return "decimal", scale
        case BooleanType():
            return "boolean", 0
        case DateType():
            return "date", 0
        case DatetimeType():
            return "datetime", 0
        case DurationType():
            return "duration", 0
        case ReferenceType():
            return "reference", 0
        case OptionsType():
            return "options", 0
        case _:
            return "text", 0


def to_sql(value: Any, kind: Kind, scale: int, dialect: Dialect) -> Any:
    """A value as the database driver takes it; None stays None.

    Raises:
        ValueError: a number has more decimals than `scale`, or more digits than are stored.
    """
    if value is None:
        return None
    convert = (_TO_SQLITE if dialect == "sqlite" else _TO_POSTGRES).get(kind)
    if kind == "decimal":
        return scaled(value, scale) if dialect == "sqlite" else _decimal(value, scale)
    return convert(value) if convert else value


def from_sql(value: Any, kind: Kind, scale: int, dialect: Dialect) -> Any:
    """A value as the database driver gives it, as a Python value; None stays None."""
    if value is None:
        return None
    if kind == "decimal" and dialect == "sqlite":
        return shift(value, -scale)
    convert = (_FROM_SQLITE if dialect == "sqlite" else _FROM_POSTGRES).get(kind)
    return convert(value) if convert else value


def scaled(value: Decimal | int, scale: int) -> int:
    """A number as an integer times 10 ** -scale.

    Raises:
        ValueError: it has more decimals, or more digits than are stored.
    """
    moved = shift(value, scale)
    if moved != moved.to_integral_value():
        raise ValueError(f"{value} has more than {scale} decimals; round it first.")
    number = int(moved)
    if abs(number) >= 10**MAX_DIGITS:
        raise ValueError(
            f"{value} has more than {MAX_DIGITS} digits with {scale} decimals; it cannot be stored."
        )
    return number


def _decimal(value: Decimal | int, scale: int) -> Decimal:
    return EXACT.quantize(shift(scaled(value, scale), -scale), Decimal(1).scaleb(-scale))


def _whole(value: int) -> int:
    return scaled(value, 0)


def _moment_text(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def _microseconds(value: timedelta) -> int:
    return value // MICROSECOND


def _duration(value: int | Decimal) -> timedelta:
    return timedelta(microseconds=int(value))


def _listed(names: Sequence[str]) -> str:
    """A JSON list; a name with its quotes occurs only where it is listed."""
    return json.dumps(names, separators=(",", ":"))


def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


_TO_SQLITE: Mapping[Kind, Callable[[Any], Any]] = {
    "integer": _whole,
    "boolean": int,
    "date": date.isoformat,
    "datetime": _moment_text,
    "duration": _microseconds,
    "options": _listed,
}
_TO_POSTGRES: Mapping[Kind, Callable[[Any], Any]] = {
    "integer": _whole,
    "duration": _microseconds,
    "options": _listed,
}
_FROM_SQLITE: Mapping[Kind, Callable[[Any], Any]] = {
    "boolean": bool,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "duration": _duration,
    "options": _names,
}
_FROM_POSTGRES: Mapping[Kind, Callable[[Any], Any]] = {
    "duration": _duration,
    "integer": int,
    "reference": int,
    "options": _names,
}
