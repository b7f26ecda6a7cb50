"""SQLite: one connection that writes, a few that read, each in its own thread.

Every step is one hop into the connection's thread, so steps are made big: a transaction begins with its
first statement and commits together with its last writes.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from tortoise.backends.sqlite.client import SqliteClient

from guanxi.expressions.sqlfunctions import register
from guanxi.storage.faults import SQLITE_FAULTS, ReleaseMoved, from_sqlite
from guanxi.storage.placeholders import for_sqlite
from guanxi.storage.session import Row, Session, Statement
from guanxi.storage.statistics import analysing, grown_tables, reload_statistics

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

READERS = 2
BUSY_TIMEOUT = 10_000
"""Milliseconds that a write waits for another process."""
LIVE_DIGEST = "SELECT digest FROM g_release ORDER BY id DESC LIMIT 1"


def pragmas() -> dict[str, object]:
    """What every connection is opened with."""
    return {
        "journal_mode": "WAL",
        "synchronous": "NORMAL",
        "foreign_keys": "ON",
        "busy_timeout": BUSY_TIMEOUT,
        "cache_size": -32_000,
        "temp_store": "MEMORY",
        "journal_size_limit": 16_777_216,
    }


def as_text(moment: datetime) -> str:
    """A moment as SQLite columns hold it: UTC, fixed width, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


sqlite3.register_adapter(datetime, as_text)
sqlite3.register_adapter(date, date.isoformat)


class SqliteEngine:
    """The connections of one database file."""

    dialect = "sqlite"

    def __init__(self, path: Path, writer: SqliteClient, readers: Sequence[SqliteClient]) -> None:
        self._path = path
        self.client = writer
        self._clients = (writer, *readers)
        self._turn = 0
        self._writing = asyncio.Lock()

    async def open(self) -> None:
        """Open all connections; the file is made if it is missing."""
        for client in self._clients:
            await client.create_connection(with_db=True)
            connection = _connection(client)
            await _hop(connection, register)
        # Read in the event loop itself: the header page is in memory, 3 microseconds.
        self._direct = sqlite3.connect(self._path, isolation_level=None)

    async def close(self) -> None:
        """Close all connections."""
        self._direct.close()
        for client in self._clients:
            await client.close()

    @asynccontextmanager
    async def transaction(self, pin: str | None) -> AsyncIterator[Session]:
        """A write transaction; one at a time in this process."""
        async with self._writing:
            session = SqliteSession(_connection(self.client), pin, writes=True)
            try:
                yield session
                await session.commit()
            except BaseException:
                await asyncio.shield(session.rollback())
                raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """A reader beside the writer; readers take turns over the reading connections."""
        self._turn = (self._turn + 1) % (len(self._clients) - 1)
        yield SqliteSession(_connection(self._clients[self._turn + 1]), None, writes=False)

    async def refresh_statistics(self) -> None:
        """Look at the indexes of tables that have grown, so that lists choose the right one."""
        grown = await _hop(_connection(self._clients[1]), grown_tables)
        for table in grown:
            # One at a time: others write in between.
            async with self._writing:
                await _hop(_connection(self.client), analysing(table))
        for client in self._clients[1:] if grown else ():
            await _hop(_connection(client), reload_statistics)

    def release_mark(self) -> int:
        """A number that changes with every publishing."""
        return int(self._direct.execute("PRAGMA user_version").fetchone()[0])


class SqliteSession(Session):
    """A block on one connection."""

    dialect = "sqlite"

    def __init__(self, connection: aiosqlite.Connection, pin: str | None, *, writes: bool) -> None:
        super().__init__()
        self._connection = connection
        self._pin = pin
        self._to_begin = writes
        self._begun = False

    async def run(self, work: Work[T]) -> T:
        """One hop: begin if that is still to do, then the work, in the connection's thread."""
        if not self._to_begin:
            return await _hop(self._connection, work)
        self._to_begin, self._begun, pin = False, True, self._pin

        def begin_and_work(connection: sqlite3.Connection) -> T:
            _begin(connection, pin)
            return work(connection)

        return await _hop(self._connection, begin_and_work)

    async def fetch(self, sql: str, *args: Any) -> Sequence[Row]:
        """See `Session.fetch`."""
        text = for_sqlite(sql)
        return await self.run(lambda connection: connection.execute(text, args).fetchall())

    async def execute(self, sql: str, *args: Any) -> int:
        """See `Session.execute`."""
        text = for_sqlite(sql)
        return await self.run(lambda connection: connection.execute(text, args).rowcount)

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """See `Session.execute_many`."""
        text, all_rows = for_sqlite(sql), list(rows)
        await self.run(lambda connection: connection.executemany(text, all_rows))

    async def batch(self, statements: Sequence[Statement]) -> list[Sequence[Row]]:
        """See `Session.batch`."""
        texts = [(for_sqlite(sql), args) for sql, args in statements]
        return await self.run(
            lambda connection: [connection.execute(text, args).fetchall() for text, args in texts]
        )

    async def commit(self) -> None:
        """Write what was left for the end, and commit."""
        if not self._begun and not self._at_end:
            return
        last = [(for_sqlite(sql), args) for sql, args in self._at_end]

        def finish(connection: sqlite3.Connection) -> None:
            for text, args in last:
                connection.execute(text, args)
            connection.execute("COMMIT")

        await self.run(finish)
        self._begun = False

    async def rollback(self) -> None:
        """Undo what the block did."""
        if self._begun:
            await _hop(self._connection, _roll_back)


def _begin(connection: sqlite3.Connection, pin: str | None) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if pin is None:
        return
    live = connection.execute(LIVE_DIGEST).fetchone()
    if live is None or live[0] != pin:
        raise ReleaseMoved("Another release went live; run the command again on it.")


def _roll_back(connection: sqlite3.Connection) -> None:
    # A full disk or an I/O error has rolled back by itself.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _connection(client: SqliteClient) -> aiosqlite.Connection:
    connection = client._connection  # noqa: SLF001 - the library has no public way to its connection
    if connection is None:
        raise from_sqlite(ValueError("closed"))
    return connection


async def _hop(connection: aiosqlite.Connection, work: Work[T]) -> T:
    """Run work in the connection's thread."""
    try:
        # The library's own methods hop for each statement.
        run: Callable[..., Awaitable[T]] = connection._execute  # noqa: SLF001
        result = await run(work, connection._conn)  # noqa: SLF001
    except SQLITE_FAULTS as error:
        fault = from_sqlite(error)
        if fault is error:
            raise
        raise fault from error
    return result
