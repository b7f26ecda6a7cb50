"""Where the members of an entity are kept, for the set back end."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from guanxi.expressions.sqlvalues import Kind

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class ColumnRef:
    """A column: its name, and how its values are stored."""

    name: str
    kind: Kind
    scale: int = 0


@dataclass(frozen=True, slots=True)
class TableRef:
    """The table of an entity, whose key column is `id`.

    `columns` by member (the currency kept with an amount is `<member>.currency`); `references` give the
    entity a member leads to; `collections` give the entity of the rows and their column that leads back;
    `parent` the same for the owner of a line.
    """

    table: str
    columns: Mapping[str, ColumnRef]
    references: Mapping[str, str]
    collections: Mapping[str, tuple[str, str]]
    parent: tuple[str, str] | None = None


Tables = Mapping[str, TableRef]
Bind = Callable[[object], str]
"""Takes a value as the driver wants it, and gives the placeholder to write."""


def quoted(identifier: str) -> str:
    """An identifier in quotes.

    Raises:
        ValueError: it is none of the names that definitions can make.
    """
    if not _IDENTIFIER.fullmatch(identifier):
        raise ValueError(f"{identifier!r} is no name of a table or column; names are [a-z][a-z0-9_]*.")
    return f'"{identifier}"'
