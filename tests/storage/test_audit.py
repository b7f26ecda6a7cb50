"""The audit: sealed in order without holding up writers, and every tampering is named."""

import asyncio

import pytest

from guanxi.storage import Database
from guanxi.storage.audit import AuditRow, append, audit_of
from guanxi.storage.history import last_editors
from guanxi.storage.sealing import seal
from guanxi.storage.verifying import verify
from tests.storage.sample import AT

pytestmark = pytest.mark.postgres


async def write(database, number, **detail):
    async with database.transaction() as session:
        append(
            session,
            AuditRow(AT, 7, "api", "changed", "order", number, {"changes": [], "说明": "好", **detail}),
        )


async def sealed_chain(database, rows=6):
    for number in range(1, rows + 1):
        await write(database, number)
    assert await seal(database) == rows
    return await verify(database)


async def change(database, sql, *args):
    async with database.transaction() as session:
        await session.execute(sql, *args)


async def broken_at(database, head=None):
    """Where the chain is said to be broken."""
    broken = (await verify(database, head)).broken
    return broken.place if broken is not None else None


async def test_rows_are_sealed_once_and_hold(bare_database):
    state = await sealed_chain(bare_database)
    assert (state.sealed, state.unsealed, state.broken) == (6, 0, None)
    assert await seal(bare_database) == 0
    await write(bare_database, 7)
    assert (await verify(bare_database)).unsealed == 1
    await seal(bare_database)
    later = await verify(bare_database, state.head)
    assert (later.sealed, later.broken) == (7, None)
    assert later.head != state.head


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE g_audit SET detail = replace(detail, '好', '坏') WHERE seal_seq = 3",
        "UPDATE g_audit SET actor_id = 8 WHERE seal_seq = 3",
        "UPDATE g_audit SET record_id = NULL WHERE seal_seq = 3",
        "UPDATE g_audit SET digest = NULL WHERE seal_seq = 3",
        "DELETE FROM g_audit WHERE seal_seq = 3",
        "UPDATE g_audit SET seal_seq = NULL, digest = NULL WHERE seal_seq = 3",
        "UPDATE g_audit SET seal_seq = 99 WHERE seal_seq = 3",
    ],
)
async def test_an_altered_or_deleted_row_is_named(bare_database, tampering):
    await sealed_chain(bare_database)
    await change(bare_database, tampering)
    assert await broken_at(bare_database) == 3


async def test_swapped_rows_are_named(bare_database):
    await sealed_chain(bare_database)
    for old, new in ((2, 100), (5, 2), (100, 5)):
        await change(bare_database, "UPDATE g_audit SET seal_seq = $1 WHERE seal_seq = $2", new, old)
    assert await broken_at(bare_database) == 2


async def test_a_row_put_in_between_is_named(bare_database):
    await sealed_chain(bare_database)
    async with bare_database.transaction() as session:
        for place in (6, 5, 4):
            await session.execute("UPDATE g_audit SET seal_seq = $1 WHERE seal_seq = $2", place + 1, place)
        await session.execute(
            "INSERT INTO g_audit (at, actor_id, channel, verb, entity, record_id, detail, seal_seq, digest) "
            "SELECT at, actor_id, channel, verb, entity, 99, detail, 4, digest FROM g_audit "
            "WHERE seal_seq = 3"
        )
    broken = (await verify(bare_database)).broken
    assert broken is not None
    assert broken.place == 4
    assert broken.audit_id is not None


async def test_a_cut_end_shows_with_a_noted_digest(bare_database):
    state = await sealed_chain(bare_database)
    await change(bare_database, "DELETE FROM g_audit WHERE seal_seq > 4")
    assert (await verify(bare_database)).broken is None
    assert await broken_at(bare_database, state.head) == 4
    await write(bare_database, 50)
    await seal(bare_database)
    assert (await verify(bare_database, state.head)).broken is not None


async def test_sealers_and_writers_at_once_leave_one_chain(bare_url):
    databases = [await Database.open(bare_url, pool_size=4) for _ in range(2)]
    try:
        writing = [write(databases[number % 2], number) for number in range(40)]
        await asyncio.gather(*writing, *(seal(database) for database in databases * 3))
        await seal(databases[0])
        state = await verify(databases[1])
        assert (state.sealed, state.unsealed, state.broken) == (40, 0, None)
    finally:
        for database in databases:
            await database.close()


async def test_an_open_transaction_does_not_hold_up_the_sealer(bare_postgres_url):
    """On SQLite there is one writer at a time anyway."""
    database = await Database.open(bare_postgres_url, pool_size=4)
    try:
        await write(database, 1)
        async with database.transaction() as session:
            append(session, AuditRow(AT, 7, "api", "changed", "order", 2, {}))
            await session.fetch("SELECT 1")
            assert await asyncio.wait_for(seal(database), 5) == 1
        assert await seal(database) == 1
        assert (await verify(database)).broken is None
    finally:
        await database.close()


async def test_the_audit_tells_what_was_done_and_who_wrote_last(bare_database, base_catalog):
    entity = base_catalog.entities["order"]
    rows = [
        AuditRow(
            AT,
            1,
            "page",
            "created",
            "order",
            5,
            {"values": {"total": "1", "total.currency": "CNY", "lines": []}},
        ),
        AuditRow(
            AT,
            2,
            "page",
            "changed",
            "order",
            5,
            {"changes": [["lines/3/discount", "1", "2"], ["note", None, "x"]]},
        ),
        AuditRow(AT, None, "system", "changed", "order", 5, {"changes": [["note", "x", "y"]]}),
        AuditRow(AT, 3, "page", "changed", "order", 6, {"changes": [["total", "1", "2"]]}),
    ]
    async with bare_database.transaction() as session:
        for row in rows:
            append(session, row)
    async with bare_database.reading() as session:
        found = await audit_of(session, "order", 5, 2)
        assert [(one.actor_id, one.verb, one.at) for one in found] == [
            (None, "changed", AT),
            (2, "changed", AT),
        ]
        assert await last_editors(session, entity, 5) == {"total": (1,), "lines": (2,)}
