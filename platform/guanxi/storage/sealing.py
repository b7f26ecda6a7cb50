"""Sealing the audit: unsealed rows get their place in the hash chain.

The place is given here, not when the row was written: rows of concurrent commands become visible in any
order, and whichever is seen first is sealed first. A row is sealed once. Only sealers wait for each other.
"""

from guanxi.storage.chain import COLUMNS, START, digest_after
from guanxi.storage.database import Database
from guanxi.storage.session import Session

BATCH = 500
SEAL_LOCK = 7_240_571_003


async def seal(database: Database) -> int:
    """Seal what is there, in batches of one short transaction each; returns how many rows were sealed.

    When another process seals at the moment, there is nothing to do.
    """
    sealed = 0
    while await _anything(database):
        async with database.transaction() as session:
            count = await _seal_batch(session)
        sealed += count
        if count < BATCH:
            break
    return sealed


async def head_of(session: Session) -> tuple[int, str]:
    """The last place that was given, and the digest there."""
    row = await session.fetchrow(
        "SELECT seal_seq, digest FROM g_audit WHERE seal_seq IS NOT NULL ORDER BY seal_seq DESC LIMIT 1"
    )
    return (row["seal_seq"], row["digest"]) if row is not None else (0, START)


async def _anything(database: Database) -> bool:
    """Looked up outside of any transaction, so that an idle sealer disturbs no writer."""
    async with database.reading() as session:
        return await session.value("SELECT 1 FROM g_audit WHERE seal_seq IS NULL LIMIT 1") is not None


async def _seal_batch(session: Session) -> int:
    if session.dialect == "postgres" and not await session.value(
        "SELECT pg_try_advisory_xact_lock($1)", SEAL_LOCK
    ):
        return 0
    place, digest = await head_of(session)
    rows = await session.fetch(
        f"SELECT {COLUMNS} FROM g_audit WHERE seal_seq IS NULL ORDER BY id LIMIT $1", BATCH
    )
    seals = []
    for row in rows:
        place, digest = place + 1, digest_after(digest, row)
        seals.append((place, digest, row["id"]))
    await session.execute_many("UPDATE g_audit SET seal_seq = $1, digest = $2 WHERE id = $3", seals)
    return len(seals)
