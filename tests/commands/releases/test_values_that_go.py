"""Options and states that go while records have them: refused, or replaced as it was chosen."""

import asyncio

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.records.record_history import record_history
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.releases.roll_back import plan_roll_back
from guanxi.errors import Invalid
from tests.commands.releases.shop import CAR, fields
from tests.commands.releases.test_formulas_and_states import STAGES

pytestmark = pytest.mark.postgres
WITHOUT_BUS = {"type": "select", "options": [{"name": "van"}, {"name": "lorry"}]}
BUS_TO_LORRY = {"car.kind": {"bus": "lorry"}}


async def publish(shop, change, values, **where):
    plan = await plan_change(shop.workspace, OPERATOR, await shop.edited(change, **where), values=values)
    await apply_plan(shop.workspace, OPERATOR, plan)
    return plan


async def test_an_option_that_records_have_is_refused_with_what_can_be_chosen(shop):
    first, second = await shop.add(name="A", kind="bus"), await shop.add(name="B", kind="van")
    plan = await shop.plan(fields(kind=WITHOUT_BUS))
    assert plan.cls == "needsDecision"
    (found,) = [found for one in plan.to_json()["changes"] for found in one["findings"]]
    assert found["samples"][0]["id"] == str(first)
    assert found["remap"] == {
        "field": "car.kind",
        "values": [{"value": "bus", "rows": 1}],
        "options": ["van", "lorry"],
    }
    with pytest.raises(Invalid):
        await apply_plan(shop.workspace, OPERATOR, plan)
    assert (await shop.values(second))["kind"] == "van"


async def test_a_chosen_value_takes_its_place_and_going_back_gives_the_former(shop):
    first, second = await shop.add(name="A", kind="bus"), await shop.add(name="B", kind="bus")
    third = await shop.add(name="C", kind="van")
    before = (await shop.workspace.live()).digest
    plan = await publish(shop, fields(kind=WITHOUT_BUS), BUS_TO_LORRY)
    assert plan.cls == "lossless"
    assert [(await shop.values(id_))["kind"] for id_ in (first, second, third)] == ["lorry", "lorry", "van"]
    newest = (await record_history(shop.workspace, shop.driver, "car", first))[0]
    assert (newest.verb, [(one.before, one.after) for one in newest.changes]) == (
        "published",
        [("bus", "lorry")],
    )
    assert len(await record_history(shop.workspace, shop.driver, "car", third)) == 1
    await shop.change(second, kind="van")
    await shop.apply(fields(note={"type": "text"}))
    assert (await shop.values(first))["kind"] == "lorry", "a later release keeps the new columns"
    await shop.apply(fields(note=None))
    await shop.back(before)
    assert [(await shop.values(id_))["kind"] for id_ in (first, second, third)] == ["bus", "van", "van"]
    await shop.change(first, seats=3)
    await shop.apply(fields(note={"type": "text"}))
    assert (await shop.values(first))["kind"] == "bus"


async def test_going_back_can_need_a_choice_too(shop):
    here = (await shop.workspace.live()).digest
    three = {"type": "select", "options": [{"name": "van"}, {"name": "bus"}, {"name": "lorry"}]}
    await shop.apply(fields(kind=three))
    id_ = await shop.add(name="A", kind="lorry")
    refused = await plan_roll_back(shop.workspace, OPERATOR, here)
    assert refused.cls == "needsDecision"
    plan = await plan_roll_back(shop.workspace, OPERATOR, here, {"car.kind": {"lorry": "van"}})
    await apply_plan(shop.workspace, OPERATOR, plan)
    assert (await shop.values(id_))["kind"] == "van"


async def test_states_and_several_options_are_replaced_alike(shop):
    several = {"type": "multiSelect", "options": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}
    car = {**CAR, "fields": {**CAR["fields"], "status": {"type": "stage"}, "tags": several}}
    await shop.put(car, STAGES)
    id_ = await shop.add(name="A", tags=["a", "b"])

    def change(data):
        data["states"] = [{"name": "fresh"}, *data["states"][1:]]
        data["transitions"]["sell"]["from"] = ["fresh"]

    await publish(shop, change, {"car.status": {"new": "fresh"}}, kind="stages")
    assert (await shop.values(id_))["status"] == "fresh"
    fewer = {"type": "multiSelect", "options": [{"name": "b"}, {"name": "c"}]}
    await publish(shop, fields(tags=fewer), {"car.tags": {"a": "c"}})
    assert list((await shop.values(id_))["tags"]) == ["b", "c"]
    await shop.back()
    assert list((await shop.values(id_))["tags"]) == ["a", "b"]
    await shop.back()


@pytest.mark.parametrize(
    "values",
    [
        {"car.nothing": {"bus": "van"}},
        {"car.name": {"bus": "van"}},
        {"car.kind": {"van": "lorry"}},
        {"car.kind": {"bus": "tram"}},
    ],
)
async def test_a_choice_is_about_an_option_that_goes_and_one_that_is_there(shop, values):
    with pytest.raises(Invalid):
        await plan_change(
            shop.workspace, OPERATOR, await shop.edited(fields(kind=WITHOUT_BUS)), values=values
        )


async def test_nothing_written_meanwhile_is_lost(shop):
    """Fault 19: a value in use goes while others write it."""
    for number in range(30):
        await shop.add(name=f"Car {number}", kind="bus")
    documents = await shop.edited(fields(kind=WITHOUT_BUS))
    plan = await plan_change(shop.workspace, OPERATOR, documents, values=BUS_TO_LORRY)
    done = asyncio.Event()

    async def write():
        made = []
        while not done.is_set():
            try:
                made.append(await shop.add(name="Late", kind="bus"))
            except Invalid:
                made.append(await shop.add(name="Late", kind="lorry"))
        return made

    writers = [asyncio.create_task(write()) for _ in range(3)]
    try:
        await apply_plan(shop.workspace, OPERATOR, plan)
    finally:
        done.set()
    made = [id_ for some in await asyncio.gather(*writers) for id_ in some]
    kinds = {(await shop.values(id_))["kind"] for id_ in range(1, max([30, *made]) + 1)}
    assert kinds == {"lorry"}
