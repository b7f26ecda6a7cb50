"""The statements that a command writes with, recorded, to be run again about another record."""

import functools
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from guanxi.storage.postgres import PostgresSession
from guanxi.storage.session import Session
from guanxi.storage.sqlite import SqliteSession

Run = Callable[[str, Sequence[Any]], Awaitable[Sequence[Any]]]


@dataclass
class Written:
    """What was written, in order: the statement, its arguments, and the id that it answered."""

    statements: list[tuple[str, tuple[Any, ...], int | None]] = field(default_factory=list)

    def add(self, sql: str, args: Sequence[Any], rows: Sequence[Any] = ()) -> None:
        """Note a statement, if it writes."""
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            answered = rows[0]["id"] if rows and "RETURNING id" in sql else None
            self.statements.append((sql, tuple(args), answered))

    async def repeat(self, run: Run, record: int, to: int) -> None:
        """Run the same about another record, whose instance has the same number as itself, as here."""
        ids, was, now = {record: to}, f"instance {record} ", f"instance {to} "
        for sql, args, answered in self.statements:
            moved = [
                ids.get(arg, arg)
                if type(arg) is int
                else arg.replace(was, now)
                if isinstance(arg, str)
                else arg
                for arg in args
            ]
            rows = await run(sql, moved)
            if answered is not None:
                ids[answered] = rows[0][0]


@contextmanager
def recording() -> Iterator[Written]:
    """Note what sessions write while this is open."""
    written = Written()
    with ExitStack() as stack:
        for kind in (SqliteSession, PostgresSession):
            for name in ("fetch", "execute"):
                stack.enter_context(patch.object(kind, name, _noting(getattr(kind, name), written)))
        stack.enter_context(patch.object(SqliteSession, "batch", _noting_all(SqliteSession.batch, written)))
        stack.enter_context(patch.object(Session, "at_end", _noting_last(Session.at_end, written)))
        yield written


def _noting(run: Any, written: Written) -> Any:
    @functools.wraps(run)
    async def noted(session: Session, sql: str, *args: Any) -> Any:
        result = await run(session, sql, *args)
        written.add(sql, args, result if isinstance(result, list) else ())
        return result

    return noted


def _noting_all(run: Any, written: Written) -> Any:
    @functools.wraps(run)
    async def noted(session: Session, statements: Sequence[Any]) -> Any:
        results = await run(session, statements)
        for (sql, args), rows in zip(statements, results, strict=True):
            written.add(sql, args, rows)
        return results

    return noted


def _noting_last(run: Any, written: Written) -> Any:
    @functools.wraps(run)
    def noted(session: Session, sql: str, *args: Any) -> None:
        written.add(sql, args)
        run(session, sql, *args)

    return noted
