"""Numbered placeholders: written as PostgreSQL takes them, rendered for SQLite."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

_NUMBERED = re.compile(r"\$(\d+)")


@lru_cache(maxsize=4096)
def for_sqlite(sql: str) -> str:
    """`$1` becomes `?1`."""
    return _NUMBERED.sub(r"?\1", sql)


class Arguments:
    """Collects the arguments of a statement while its text is put together."""

    def __init__(self, *values: Any) -> None:
        self.values: list[Any] = list(values)

    def bind(self, value: Any) -> str:
        """Add an argument and return its placeholder."""
        self.values.append(value)
        return f"${len(self.values)}"

    @property
    def binder(self) -> Callable[[Any], str]:
        """`bind`, to hand on."""
        return self.bind
