"""Publishing: tables only grow, one publisher wins, everybody learns of it, writers never see half of it."""

import asyncio
import copy
from dataclasses import replace

import pytest

from guanxi.definitions import compile_catalog
from guanxi.errors import Conflict, DefinitionsRefused
from guanxi.storage import Database, ReleaseMoved, migrate, models
from guanxi.storage.catalogs import load_catalog
from guanxi.storage.records import load
from guanxi.storage.releases import publish, releases
from tests.storage.sample import AT, add

pytestmark = pytest.mark.postgres


def changed(catalog, change):
    """The catalog with one of its documents changed: `change` gets the documents by (kind, name)."""
    documents = [replace(document, data=copy.deepcopy(document.data)) for document in catalog.documents]
    change({(document.kind, document.name): document.data for document in documents})
    return compile_catalog(documents)


def with_field(catalog, name, **options):
    def change(documents):
        documents["entity", "product"]["fields"][name] = {"label": {"en": name}, **options}

    return changed(catalog, change)


async def live_digest(database):
    """The digest of the live release, as the database knows it."""
    live = await database.live_release()
    return live.digest if live is not None else None


async def test_a_new_field_is_there_and_old_records_lack_it(database, base_catalog):
    async with database.transaction() as session:
        id_ = await add(session, base_catalog, "product", code="P-1", name="Gear", currency="CNY")
    catalog = with_field(base_catalog, "weight", type="decimal", scale=3, index=True)
    await publish(database, catalog, at=AT, over=base_catalog.digest)
    async with database.transaction(catalog.digest) as session:
        loaded = await load_catalog(session, catalog.digest)
        assert loaded.digest == catalog.digest
        found = await load(session, loaded, loaded.entities["product"], [id_], {"weight", "name"})
        assert found[id_]["weight"] is None
        assert found[id_]["name"] == "Gear"
        history = await releases(session)
        assert [one.digest for one in history] == [catalog.digest, base_catalog.digest]
        assert history[0].created_at == AT


async def test_a_field_that_goes_keeps_its_data_for_going_back(database, base_catalog):
    catalog = with_field(base_catalog, "weight", type="integer")
    await publish(database, catalog, at=AT, over=base_catalog.digest)
    async with database.transaction() as session:
        id_ = await add(session, catalog, "product", code="P-1", name="Gear", currency="CNY", weight=7)
    await publish(database, base_catalog, at=AT, over=catalog.digest)
    await publish(database, catalog, at=AT, over=base_catalog.digest)
    async with database.reading() as session:
        found = await load(session, catalog, catalog.entities["product"], [id_], {"weight"})
    assert found[id_]["weight"] == 7


@pytest.mark.parametrize(
    "options",
    [{"type": "text"}, {"type": "decimal", "scale": 3}, {"type": "date"}, {"type": "boolean"}],
)
async def test_another_type_is_refused_and_nothing_remains(database, base_catalog, options):
    first = with_field(base_catalog, "weight", type="decimal", scale=2)
    await publish(database, first, at=AT, over=base_catalog.digest)
    second = changed(
        first,
        lambda documents: documents["entity", "product"]["fields"].update(
            weight={"label": {"en": "W"}, **options}, other={"label": {"en": "O"}, "type": "text"}
        ),
    )
    with pytest.raises(DefinitionsRefused) as caught:
        await publish(database, second, at=AT, over=first.digest)
    assert [problem.pointer for problem in caught.value.problems] == ["/fields/weight"]
    assert await live_digest(database) == first.digest


async def test_unique_over_equal_values_is_refused_and_nothing_remains(database, base_catalog):
    async with database.transaction() as session:
        for code in ("P-1", "P-2"):
            await add(session, base_catalog, "product", code=code, name="Gear", currency="CNY")
    catalog = changed(
        base_catalog, lambda documents: documents["entity", "product"]["fields"]["name"].update(unique=True)
    )
    with pytest.raises(DefinitionsRefused) as caught:
        await publish(database, catalog, at=AT, over=base_catalog.digest)
    assert "same value" in caught.value.problems[0].message
    async with database.transaction(base_catalog.digest) as session:
        await add(session, base_catalog, "product", code="P-3", name="Gear", currency="CNY")


async def test_only_one_of_two_publishers_wins(database, base_catalog):
    catalogs = [with_field(base_catalog, name, type="text") for name in ("one", "two")]
    results = await asyncio.gather(
        *(publish(database, catalog, at=AT, over=base_catalog.digest) for catalog in catalogs),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "LiveRelease"]
    with pytest.raises(Conflict):
        await publish(database, catalogs[0], at=AT, over="0" * 64)


async def test_publishing_what_is_live_changes_nothing(database, base_catalog):
    before = await database.live_release()
    assert await publish(database, base_catalog, at=AT, over=base_catalog.digest) == before
    assert await database.live_release() == before


async def test_other_processes_learn_of_it(database, database_url, base_catalog):
    other = await Database.open(database_url, pool_size=2)
    try:
        assert await live_digest(other) == base_catalog.digest
        catalog = with_field(base_catalog, "weight", type="text")
        await publish(database, catalog, at=AT, over=base_catalog.digest)
        for _ in range(100):
            if await live_digest(other) == catalog.digest:
                break
            await asyncio.sleep(0.02)
        assert await live_digest(other) == catalog.digest
    finally:
        await other.close()


async def test_writers_beside_a_publishing_see_one_release_or_run_again(database, base_catalog):
    catalog = with_field(base_catalog, "weight", type="text")
    moved = 0

    async def write(number):
        nonlocal moved
        while True:
            live = await database.live_release()
            assert live is not None
            try:
                async with database.transaction(live.digest) as session:
                    await add(
                        session, base_catalog, "product", code=f"P-{number}", name="Gear", currency="CNY"
                    )
                    assert (
                        await session.value("SELECT digest FROM g_release ORDER BY id DESC LIMIT 1")
                        == live.digest
                    )
                return
            except ReleaseMoved:
                moved += 1
                await asyncio.sleep(0.001)

    await asyncio.gather(
        *(write(number) for number in range(60)), publish(database, catalog, at=AT, over=base_catalog.digest)
    )
    async with database.reading() as session:
        assert await session.value("SELECT count(*) FROM e_product") == 60
    assert await live_digest(database) == catalog.digest


async def test_migrating_twice_changes_nothing(bare_database):
    async with bare_database.transaction() as session:
        await session.execute("INSERT INTO g_setting (name, value) VALUES ('a', '1')")
    await migrate(bare_database)
    async with bare_database.reading() as session:
        assert await session.value("SELECT value FROM g_setting WHERE name = 'a'") == "1"
    assert await bare_database.live_release() is None


async def test_the_first_release_is_known_before_the_server_tells(bare_database, base_catalog, monkeypatch):
    monkeypatch.setattr(bare_database._watch, "_stale", lambda *_: None, raising=False)
    assert await bare_database.live_release() is None
    made = await publish(bare_database, base_catalog, at=AT, over=None)
    assert await bare_database.live_release() == made


async def test_an_empty_database_has_no_release(tmp_path):
    database = await Database.open(f"sqlite://{tmp_path / 'new' / 'empty.sqlite3'}")
    try:
        assert await database.live_release() is None
        await asyncio.gather(migrate(database), migrate(database))
        assert await database.live_release() is None
    finally:
        await database.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "postgresql://host", "nothing"])
async def test_an_address_that_is_none_is_refused_without_repeating_it(url):
    with pytest.raises(ValueError, match=r"write|starts with"):
        await Database.open(url)


async def test_the_tables_hold_what_the_models_say(bare_database):
    async with bare_database.reading() as session:
        for model in models.__models__:
            meta = model._meta
            columns = ", ".join(f'"{name}"' for name in meta.fields_db_projection.values())
            assert len(await session.fetch(f"SELECT {columns} FROM {meta.db_table} WHERE 1 = 0")) == 0
