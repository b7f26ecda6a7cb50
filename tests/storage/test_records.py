"""Records: what is written comes back, changes touch only what differs, and versions guard."""

from decimal import Decimal

import pytest

from guanxi.errors import Invalid, VersionMismatch
from guanxi.storage import ConstraintBroken
from guanxi.storage.records import delete, insert, load, lock_record, referring, taken, update
from guanxi.storage.titles import titles
from guanxi.storage.uniqueness import broken_fields
from tests.storage.sample import AT, add, order, people, stamped

pytestmark = pytest.mark.postgres


@pytest.fixture
async def world(database, base_catalog):
    async with database.transaction() as session:
        ids = await people(session, base_catalog)
        ids["account"] = await add(
            session, base_catalog, "account", name="华信精密", currency="CNY", owner=ids["ada"]
        )
        ids["product"] = await add(
            session, base_catalog, "product", code="P-1", name="Gear", currency="CNY", active=True
        )
    return ids


async def stored(database, catalog, id_, *paths):
    async with database.reading() as session:
        entity = catalog.entities["order"]
        return (await load(session, catalog, entity, [id_], paths or frozenset(entity.fields))).get(id_)


async def test_a_record_comes_back_as_it_was_written(database, base_catalog, world):
    record = order(world["account"], world["ada"], world["product"], "12.5", "-0.0001", number="SO-1")
    async with database.transaction() as session:
        id_ = await insert(session, base_catalog.entities["order"], record)
    found = await stored(database, base_catalog, id_)
    assert record["id"] == id_
    assert [line["id"] for line in found["lines"]] == [line["id"] for line in record["lines"]]
    for key, value in record.items():
        if key != "lines":
            assert found[key] == value, key
    assert [line["amount"] for line in found["lines"]] == [Decimal("12.5"), Decimal("-0.0001")]
    assert found["lines"][0]["amount"].as_tuple().exponent == -4
    assert found["created_at"] == AT
    assert found["created_at"].tzinfo is not None


async def test_paths_reach_behind_references_and_lines(database, base_catalog, world):
    record = order(world["account"], world["ada"], world["product"], "3", number="SO-1")
    async with database.transaction() as session:
        id_ = await insert(session, base_catalog.entities["order"], record)
    found = await stored(
        database,
        base_catalog,
        id_,
        "account.name",
        "account.owner.team",
        "lines.product.code",
        "account.id",
        "lines.amount",
    )
    assert found["account.name"] == "华信精密"
    assert found["account.owner.team"] == world["top"]
    assert found["account.id"] == world["account"]
    assert found["lines"][0]["product.code"] == "P-1"
    assert found["lines"][0]["amount.currency"] == "CNY"
    assert "total" not in found


async def test_an_inverse_holds_the_records_that_refer(database, base_catalog, world):
    account = base_catalog.entities["account"]
    async with database.transaction() as session:
        for number in ("SO-1", "SO-2"):
            await insert(
                session,
                base_catalog.entities["order"],
                order(world["account"], world["ada"], world["product"], "3", number=number),
            )
        found = await load(session, base_catalog, account, [world["account"]], {"orders.total"})
    assert [one["total"] for one in found[world["account"]]["orders"]] == [Decimal(3), Decimal(3)]


async def test_an_unknown_path_is_a_mistake(database, base_catalog, world):
    with pytest.raises(KeyError):
        await stored(database, base_catalog, 1, "account.nothing")


async def test_an_update_writes_differences_and_the_next_version(database, base_catalog, world):
    entity = base_catalog.entities["order"]
    record = order(world["account"], world["ada"], world["product"], "1", "2", "3", number="SO-1")
    async with database.transaction() as session:
        await insert(session, entity, record)
    before = await stored(database, base_catalog, record["id"])
    after = {**before, "note": "你好", "lines": [dict(line) for line in before["lines"]]}
    kept, changed, _ = after["lines"]
    changed["amount"] = Decimal(20)
    new = {**order(1, 1, world["product"], "9")["lines"][0]}
    after["lines"] = [changed, new, kept]
    async with database.transaction() as session:
        assert await update(session, entity, before, after, by=world["bo"], at=AT)
    found = await stored(database, base_catalog, record["id"])
    assert (found["note"], found["version"], found["updated_by"]) == ("你好", 2, world["bo"])
    assert [line["amount"] for line in found["lines"]] == [Decimal(20), Decimal(9), Decimal(1)]
    assert [line["id"] for line in found["lines"]] == [changed["id"], new["id"], kept["id"]]
    assert after["version"] == 2


async def test_nothing_is_written_when_nothing_changed(database, base_catalog, world):
    entity = base_catalog.entities["order"]
    record = order(world["account"], world["ada"], world["product"], "1", number="SO-1")
    async with database.transaction() as session:
        await insert(session, entity, record)
        before = (await load(session, base_catalog, entity, [record["id"]], entity.fields))[record["id"]]
        assert not await update(session, entity, before, {**before}, by=None, at=AT)
    assert (await stored(database, base_catalog, record["id"]))["version"] == 1


async def test_a_stale_version_writes_nothing(database, base_catalog, world):
    entity = base_catalog.entities["account"]
    async with database.transaction() as session:
        before = (await load(session, base_catalog, entity, [world["account"]], entity.fields))[
            world["account"]
        ]
        await update(session, entity, before, {**before, "name": "First"}, by=None, at=AT)
    with pytest.raises(VersionMismatch):
        async with database.transaction() as session:
            await update(session, entity, before, {**before, "name": "Second"}, by=None, at=AT)
    async with database.reading() as session:
        assert await titles(session, entity, [world["account"]]) == {world["account"]: "First"}


async def test_a_line_of_another_record_is_never_written(database, base_catalog, world):
    entity = base_catalog.entities["order"]
    first = order(world["account"], world["ada"], world["product"], "1", number="SO-1")
    second = order(world["account"], world["ada"], world["product"], "2", number="SO-2")
    async with database.transaction() as session:
        await insert(session, entity, first)
        await insert(session, entity, second)
        before = (await load(session, base_catalog, entity, [first["id"]], entity.fields))[first["id"]]
        with pytest.raises(ValueError, match="does not belong"):
            await update(session, entity, before, {**before, "lines": second["lines"]}, by=None, at=AT)


async def test_uniqueness_is_asked_and_enforced(database, base_catalog, world):
    product = base_catalog.entities["product"]
    async with database.transaction() as session:
        assert await taken(session, product, {"code": "P-1"})
        assert not await taken(session, product, {"code": "P-1"}, world["product"])
        assert not await taken(session, product, {"code": None})
    with pytest.raises(ConstraintBroken) as caught:
        async with database.transaction() as session:
            await insert(session, product, stamped(code="P-1", name="Copy"))
    assert caught.value.kind == "unique"
    assert broken_fields(product, caught.value) == ("code",)
    assert broken_fields(base_catalog.entities["account"], caught.value) == ()


async def test_what_is_referred_to_stays(database, base_catalog, world):
    account, order_ = base_catalog.entities["account"], base_catalog.entities["order"]
    async with database.transaction() as session:
        await insert(
            session, order_, order(world["account"], world["ada"], world["product"], "1", number="SO-1")
        )
        assert await referring(session, order_, order_.fields["account"], account, world["account"]) == 1
    with pytest.raises(ConstraintBroken) as caught:
        async with database.transaction() as session:
            await delete(session, base_catalog, account, world["account"])
    assert caught.value.kind == "reference"


async def test_lines_go_with_their_record_and_numbers_are_never_given_again(database, base_catalog, world):
    entity = base_catalog.entities["order"]
    record = order(world["account"], world["ada"], world["product"], "1", number="SO-1")
    async with database.transaction() as session:
        id_ = await insert(session, entity, record)
        assert await lock_record(session, entity, id_)
        assert await delete(session, base_catalog, entity, id_)
        assert not await lock_record(session, entity, id_)
        table = entity.fields["lines"].lines.table
        assert await session.value(f"SELECT count(*) FROM {table}") == 0
        again = order(world["account"], world["ada"], world["product"], "1", number="SO-1")
        assert await insert(session, entity, again) > id_


async def test_a_number_that_no_column_holds_is_refused(database, base_catalog, world):
    entity = base_catalog.entities["order"]
    record = order(world["account"], world["ada"], world["product"], "1", number="SO-1")
    record["total"] = Decimal(10) ** 20
    with pytest.raises(Invalid):
        async with database.transaction() as session:
            await insert(session, entity, record)
