"""Bulk rows straight into tables: COPY on PostgreSQL, one prepared INSERT on SQLite."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol
from urllib.parse import urlsplit

import asyncpg

CHUNK = 10_000


@dataclass(frozen=True)
class Rows:
    """Rows for one table, in the order of `columns`."""

    table: str
    columns: Sequence[str]
    values: Iterable[Sequence[Any]]


class Loader(Protocol):
    """Somewhere to load rows into."""

    async def load(self, rows: Rows) -> None:
        """Append the rows."""

    async def execute(self, statement: str) -> None:
        """Run one statement."""

    async def fetch(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""

    async def close(self) -> None:
        """Commit, refresh planner statistics and let go."""


class PostgresLoader:
    """Loads by COPY."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        """Use an open connection."""
        self._connection = connection

    async def load(self, rows: Rows) -> None:
        """Append the rows."""
        await self._connection.copy_records_to_table(rows.table, columns=rows.columns, records=rows.values)

    async def execute(self, statement: str) -> None:
        """Run one statement."""
        await self._connection.execute(statement)

    async def fetch(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        return [tuple(row) for row in await self._connection.fetch(statement)]

    async def close(self) -> None:
        """Refresh planner statistics and let go."""
        await self._connection.execute("VACUUM ANALYZE")
        await self._connection.close()


class SqliteLoader:
    """Loads by executemany in one transaction."""

    def __init__(self, path: str) -> None:
        """Open the file."""
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("BEGIN IMMEDIATE")

    async def load(self, rows: Rows) -> None:
        """Append the rows."""
        names = ", ".join(f'"{column}"' for column in rows.columns)
        marks = ", ".join("?" for _ in rows.columns)
        statement = f'INSERT INTO "{rows.table}" ({names}) VALUES ({marks})'
        values = iter(rows.values)
        while chunk := list(islice(values, CHUNK)):
            self._connection.executemany(statement, chunk)

    async def execute(self, statement: str) -> None:
        """Run one statement."""
        self._connection.execute(statement)

    async def fetch(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        return self._connection.execute(statement).fetchall()

    async def close(self) -> None:
        """Commit, refresh planner statistics and let go."""
        self._connection.execute("COMMIT")
        self._connection.execute("ANALYZE")
        self._connection.close()


async def open_loader(url: str) -> Loader:
    """A loader for the database at `url`."""
    if urlsplit(url).scheme.startswith("postgres"):
        return PostgresLoader(await asyncpg.connect(url))
    return SqliteLoader(url.removeprefix("sqlite://"))


async def create_postgres(server: str, name: str) -> str:
    """An empty database on the server at `server`; its address. One of that name is replaced."""
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()
    return urlsplit(server)._replace(path=f"/{name}").geturl()


async def drop_postgres(server: str, name: str) -> None:
    """Remove the database."""
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await connection.close()
