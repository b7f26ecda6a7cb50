"""What releases gone by have left is dropped by a plan only; going back says before what is gone."""

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.purge import purge
from guanxi.commands.releases.purging import plan_purge
from guanxi.commands.releases.roll_back import plan_roll_back
from guanxi.definitions import Document
from guanxi.errors import Conflict, Forbidden, Invalid
from tests.commands.releases.shop import CAR, ROLE, fields

pytestmark = pytest.mark.postgres
TWIN = {"type": "reference", "to": "car", "index": True}
MUCH = {"type": "money", "currency": "CNY", "index": True}
GARAGE = {
    **CAR,
    "name": "garage",
    "label": {"en": "Garage"},
    "fields": {
        "name": {"type": "text", "required": True},
        "car": {"type": "reference", "to": "car"},
        "places": {"type": "lines", "fields": {"much": {"type": "integer"}}},
    },
}
DOOR = {
    **CAR,
    "name": "door",
    "label": {"en": "Door"},
    "fields": {
        "name": {"type": "text", "required": True},
        "garage": {"type": "reference", "to": "garage", "onDelete": "restrict"},
    },
}


async def purged(shop):
    plan = await plan_purge(shop.workspace, OPERATOR)
    return await purge(shop.workspace, OPERATOR, plan.digest)


async def test_columns_go_and_going_back_tells_before_what_is_gone(shop):
    await shop.apply(fields(twin=TWIN, price=MUCH))
    first = await shop.add(name="A", size="12", price={"amount": "5", "currency": "CNY"})
    second = await shop.add(name="B", twin=str(first))
    rich = (await shop.workspace.live()).digest
    await shop.apply(fields(twin=None, price=None, size={"type": "integer"}))
    plan = await plan_purge(shop.workspace, OPERATOR)
    told = {(one["column"], one["rows"], one["field"]) for one in plan.to_json()["items"]}
    assert told >= {("size", 1, "car.size"), ("twin", 1, "car.twin"), ("price", 1, "car.price")}
    assert all(one.releases[0] == rich for one in plan.items)
    assert (await shop.values(first))["size"] == 12, "a plan drops nothing"
    await purge(shop.workspace, OPERATOR, plan.digest[:12])
    assert not (await plan_purge(shop.workspace, OPERATOR)).items
    await shop.change(first, size=13)
    await shop.remove(second)
    back = await plan_roll_back(shop.workspace, OPERATOR, rich)
    assert back.cls == "lossy"
    gone = {one.path for one in back.changes for found in one.findings if "purged" in str(found.sentence)}
    assert gone == {"fields/price", "fields/twin", "fields/size/type"}
    with pytest.raises(Invalid):
        await shop.back(rich)
    await shop.back(rich, accept=("lossy",))
    values = await shop.values(first)
    assert (values["size"], values["price"], values["twin"]) == ("13", None, None)
    await shop.change(first, price={"amount": "6", "currency": "CNY"}, twin=str(first))


async def test_entities_with_lines_and_references_go_whole(shop):
    role = {**ROLE, "grants": dict.fromkeys(("car", "garage", "door"), ROLE["grants"]["car"])}
    await shop.put(GARAGE, DOOR, role)
    full = (await shop.workspace.live()).digest
    documents = [one for one in await shop.documents() if one.name not in ("garage", "door")]
    from guanxi.commands.releases.applying import apply_plan
    from guanxi.commands.releases.planning import plan_change

    without = [Document(one.file, ROLE) if one.name == ROLE["name"] else one for one in documents]
    await apply_plan(shop.workspace, OPERATOR, await plan_change(shop.workspace, OPERATOR, without))
    plan = await purged(shop)
    tables = {one.leftover.table for one in plan.items}
    assert tables == {"e_garage", "e_garage__places", "e_door"}
    back = await plan_roll_back(shop.workspace, OPERATOR, full)
    assert "Its records were purged" in str(back.to_json())
    await shop.back(full, accept=("lossy",))
    assert "garage" in (await shop.workspace.live()).entities


async def test_only_the_plan_that_was_looked_at_is_carried_out(shop):
    await shop.apply(fields(seats=None))
    plan = await plan_purge(shop.workspace, OPERATOR)
    await shop.apply(fields(size=None))
    for seen in (plan.digest, "", plan.digest[:4]):
        with pytest.raises(Conflict):
            await purge(shop.workspace, OPERATOR, seen)
    rep = OPERATOR.__class__(user_id=1, name="rep", roles=frozenset({"rep"}))
    with pytest.raises(Forbidden):
        await plan_purge(shop.workspace, rep)
