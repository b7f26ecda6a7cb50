"""The client of one SQLite connection."""

import sqlite3

import aiosqlite
from tortoise.backends.sqlite.client import SqliteClient


class Client(SqliteClient):
    """Tortoise's client, but the thread of its connection never keeps a failed program from ending.

    With the library's own thread a program that ends by an exception, its connections still open, hangs for
    ever. What a transaction had not committed by then is rolled back by the next who opens the file.
    """

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002, FBT001 - the library's signature
        """Open the connection and set its pragmas."""
        if self._connection is not None:
            return
        connector = aiosqlite.connect(self.filename, isolation_level=None)
        connector._thread.daemon = True  # noqa: SLF001 - there is no public way
        self._connection = await connector
        self._connection.row_factory = sqlite3.Row
        for pragma, value in self.pragmas.items():
            cursor = await self._connection.execute(f"PRAGMA {pragma}={value}")
            await cursor.close()
        await self._post_connect()
