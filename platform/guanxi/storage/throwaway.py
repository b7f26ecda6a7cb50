"""A database that is gone when it is not needed any more."""

import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from guanxi.storage.address import PostgresAddress, read_address
from guanxi.storage.faults import POSTGRES_FAULTS, from_postgres

NOT_A_SERVER = "Write postgresql://USER@HOST/NAME; without an address a file is used."
NO_NAME = "The name of a database is made of small letters, digits and underscores."


@asynccontextmanager
async def throwaway_database(server: str | None, name: str) -> AsyncIterator[str]:
    """The URL of a new, empty database: a file, or with a URL of PostgreSQL `name` beside the one it names.

    Raises:
        Unavailable: the server cannot be reached, or does not let this role create databases.
        ValueError: the URL names no PostgreSQL database.
    """
    if server is None:
        with tempfile.TemporaryDirectory(prefix="guanxi-") as folder:
            yield f"sqlite://{Path(folder) / 'scenario.sqlite3'}"
        return
    address = read_address(server)
    if not isinstance(address, PostgresAddress):
        raise ValueError(NOT_A_SERVER)  # noqa: TRY004 - the text is wrong, not its type
    if not re.fullmatch("[a-z0-9_]{1,60}", name):
        raise ValueError(NO_NAME)
    await _on(address, f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        await _on(address, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _on(server: PostgresAddress, statement: str) -> None:
    try:
        connection = await asyncpg.connect(**server.credentials(), timeout=10)
    except POSTGRES_FAULTS as fault:
        raise from_postgres(fault) from fault
    try:
        await connection.execute(statement)
    except POSTGRES_FAULTS as fault:
        raise from_postgres(fault) from fault
    finally:
        await connection.close()
