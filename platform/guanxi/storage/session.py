"""What every part of storage runs its statements through, alike on both databases.

SQL is written with numbered placeholders (`$1`, `$2`, ...) and portable functions; where the databases differ
a module asks `session.dialect`. A session is either a transaction or a reader; both end with their block.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, Protocol

Dialect = Literal["sqlite", "postgres"]
Statement = tuple[str, Sequence[Any]]
"""SQL text and its arguments."""


class Row(Protocol):
    """A row of a result: by column name or by position."""

    def __getitem__(self, key: Any, /) -> Any:
        """The value of a column."""
        ...

    def __len__(self) -> int:
        """How many columns."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """The values, in the order of the columns."""
        ...

    def keys(self) -> Any:
        """The names of the columns."""
        ...


class Session(ABC):
    """A connection for the length of a block.

    Every method raises `Unavailable` when the database cannot be had, `ConstraintBroken` when it refuses a
    write, and, at the first statement of a transaction, `ReleaseMoved`.
    """

    dialect: Dialect

    def __init__(self) -> None:
        self._at_end: list[Statement] = []

    @abstractmethod
    async def fetch(self, sql: str, *args: Any) -> Sequence[Row]:
        """All rows of a query (or of a write with RETURNING)."""

    @abstractmethod
    async def execute(self, sql: str, *args: Any) -> int:
        """Run a write and return how many rows it touched."""

    @abstractmethod
    async def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one write for each row of arguments."""

    @abstractmethod
    async def batch(self, statements: Sequence[Statement]) -> list[Sequence[Row]]:
        """Run several statements in order and return the rows of each; one thread hop on SQLite."""

    async def fetchrow(self, sql: str, *args: Any) -> Row | None:
        """The first row, or None."""
        rows = await self.fetch(sql, *args)
        return rows[0] if rows else None

    async def value(self, sql: str, *args: Any) -> Any:
        """The first column of the first row, or None."""
        rows = await self.fetch(sql, *args)
        return rows[0][0] if rows else None

    def at_end(self, sql: str, *args: Any) -> None:
        """Run a write just before the commit, in the same step as it; its failure fails the transaction."""
        self._at_end.append((sql, args))
