"""Knowing the live release without asking the database at every request."""

import asyncio
import sqlite3
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg

from guanxi.storage.address import PostgresAddress, SqliteAddress
from guanxi.storage.faults import POSTGRES_FAULTS
from guanxi.storage.postgres import PostgresEngine
from guanxi.storage.session import Session
from guanxi.storage.sqlite import SqliteEngine

CHANNEL = "guanxi_release"


@dataclass(frozen=True, slots=True)
class LiveRelease:
    """The newest release: its number and the digest of its catalog."""

    id: int
    digest: str


class Watch(Protocol):
    """Knows the live release."""

    async def live(self) -> LiveRelease | None:
        """The live release, or None before the first."""
        ...

    def look_again(self) -> None:
        """This process has published: do not wait until that is told."""
        ...

    async def close(self) -> None:
        """Stop watching."""
        ...


async def newest_release(session: Session) -> LiveRelease | None:
    """Read the live release from the database; None before the first."""
    row = await session.fetchrow("SELECT id, digest FROM g_release ORDER BY id DESC LIMIT 1")
    return LiveRelease(row["id"], row["digest"]) if row else None


async def _newest_if_made(session: Session) -> LiveRelease | None:
    """As `newest_release`, also in a database that is still empty."""
    try:
        return await newest_release(session)
    except asyncpg.UndefinedTableError:
        return None
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        return None


class SqliteWatch:
    """Reads again when the file's mark has changed; every publishing changes it."""

    def __init__(self, engine: SqliteEngine) -> None:
        self._engine = engine
        self._mark = -1
        self._live: LiveRelease | None = None

    async def live(self) -> LiveRelease | None:
        """See `Watch.live`."""
        mark = self._engine.release_mark()
        if mark != self._mark:
            async with self._engine.reading() as session:
                self._live = await _newest_if_made(session)
            self._mark = mark
        return self._live

    def look_again(self) -> None:
        """See `Watch.look_again`; the file's mark tells it anyway."""

    async def close(self) -> None:
        """See `Watch.close`."""


class PostgresWatch:
    """Is told by the server; reads again after it was told, and after its connection was lost."""

    def __init__(self, engine: PostgresEngine, address: SqliteAddress | PostgresAddress) -> None:
        self._engine = engine
        self._credentials = address.credentials() if isinstance(address, PostgresAddress) else {}
        self._connection: Any = None
        self._told = 0
        self._current = False
        self._live: LiveRelease | None = None
        self._connecting = asyncio.Lock()

    async def live(self) -> LiveRelease | None:
        """See `Watch.live`."""
        if self._current:
            return self._live
        listening = await self._listen()
        told = self._told
        async with self._engine.reading() as session:
            self._live = await _newest_if_made(session)
        # "None yet" is not kept: who has just published must see it before the server has told.
        self._current = listening and told == self._told and self._live is not None
        return self._live

    def look_again(self) -> None:
        """See `Watch.look_again`."""
        self._stale()

    async def close(self) -> None:
        """See `Watch.close`."""
        connection, self._connection, self._current = self._connection, None, False
        if connection is not None and not connection.is_closed():
            await connection.close()

    async def _listen(self) -> bool:
        """Whether there is a connection on which the server tells; without one every call reads."""
        async with self._connecting:
            if self._connection is not None and not self._connection.is_closed():
                return True
            try:
                connection = await asyncpg.connect(
                    **self._credentials, timeout=10, server_settings={"application_name": "guanxi watch"}
                )
                connection.add_termination_listener(self._stale)
                await connection.add_listener(CHANNEL, self._stale)
            except POSTGRES_FAULTS:
                return False
            self._connection = connection
            return True

    def _stale(self, *_: Any) -> None:
        self._told += 1
        self._current = False
