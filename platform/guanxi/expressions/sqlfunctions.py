"""The functions that SQLite needs on each connection: the very ones of the record back end.

`guanxi(function, signature, ...)` decodes the stored arguments, calls the function and encodes its result;
`guanxi_lower(text)` folds letters.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

from guanxi.expressions import texts
from guanxi.expressions.exact import EXACT
from guanxi.expressions.functions import ALL_FUNCTIONS, ROW_FUNCTIONS
from guanxi.expressions.sqlvalues import from_sql, to_sql

EXACT_KIND = "exact"
"""A number as text, where an integer of 64 bits might not hold it."""

EXACT_WHOLE_KIND = "whole"
"""The same for a whole number."""


@dataclass(frozen=True, slots=True)
class SqliteFunction:
    """A function to be created on each connection; all are deterministic."""

    name: str
    arguments: int
    run: Callable[..., Any]


class _Connection(Protocol):
    def create_function(
        self, name: str, narg: int, func: Callable[..., Any] | None, /, *, deterministic: bool = False
    ) -> None: ...


def register(connection: _Connection) -> None:
    """Creates the functions on a connection of the standard library's sqlite3."""
    for function in SQLITE_FUNCTIONS:
        connection.create_function(function.name, function.arguments, function.run, deterministic=True)


def _lower(text: str | None) -> str | None:
    return None if text is None else texts.lower(text)


def _call(name: str, signature: str, *stored: Any) -> Any:
    function = ALL_FUNCTIONS[name]
    kinds, result = _signature(signature)
    arguments = [_decode(value, *kind) for value, kind in zip(stored, kinds, strict=True)]
    if function.strict and any(
        value is None and index not in function.optional for index, value in enumerate(arguments)
    ):
        return None
    return _encode(function.run(*arguments), *result)


def _rows(name: str, scale: int, elements: str) -> str | None:
    """An aggregate over a JSON list of numbers kept as text."""
    numbers = [None if one is None else Decimal(one) for one in json.loads(elements)]
    run = ROW_FUNCTIONS[name].run
    result = run(numbers, scale) if name == "avg" else run(numbers)
    return None if result is None else format(Decimal(str(result)), "f")


@lru_cache(maxsize=512)
def _signature(signature: str) -> tuple[list[tuple[Any, int]], tuple[Any, int]]:
    arguments, _, result = signature.partition(">")
    return [_kind(one) for one in arguments.split(",")], _kind(result)


def _kind(written: str) -> tuple[str, int]:
    name, _, scale = written.partition(":")
    return name, int(scale or 0)


def _decode(value: Any, kind: Any, scale: int) -> Any:
    if value is not None and kind in {EXACT_KIND, EXACT_WHOLE_KIND}:
        return Decimal(value) if kind == EXACT_KIND else int(Decimal(value))
    return from_sql(value, kind, scale, "sqlite")


def _encode(value: Any, kind: Any, scale: int) -> Any:
    if kind == EXACT_KIND:
        return None if value is None else format(EXACT.plus(Decimal(value)), "f")
    return to_sql(value, kind, scale, "sqlite")


SQLITE_FUNCTIONS = (
    SqliteFunction("guanxi", -1, _call),
    SqliteFunction("guanxi_rows", 3, _rows),
    SqliteFunction("guanxi_lower", 1, _lower),
)
