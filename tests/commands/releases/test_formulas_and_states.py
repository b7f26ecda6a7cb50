"""Formulas are computed for the records that were there; states in use stay; a full disk changes nothing."""

from typing import Any

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.records.read_record import read_record
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.upkeep import compute_formulas as computing
from guanxi.commands.upkeep.compute_formulas import compute_formulas, formula_progress
from guanxi.errors import Invalid, Unavailable
from tests.commands.releases.shop import fields, open_shop

pytestmark = pytest.mark.postgres
DOUBLE = {"type": "integer", "formula": "seats * 2"}
STAGES: dict[str, Any] = {
    "kind": "stages",
    "name": "car",
    "of": "car",
    "field": "status",
    "states": [{"name": "new"}, {"name": "sold"}, {"name": "scrap"}],
    "transitions": {
        "sell": {"label": {"en": "Sell"}, "from": ["new"], "to": "sold"},
        "drop": {"label": {"en": "Scrap"}, "from": ["sold"], "to": "scrap"},
    },
}


async def test_a_formula_is_live_at_once_and_reports_its_backfill(shop, monkeypatch):
    monkeypatch.setattr(computing, "BATCH", 4)
    monkeypatch.setattr(computing, "MOST", 2)
    ids = [await shop.add(name=f"Car {n}", seats=n) for n in range(11)]
    plan = await shop.plan(fields(double=DOUBLE))
    assert [(one.what, one.rows) for one in plan.storage if one.what == "compute"] == [("compute", 11)]
    await apply_plan(shop.workspace, OPERATOR, plan)
    assert (await shop.values(await shop.add(name="New", seats=50)))["double"] == 100
    assert await compute_formulas(shop.workspace) == 8
    (progress,) = await formula_progress(shop.workspace)
    assert (progress.done, progress.finished_at, progress.names) == (8, None, ("double",))
    versions = [(await read_record(shop.workspace, shop.driver, "car", id_)).version for id_ in ids]
    assert versions == [1] * 11, "nobody has changed them"
    assert await compute_formulas(shop.workspace) == 3
    assert await compute_formulas(shop.workspace) == 0
    assert [(await shop.values(id_))["double"] for id_ in ids] == [2 * n for n in range(11)]
    (progress,) = await formula_progress(shop.workspace)
    assert progress.finished_at is not None


async def test_a_field_that_becomes_a_formula_gives_back_what_was_entered(shop):
    id_ = await shop.add(name="A", seats=4)
    await shop.apply(fields(extra={"type": "integer"}))
    await shop.change(id_, extra=7)
    await shop.apply(fields(extra=DOUBLE))
    await compute_formulas(shop.workspace)
    assert (await shop.values(id_))["extra"] == 8
    await shop.back()
    assert (await shop.values(id_))["extra"] == 7


async def test_a_state_that_records_are_in_cannot_be_removed(shop):
    old = await shop.add(name="Old")
    documents = await shop.edited(fields(status={"type": "stage"}))
    await shop.put(STAGES, *(one.data for one in documents if one.name == "car"))
    assert (await shop.values(old))["status"] == "new", "records that are there begin in the first state"
    fewer = {
        **STAGES,
        "states": [{"name": "fresh"}, {"name": "sold"}, {"name": "scrap"}],
        "transitions": {
            **STAGES["transitions"],
            "sell": {**STAGES["transitions"]["sell"], "from": ["fresh"]},
        },
    }
    before = (await shop.workspace.live()).digest
    with pytest.raises(Invalid) as refused:
        await shop.put(fewer)
    assert "would no longer be allowed" in str(refused.value.problems[0].message)
    assert (await shop.workspace.live()).digest == before
    without = {
        **STAGES,
        "states": STAGES["states"][:2],
        "transitions": {"sell": STAGES["transitions"]["sell"]},
    }
    await shop.put(without)
    assert (await shop.values(old))["status"] == "new"


async def test_a_full_disk_stops_publishing_and_nothing_remains(tmp_path, request):
    template = request.getfixturevalue("sqlite_templates")["base"]
    path = tmp_path / "full.sqlite3"
    path.write_bytes(template.read_bytes())
    async with open_shop(f"sqlite://{path}", tmp_path) as shop:
        ids = [await shop.add(name=f"Car {n}", size=str(n)) for n in range(300)]
        before = (await shop.workspace.live()).digest
        database = shop.workspace.database
        async with database.transaction() as session:
            pages = await session.value("PRAGMA page_count")
            await session.fetch(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Unavailable, match="full"):
            await shop.apply(fields(size={"type": "integer"}, **{f"more_{n}": DOUBLE for n in range(30)}))
        assert (await shop.workspace.live()).digest == before
        async with database.transaction() as session:
            assert await session.value("PRAGMA integrity_check") == "ok"
            await session.fetch("PRAGMA max_page_count = 1000000")
        await shop.apply(fields(size={"type": "integer"}))
        assert (await shop.values(ids[7]))["size"] == 7
