"""Numbers that are given out one after the other.

A number is given once and may be lost when its transaction fails: writers do not wait for each other.
"""

import hashlib

from guanxi.storage.session import Session

_COUNT = (
    "INSERT INTO g_sequence_counter (name, value) VALUES ($1, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = g_sequence_counter.value + 1 RETURNING value"
)
_NEXT = "SELECT CASE WHEN to_regclass($1) IS NOT NULL THEN nextval(to_regclass($1)) END"


async def next_number(session: Session, name: str) -> int:
    """The next number of a sequence, 1 at first.

    SQLite has one writer anyway and counts in a row. On PostgreSQL that row would be locked until the commit
    has reached the disk, and all who create would stand in line for it: there it is a sequence of the
    database, made when first needed.
    """
    if session.dialect == "sqlite":
        return int(await session.value(_COUNT, name))
    sequence = f"q_{hashlib.sha256(name.encode()).hexdigest()[:40]}"
    number = await session.value(_NEXT, sequence)
    if number is None:
        await session.execute("SELECT pg_advisory_xact_lock(hashtext($1))", sequence)
        await session.execute(f"CREATE SEQUENCE IF NOT EXISTS {sequence}")
        number = await session.value(_NEXT, sequence)
    return int(number)
