"""A workspace's database: where commands open transactions and everything else reads."""

from contextlib import AbstractAsyncContextManager

from tortoise.backends.asyncpg.client import AsyncpgDBClient

from guanxi.storage.address import PostgresAddress, SqliteAddress, read_address
from guanxi.storage.live import LiveRelease, PostgresWatch, SqliteWatch
from guanxi.storage.postgres import SERVER_SETTINGS, PooledConnection, PostgresEngine
from guanxi.storage.session import Dialect, Session
from guanxi.storage.sqlite import READERS, SqliteEngine, pragmas
from guanxi.storage.sqlite_client import Client


class Database:
    """An open database. Several may be open in one process; each has its own connections."""

    def __init__(
        self, engine: SqliteEngine | PostgresEngine, address: SqliteAddress | PostgresAddress
    ) -> None:
        self._engine = engine
        self.address = address
        self._watch = (
            SqliteWatch(engine) if isinstance(engine, SqliteEngine) else PostgresWatch(engine, address)
        )

    @classmethod
    async def open(cls, url: str, pool_size: int = 10) -> "Database":
        """Open the database at a URL (see `address.read_address`).

        Raises:
            Unavailable: it cannot be reached.
            ValueError: the URL is none.
        """
        address = read_address(url)
        engine = _sqlite(address) if isinstance(address, SqliteAddress) else _postgres(address, pool_size)
        await engine.open()
        return cls(engine, address)

    async def close(self) -> None:
        """Close every connection."""
        await self._watch.close()
        await self._engine.close()

    @property
    def dialect(self) -> Dialect:
        """Which database it is."""
        return "sqlite" if isinstance(self._engine, SqliteEngine) else "postgres"

    def transaction(self, pin: str | None = None) -> AbstractAsyncContextManager[Session]:
        """A transaction that commits when its block ends and rolls back when it raises.

        With a pin (the digest of the catalog the command was prepared on) it holds only while that catalog is
        live: otherwise the first statement raises `ReleaseMoved`.
        """
        return self._engine.transaction(pin)

    def reading(self) -> AbstractAsyncContextManager[Session]:
        """A session that only reads; it never waits for writers."""
        return self._engine.reading()

    def publishing(self) -> AbstractAsyncContextManager[Session]:
        """A transaction beside which nothing else writes; `Unavailable` when not had at once."""
        if isinstance(self._engine, PostgresEngine):
            return self._engine.publishing()
        return self._engine.transaction(None)

    async def refresh_statistics(self) -> None:
        """Let the database look at how values are spread; PostgreSQL does so by itself."""
        if isinstance(self._engine, SqliteEngine):
            await self._engine.refresh_statistics()

    def look_again(self) -> None:
        """After a publishing of this process: the next call of `live_release` asks the database."""
        self._watch.look_again()

    async def live_release(self) -> LiveRelease | None:
        """The live release, or None before the first publishing; cheap enough for every request."""
        return await self._watch.live()


def _sqlite(address: SqliteAddress) -> SqliteEngine:
    address.path.parent.mkdir(parents=True, exist_ok=True)
    writer = Client(str(address.path), connection_name="writer", **pragmas())
    readers = [
        Client(str(address.path), connection_name=f"reader_{place}", **pragmas(), query_only="ON")
        for place in range(READERS)
    ]
    return SqliteEngine(address.path, writer, readers)


def _postgres(address: PostgresAddress, pool_size: int) -> PostgresEngine:
    client = AsyncpgDBClient(
        **address.credentials(),
        connection_name="postgres",
        minsize=min(2, pool_size),
        maxsize=pool_size,
        connection_class=PooledConnection,
        server_settings=SERVER_SETTINGS,
        application_name="guanxi",
        statement_cache_size=1024,
        max_cacheable_statement_size=64 * 1024,
        timeout=10,
    )
    return PostgresEngine(client)
