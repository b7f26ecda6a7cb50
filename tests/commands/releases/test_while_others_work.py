"""Publishing while others write: nothing they were told is saved is lost, and nobody waits for long."""

import asyncio
import time

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.errors import Invalid, Unavailable
from guanxi.storage import switching
from tests.commands.releases.shop import fields

pytestmark = pytest.mark.postgres
ROWS = 20_000


async def fill(shop, rows=ROWS):
    """Many cars at once; their sizes are numbers, written as texts."""
    async with shop.workspace.database.transaction() as session:
        if session.dialect == "postgres":
            numbers = f"SELECT generate_series(1, {rows}) AS n"
            text = "n::text"
        else:
            counted = f"SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {rows}"
            numbers = f"WITH RECURSIVE c(n) AS ({counted}) SELECT n FROM c"
            text = "CAST(n AS TEXT)"
        await session.execute(
            "INSERT INTO e_car (name, size, version, created_at, updated_at) "
            f"SELECT 'Car ' || {text}, {text}, 1, $1, $1 FROM ({numbers}) AS numbers",
            shop.workspace.clock.now(),
        )


class Writers:
    """Change cars one after the other until told to stop; what was saved is remembered."""

    def __init__(self, shop):
        self.shop = shop
        self.saved, self.waited, self.stop = {}, [], False


async def test_a_retype_beside_writers_loses_nothing(shop):
    await fill(shop)
    fresh = await shop.add(name="New", size="5")
    writers = Writers(shop)
    # Each writer has its own cars, so that what it saved last is what must be there.
    tasks = [
        asyncio.create_task(_own_cars(writers, number, range(number * 60 + 1, number * 60 + 60)))
        for number in range(3)
    ]
    await asyncio.sleep(0.2)
    before = len(writers.waited)
    started = time.perf_counter()
    plan = await shop.plan(fields(size={"type": "integer"}))
    assert plan.cls == "lossless"
    await apply_plan(shop.workspace, OPERATOR, plan)
    took = time.perf_counter() - started
    during = len(writers.waited) - before
    await asyncio.sleep(0.2)
    writers.stop = True
    await asyncio.gather(*tasks)
    assert during > 10, f"{during} writes in {took:.1f} s: they had to wait"
    assert len(writers.waited) > before + during, "they go on after it"
    entity = (await shop.workspace.live()).entities["car"]
    assert entity.fields["size"].columns[0].name == "size__g2"
    async with shop.workspace.database.reading() as session:
        rows = await session.fetch("SELECT id, size__g2, size FROM e_car")
    found = {row[0]: row[1] for row in rows}
    assert {id_: found[id_] for id_ in writers.saved} == {id_: int(v) for id_, v in writers.saved.items()}
    assert found[fresh] == 5
    untouched = [row for row in rows if row[0] not in writers.saved]
    assert all(row[1] == int(row[2]) for row in untouched)
    assert len(rows) == ROWS + 1


async def _own_cars(writers, number, ids):
    turn = 0
    while not writers.stop:
        for id_ in ids:
            turn += 1
            value = number * 1_000_000 + turn
            started = time.perf_counter()
            try:
                await writers.shop.change(id_, size=str(value))
            except Invalid:
                # Read under one release and written under the next, which takes numbers.
                await writers.shop.change(id_, size=value)
            writers.waited.append(time.perf_counter() - started)
            writers.saved[id_] = str(value)
            if writers.stop:
                return
            await asyncio.sleep(0.002)


async def test_a_new_field_on_many_records_is_there_at_once(shop):
    await fill(shop)
    writers = Writers(shop)
    tasks = [
        asyncio.create_task(_own_cars(writers, number, range(number * 60 + 1, number * 60 + 60)))
        for number in range(3)
    ]
    await asyncio.sleep(0.1)
    plan = await shop.plan(fields(colour={"type": "text", "index": True}))
    assert {one.what for one in plan.storage} == {"column", "index"}
    started = time.perf_counter()
    await apply_plan(shop.workspace, OPERATOR, plan)
    took = time.perf_counter() - started
    writers.stop = True
    await asyncio.gather(*tasks)
    assert took < 3, f"{took:.1f} s"
    assert max(writers.waited) < 2
    id_ = await shop.add(name="Red", colour="red")
    assert (await shop.values(id_))["colour"] == "red"


async def test_values_that_come_meanwhile_and_cannot_be_converted_stop_it(shop, monkeypatch):
    id_ = await shop.add(name="A", size="1")
    plan = await shop.plan(fields(size={"type": "integer"}))
    before = (await shop.workspace.live()).digest
    made = switching._make_indexes

    async def meanwhile(database, left):
        await made(database, left)
        await shop.change(id_, size="large")

    monkeypatch.setattr(switching, "_make_indexes", meanwhile)
    with pytest.raises(Invalid, match="Nothing was changed"):
        await apply_plan(shop.workspace, OPERATOR, plan)
    assert (await shop.workspace.live()).digest == before
    assert (await shop.values(id_))["size"] == "large"


@pytest.mark.parametrize("place", ["_move", "_make_indexes", "go_live"])
async def test_a_publishing_that_ends_half_way_is_done_again(shop, monkeypatch, place):
    ids = [await shop.add(name=f"Car {n}", size=str(n)) for n in range(5)]
    retype = fields(size={"type": "integer", "unique": True})
    before = (await shop.workspace.live()).digest

    async def killed(*_, **__):
        raise Unavailable("killed")

    with monkeypatch.context() as patch:
        patch.setattr(switching, place, killed)
        patch.setattr("guanxi.storage.releases.ATTEMPTS", 1)
        with pytest.raises(Unavailable):
            await shop.apply(retype)
    assert (await shop.workspace.live()).digest == before
    await shop.change(ids[0], size="17")
    await shop.apply(retype)
    assert [(await shop.values(id_))["size"] for id_ in ids] == [17, 1, 2, 3, 4]
    await shop.back()
    assert [(await shop.values(id_))["size"] for id_ in ids] == ["17", "1", "2", "3", "4"]


async def test_who_publishes_sees_it_at_once_while_others_ask(shop):
    stop = False

    async def ask():
        while not stop:
            await shop.workspace.live()
            await asyncio.sleep(0)

    others = [asyncio.create_task(ask()) for _ in range(5)]
    for number in range(5):
        plan = await shop.plan(fields(**{f"field_{number}": {"type": "text"}}))
        assert (await apply_plan(shop.workspace, OPERATOR, plan)).digest == plan.to
        assert (await shop.workspace.live()).digest == plan.to
    stop = True
    await asyncio.gather(*others)
