"""What a database may do to us, in the product's own words.

GuanxiError
├── Unavailable             no connection, a lock not had in time, a full disk: try again
│   └── Deadlocked          two transactions waited for each other: run the command again
├── ReleaseMoved            another release went live meanwhile: run the command again
├── ConstraintBroken        a unique value is taken, or a reference leads nowhere or is still needed
└── Refused.Invalid         a number that no column can hold
"""

import asyncio
import re
import sqlite3
from typing import Literal

import asyncpg

from guanxi.errors import N_, GuanxiError, Invalid, Unavailable


class ReleaseMoved(GuanxiError):
    """The release that the command pinned is no longer the live one; nothing was written."""


class Deadlocked(Unavailable):
    """The transaction waited for another that waited for it; nothing was written."""


class ConstraintBroken(GuanxiError):
    """The database refused a write: `unique` (a value is taken) or `reference` (one end is missing).

    `columns` are known for SQLite, `constraint` for PostgreSQL; `uniqueness.broken_fields` reads either.
    """

    def __init__(
        self,
        kind: Literal["unique", "reference", "other"],
        table: str = "",
        columns: tuple[str, ...] = (),
        constraint: str = "",
    ) -> None:
        self.kind = kind
        self.table = table
        self.columns = columns
        self.constraint = constraint
        super().__init__(f"{kind} constraint broken: {table or constraint} {', '.join(columns)}".rstrip())


CONNECTION_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    # The driver's own confusion when a connection is cut in the middle of an operation.
    asyncpg.InternalClientError,
    ConnectionError,
)
"""What asyncpg raises when there is no (more) connection."""

_TRY_AGAIN = (
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.InsufficientResourcesError,
    asyncio.TimeoutError,
    OSError,
)

POSTGRES_FAULTS = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncio.TimeoutError,
    OSError,
)
SQLITE_FAULTS = (sqlite3.Error, OverflowError, ValueError)

_SQLITE_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")
_SQLITE_TRY_AGAIN = ("locked", "busy", "full", "disk I/O", "unable to open", "readonly")


def connection_lost(error: BaseException) -> bool:
    """Whether the statement failed because its connection is gone (and so left nothing behind)."""
    if isinstance(error, asyncpg.InterfaceError):
        # A pool takes the connection away from its block as soon as it is cut ("released back to the pool").
        return any(word in str(error) for word in ("clos", "terminated", "released back"))
    return isinstance(error, CONNECTION_LOST)


def from_postgres(error: BaseException) -> BaseException:
    """The product's fault for one of asyncpg's; what is a mistake of ours stays as it is."""
    if isinstance(error, asyncpg.DeadlockDetectedError):
        return Deadlocked("The database could not answer: a deadlock")
    if connection_lost(error) or isinstance(error, _TRY_AGAIN):
        return Unavailable(f"The database could not answer: {str(error) or type(error).__name__}")
    if isinstance(error, asyncpg.UniqueViolationError):
        return ConstraintBroken("unique", error.table_name or "", (), error.constraint_name or "")
    if isinstance(error, asyncpg.ForeignKeyViolationError):
        return ConstraintBroken("reference", error.table_name or "", (), error.constraint_name or "")
    if isinstance(error, asyncpg.NumericValueOutOfRangeError):
        return _too_large()
    return error


def from_sqlite(error: BaseException) -> BaseException:
    """The product's fault for one of sqlite3's; what is a mistake of ours stays as it is."""
    text = str(error)
    if isinstance(error, sqlite3.IntegrityError):
        return _from_sqlite_integrity(text)
    if isinstance(error, OverflowError):
        return _too_large()
    if isinstance(error, sqlite3.OperationalError) and any(word in text for word in _SQLITE_TRY_AGAIN):
        return Unavailable(f"The database could not answer: {text}")
    if isinstance(error, ValueError | sqlite3.ProgrammingError) and "closed" in text:
        return Unavailable("The database is closed.")
    return error


def _from_sqlite_integrity(text: str) -> ConstraintBroken:
    if unique := _SQLITE_UNIQUE.match(text):
        pairs = [place.strip().rpartition(".") for place in unique[1].split(",")]
        return ConstraintBroken("unique", pairs[0][0], tuple(column for _, _, column in pairs))
    if "FOREIGN KEY" in text:
        return ConstraintBroken("reference")
    return ConstraintBroken("other", constraint=text)


def _too_large() -> Invalid:
    return Invalid(N_("A number is too large to be stored. Write a smaller one."))
