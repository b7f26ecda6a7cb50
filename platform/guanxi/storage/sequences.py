"""Numbers that are given out one after the other, quickly or without a gap."""

import hashlib

from guanxi.storage.session import Session

_COUNT = (
    "INSERT INTO g_sequence_counter (name, value) VALUES ($1, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = g_sequence_counter.value + 1 RETURNING value"
)
_NEXT = "SELECT CASE WHEN to_regclass($1) IS NOT NULL THEN nextval(to_regclass($1)) END"
_LAST = "SELECT pg_sequence_last_value(to_regclass($1))"
_START = (
    "INSERT INTO g_sequence_counter (name, value) VALUES ($1, $2) "
    "ON CONFLICT (name) DO UPDATE SET value = greatest(g_sequence_counter.value, $2)"
)


async def next_number(session: Session, name: str) -> int:
    """The next number of a sequence, 1 at first; it may be lost when the transaction fails.

    SQLite has one writer anyway and counts in a row. On PostgreSQL that row would be locked until the commit
    has reached the disk, and all who create would stand in line for it: there it is a sequence of the
    database, made when first needed.
    """
    if session.dialect == "sqlite":
        return int(await session.value(_COUNT, name))
    sequence = _sequence(name)
    number = await session.value(_NEXT, sequence)
    if number is None:
        await _lock(session, sequence)
        given = await session.value("SELECT value FROM g_sequence_counter WHERE name = $1", name) or 0
        await session.execute(f"CREATE SEQUENCE IF NOT EXISTS {sequence} START {int(given) + 1}")
        await session.execute("DELETE FROM g_sequence_counter WHERE name = $1", name)
        number = await session.value(_NEXT, sequence)
    return int(number)


async def next_without_gap(session: Session, name: str) -> int:
    """The next number of a sequence in which none is ever missing.

    It is counted in a row that stays locked until the transaction ends, and counted back with it: who needs
    a number of the same sequence meanwhile waits.
    """
    if session.dialect == "postgres":
        sequence = _sequence(name)
        if await session.value("SELECT to_regclass($1)", sequence) is not None:
            # The field had gaps until now: counting goes on where it is.
            await _lock(session, sequence)
            if await session.value("SELECT to_regclass($1)", sequence) is not None:
                await session.execute(_START, name, await session.value(_LAST, sequence) or 0)
                await session.execute(f"DROP SEQUENCE {sequence}")
    return int(await session.value(_COUNT, name))


def _sequence(name: str) -> str:
    return f"q_{hashlib.sha256(name.encode()).hexdigest()[:40]}"


async def _lock(session: Session, sequence: str) -> None:
    """One transaction at a time changes how a sequence is counted."""
    await session.execute("SELECT pg_advisory_xact_lock(hashtext($1))", sequence)
