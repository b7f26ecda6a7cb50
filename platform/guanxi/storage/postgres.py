"""PostgreSQL: a pool of connections, transactions on one of them, statements that read on any."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

from guanxi.errors import Unavailable
from guanxi.storage.faults import POSTGRES_FAULTS, ReleaseMoved, connection_lost, from_postgres
from guanxi.storage.session import Row, Session, Statement

PUBLISH_LOCK = 7_240_571_001
"""The advisory lock that every write holds shared and a publishing holds alone."""
ACQUIRE_SECONDS = 10
SERVER_SETTINGS = {
    "timezone": "UTC",
    # Statements are short and compiled once; compiling them to machine code only delays them.
    "jit": "off",
    # Planning a list with its joins takes longer than answering it: 2.4 of 2.7 ms. Once a text is enough.
    "plan_cache_mode": "force_generic_plan",
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",
}


class PooledConnection(asyncpg.Connection):  # type: ignore[misc] # the library is only partly typed
    """A connection that needs no cleaning between uses.

    Blocks of storage leave nothing behind (no session settings, cursors, listeners or session locks), so the
    customary reset at each return to the pool is a round trip for nothing. An open transaction is still
    rolled back.
    """

    def get_reset_query(self) -> str:
        """Nothing to reset."""
        return ""


class PostgresEngine:
    """The pool of one database."""

    dialect = "postgres"

    def __init__(self, client: AsyncpgDBClient) -> None:
        self.client = client

    async def open(self) -> None:
        """Connect the pool."""
        try:
            await self.client.create_connection(with_db=True)
        except POSTGRES_FAULTS as error:
            raise from_postgres(error) from error

    async def close(self) -> None:
        """Close the pool, waiting for the blocks that still run."""
        await self.client.close()

    @asynccontextmanager
    async def transaction(self, pin: str | None) -> AsyncIterator[Session]:
        """A transaction that holds the publish lock shared."""
        async with self._block(_begin_text(pin)) as session:
            yield session

    @asynccontextmanager
    async def publishing(self) -> AsyncIterator[Session]:
        """A transaction that holds the publish lock alone; `Unavailable` when not had within 100 ms."""
        begin = (
            "BEGIN; SET LOCAL lock_timeout = '100ms'; SET LOCAL statement_timeout = 0; "
            f"SELECT pg_advisory_xact_lock({PUBLISH_LOCK})"
        )
        async with self._block(begin) as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """A reader; it takes a connection at its first statement."""
        session = ReadingSession(self)
        try:
            yield session
        finally:
            await session.release()

    @asynccontextmanager
    async def _block(self, begin: str) -> AsyncIterator[Session]:
        connection = await self._begun(begin)
        session = PostgresSession(connection)
        try:
            try:
                yield session
                await session.commit()
            except BaseException:
                await self._roll_back(connection)
                raise
        finally:
            await self.release(connection)

    async def _begun(self, begin: str) -> Any:
        """A connection with the transaction begun.

        A connection that died while idle is noticed here, before anything was done: the next one is tried,
        at most once for each connection of the pool.
        """
        for left in range(self.client.pool_maxsize, -1, -1):
            connection = await self.acquire()
            try:
                await connection.execute(begin)
                return connection
            except BaseException as error:
                if connection_lost(error):
                    _drop(connection)
                await self._roll_back(connection)
                await self.release(connection)
                if isinstance(error, asyncpg.DivisionByZeroError):
                    raise ReleaseMoved("Another release went live; run the command again on it.") from None
                if not isinstance(error, POSTGRES_FAULTS):
                    raise
                if not (left and connection_lost(error)):
                    raise from_postgres(error) from error
        raise Unavailable("No connection to the database could be had.")

    async def acquire(self) -> Any:
        """A connection of the pool, waited for at most ten seconds."""
        try:
            return await self._pool.acquire(timeout=ACQUIRE_SECONDS)
        except POSTGRES_FAULTS as error:
            raise Unavailable(f"No connection to the database could be had: {error}") from error

    async def release(self, connection: Any) -> None:
        """Give a connection back; a dead one is replaced when next needed."""
        try:
            await self._pool.release(connection)
        except POSTGRES_FAULTS:
            _drop(connection)

    async def _roll_back(self, connection: Any) -> None:
        try:
            if not connection.is_closed() and connection.is_in_transaction():
                await connection.execute("ROLLBACK")
        except POSTGRES_FAULTS:
            _drop(connection)

    @property
    def _pool(self) -> Any:
        pool = self.client._pool  # noqa: SLF001 - the library has no public way to its pool
        if pool is None:
            raise Unavailable("The database is closed.")
        return pool


class PostgresSession(Session):
    """A block on one connection."""

    dialect = "postgres"

    def __init__(self, connection: Any) -> None:
        super().__init__()
        self._connection = connection

    async def fetch(self, sql: str, *args: Any) -> Sequence[Row]:
        """See `Session.fetch`."""
        rows: Sequence[Row] = await self._call("fetch", sql, *args)
        return rows

    async def execute(self, sql: str, *args: Any) -> int:
        """See `Session.execute`."""
        status: str = await self._call("execute", sql, *args)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0

    async def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """See `Session.execute_many`."""
        await self._call("executemany", sql, list(rows))

    async def batch(self, statements: Sequence[Statement]) -> list[Sequence[Row]]:
        """See `Session.batch`."""
        return [await self.fetch(sql, *args) for sql, args in statements]

    async def commit(self) -> None:
        """Write what was left for the end, and commit."""
        for sql, args in self._at_end:
            await self._call("execute", sql, *args)
        # A transaction in which a statement failed answers COMMIT with ROLLBACK, and no error.
        if await self._call("execute", "COMMIT") != "COMMIT":
            raise RuntimeError("A statement of this transaction failed and its error was swallowed.")

    async def _call(self, method: str, *args: Any) -> Any:
        try:
            return await getattr(self._connection, method)(*args)
        except POSTGRES_FAULTS as error:
            fault = from_postgres(error)
            if fault is error:
                raise
            raise fault from error


class ReadingSession(PostgresSession):
    """Reads without a transaction; a statement whose connection died runs again on another."""

    def __init__(self, engine: PostgresEngine) -> None:
        super().__init__(None)
        self._engine = engine

    async def release(self) -> None:
        """Give the connection back, if one was taken."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await self._engine.release(connection)

    async def _call(self, method: str, *args: Any) -> Any:
        for left in range(self._engine.client.pool_maxsize, -1, -1):
            if self._connection is None:
                self._connection = await self._engine.acquire()
            try:
                return await getattr(self._connection, method)(*args)
            except POSTGRES_FAULTS as error:
                fault = from_postgres(error)
                if fault is error:
                    raise
                if connection_lost(error):
                    _drop(self._connection)
                await self.release()
                if not (left and connection_lost(error)):
                    raise fault from error
        raise Unavailable("No connection to the database could be had.")


def _drop(connection: Any) -> None:
    """Close a connection that is of no use any more, if it is not gone already."""
    with suppress(*POSTGRES_FAULTS):
        connection.terminate()


def _begin_text(pin: str | None) -> str:
    """BEGIN, the shared publish lock and the check of the pin, in one round trip.

    They are separate statements on purpose: each takes its own snapshot, so the check sees what a publishing
    that was waited for has committed. Dividing by the number of matching live releases fails when it is none.
    """
    text = f"BEGIN; SELECT pg_advisory_xact_lock_shared({PUBLISH_LOCK})"
    if pin is None:
        return text
    if not (pin.isascii() and pin.isalnum()):
        raise ValueError("A pin is the digest of a catalog.")
    live = "SELECT digest FROM g_release ORDER BY id DESC LIMIT 1"
    return f"{text}; SELECT 1 / (SELECT count(*)::int FROM ({live}) AS live WHERE digest = '{pin}')"
