"""Bringing the platform's own tables to the version of this program."""

import asyncio
import sqlite3
from typing import Any

import asyncpg
from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError
from tortoise.migrations.executor import MigrationExecutor

from guanxi.errors import Unavailable
from guanxi.storage.address import PostgresAddress, SqliteAddress
from guanxi.storage.database import Database
from guanxi.storage.faults import POSTGRES_FAULTS, from_postgres
from guanxi.storage.jobs.schema import install_queue

APP = "guanxi"
MIGRATION_LOCK = 7_240_571_002
GUARD_SECONDS = 60


def configuration(address: SqliteAddress | PostgresAddress) -> dict[str, Any]:
    """The platform's models and where they live, as the migration tool takes it."""
    if isinstance(address, SqliteAddress):
        engine = "tortoise.backends.sqlite"
        credentials: dict[str, Any] = {"file_path": str(address.path), "busy_timeout": 10_000}
    else:
        engine, credentials = "tortoise.backends.asyncpg", {**address.credentials(), "maxsize": 1}
    return {
        "connections": {"default": {"engine": engine, "credentials": credentials}},
        "apps": {
            APP: {
                "models": ["guanxi.storage.models"],
                "default_connection": "default",
                "migrations": "guanxi.storage.migrations",
            }
        },
    }


async def migrate(database: Database) -> None:
    """Create or upgrade the platform's tables; without anything to do it does nothing.

    Raises:
        Unavailable: the database cannot be had, or another process migrates it for too long.
    """
    address = database.address
    if isinstance(address, SqliteAddress):
        await _migrate_alone(address)
        return
    try:
        guard = await asyncpg.connect(**address.credentials(), timeout=10)
    except POSTGRES_FAULTS as error:
        raise from_postgres(error) from error
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", MIGRATION_LOCK)
        await _run(address)
        await install_queue(guard)
    finally:
        await guard.close()


async def _migrate_alone(address: SqliteAddress) -> None:
    """One process at a time: the migration tool itself looks first and acts later.

    The guard is a file beside the database, locked as a database of its own, which works on every system and
    ends with its process.
    """
    path = address.path.with_name(f"{address.path.name}.migrating")
    guard = sqlite3.connect(path, timeout=GUARD_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        await asyncio.to_thread(guard.execute, "BEGIN EXCLUSIVE")
        await _run(address)
    except (sqlite3.OperationalError, OperationalError) as error:
        if "locked" not in str(error):
            raise
        raise Unavailable("Another process holds the database; end it, or try again.") from error
    finally:
        guard.close()


async def _run(address: SqliteAddress | PostgresAddress) -> None:
    config = configuration(address)
    async with TortoiseContext() as context:
        await context.init(config=config)
        executor = MigrationExecutor(context.connections.get("default"), config["apps"])
        await executor.migrate(direction="forward")
