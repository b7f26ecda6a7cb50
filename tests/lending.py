"""Databases on a PostgreSQL server that tests borrow and give back.

Making one and dropping it costs the server a checkpoint each, so one that was given back is emptied and lent
again. It is lent again only if it then equals its template in structure, content and counters; else it goes.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg

STRUCTURE = """
SELECT coalesce(md5(string_agg(it, E'\\n' ORDER BY it)), '') FROM (
  SELECT concat_ws(' ', c.oid::regclass, c.relkind, a.attname, a.attnum, a.attnotnull, a.attisdropped,
                   format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid)) AS it
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
  UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp_'
  UNION ALL SELECT 'extension ' || extname FROM pg_extension
  UNION ALL SELECT concat_ws(' ', datallowconn, datconnlimit) FROM pg_database
    WHERE datname = current_database()
  UNION ALL SELECT setting FROM pg_db_role_setting s JOIN pg_database b ON b.oid = s.setdatabase,
    unnest(setconfig) AS setting
    WHERE b.datname = current_database() AND setting <> 'synchronous_commit=off'
) AS everything (it)
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
COUNTERS = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"
RESET = "SELECT setval($1::regclass, $2, $3)"
OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Lending:
    """The databases made from one template on one server."""

    def __init__(self, server: str, template: str) -> None:
        self.server = server
        self.template = template
        self.made = 0
        self.free: list[str] = []
        self.state: dict[str, Any] = {}

    async def lend(self) -> str:
        """The name of a database that equals the template and that nobody else has."""
        if self.free:
            return self.free.pop()
        if not self.state:
            self.state = await self._state_of(self.template)
        self.made += 1
        name = f"{self.template}_{self.made}"
        await on_server(self.server, f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')
        # What it holds is thrown away anyway, so nothing waits for the disk.
        await on_server(self.server, f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        return name

    async def take_back(self, name: str) -> None:
        """Empty it for the next who asks, or drop it."""
        if await self._emptied(name):
            self.free.append(name)
        else:
            await drop(self.server, name)

    async def close(self) -> None:
        """Drop what is still there, and the template."""
        for name in (*self.free, self.template):
            await drop(self.server, name)
        self.free.clear()

    async def _emptied(self, name: str) -> bool:
        connection = await asyncpg.connect(named(self.server, name), timeout=10)
        try:
            await connection.execute(OTHERS)
            async with connection.transaction():
                await self._undo(connection)
                now = await _state(connection)
            return now == self.state
        except asyncpg.PostgresError:
            # Not even its tables are there any more, or somebody holds them: another is made.
            return False
        finally:
            await connection.close()

    async def _undo(self, connection: asyncpg.Connection) -> None:
        meant = self.state["contents"]
        now = await _contents(connection, meant)
        changed = [table for table in meant if now[table] != meant[table]]
        if changed:
            # One statement, for references are checked at its end.
            parts = (f'_{number} AS (DELETE FROM "{table}")' for number, table in enumerate(changed))
            await connection.execute(f"WITH {', '.join(parts)} SELECT 1")
        counted = dict(await connection.fetch(COUNTERS))
        for counter, value in self.state["counters"].items():
            if counted.get(counter) != value:
                await connection.execute(RESET, counter, value or 1, bool(value))

    async def _state_of(self, name: str) -> dict[str, Any]:
        connection = await asyncpg.connect(named(self.server, name), timeout=10)
        try:
            return await _state(connection)
        finally:
            await connection.close()


async def _state(connection: asyncpg.Connection) -> dict[str, Any]:
    return {
        "structure": await connection.fetchval(STRUCTURE),
        "contents": await _contents(connection, [name for (name,) in await connection.fetch(TABLES)]),
        "counters": dict(await connection.fetch(COUNTERS)),
    }


async def _contents(connection: asyncpg.Connection, tables: Iterable[str]) -> dict[str, str]:
    """The table's rows as one hash, for each table."""
    parts = (
        f"(SELECT md5(string_agg(t::text, E'\\n' ORDER BY t::text)) FROM \"{name}\" t)" for name in tables
    )
    return dict(zip(tables, await connection.fetchrow(f"SELECT {', '.join(parts)}"), strict=True))


async def drop(server: str, name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    await on_server(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def on_server(server: str, statement: str) -> None:
    """Carry out a statement that concerns databases as such."""
    connection = await asyncpg.connect(server, timeout=10)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def named(server: str, name: str) -> str:
    """The URL of a database of the server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
