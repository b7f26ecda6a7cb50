"""A column follows its field: through other names, through removal and return, through other types."""

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.errors import Conflict, DefinitionsRefused, Invalid
from tests.commands.releases.shop import CAR, ROLE, fields

pytestmark = pytest.mark.postgres
TEXT = {"type": "text"}


async def test_a_field_that_is_added_again_begins_empty_and_going_back_finds_the_values(shop):
    id_ = await shop.add(name="A", size="large")
    first = (await shop.workspace.live()).digest
    plan = await shop.plan(fields(size=None))
    assert [(one.path, one.cls, one.findings[0].rows) for one in plan.changes] == [
        ("fields/size", "lossless", 1)
    ]
    await shop.apply(fields(size=None))
    assert "size" not in await shop.values(id_)
    again = await shop.apply(fields(size=TEXT))
    assert again.digest != first, "the same definitions, but kept elsewhere"
    assert (await shop.values(id_))["size"] is None
    await shop.change(id_, size="small")
    await shop.back(first)
    assert (await shop.values(id_))["size"] == "large"
    assert (await shop.workspace.live()).digest == first
    await shop.back(again.digest)
    assert (await shop.values(id_))["size"] == "small"


async def test_a_rename_moves_nothing_and_its_old_name_is_free(shop):
    id_ = await shop.add(name="A", size="large")

    def rename(data):
        data["fields"]["length"] = {**data["fields"].pop("size"), "renamedFrom": ["size"]}

    plan = await shop.plan(rename)
    assert not plan.storage
    assert {one.cls for one in plan.changes if one.change.what == "renamed"} == {"lossless"}
    await shop.apply(rename)
    assert (await shop.values(id_))["length"] == "large"
    await shop.apply(fields(size={"type": "integer"}))
    await shop.change(id_, size=4)
    values = await shop.values(id_)
    assert (values["length"], values["size"]) == ("large", 4)
    await shop.back()
    await shop.back((await shop.workspace.live()).digest)
    assert (await shop.values(id_))["length"] == "large"


async def test_an_entity_that_comes_back_by_name_is_another_one(shop):
    id_ = await shop.add(name="A")
    first = (await shop.workspace.live()).digest
    await shop.without(("entity", "car"), ("role", "driver"))
    await shop.put(CAR, ROLE)
    assert await shop.add(name="B") == 1
    await shop.back(first)
    assert (await shop.values(id_))["name"] == "A"


async def test_a_retype_converts_and_going_back_gives_exactly_what_was_there(shop):
    kept, changed = await shop.add(name="A", size="1.50"), await shop.add(name="B", size="2")
    empty = await shop.add(name="C")
    decimal = fields(size={"type": "decimal", "scale": 2})
    plan = await shop.plan(decimal)
    (one,) = [one for one in plan.changes if one.findings]
    assert (one.cls, one.findings[0].rows) == ("lossy", 1), "1.50 would come back as 1.5"
    assert one.findings[0].samples == ((kept, "1.50", "1.50"),)
    with pytest.raises(Invalid):
        await shop.apply(decimal)
    assert (await shop.values(kept))["size"] == "1.50"
    await shop.apply(decimal, accept=("lossy",))
    assert str((await shop.values(kept))["size"]) == "1.50"
    await shop.change(changed, size="7.25")
    new = await shop.add(name="D", size="3")
    await shop.back(accept=("lossy",))
    found = [(await shop.values(id_))["size"] for id_ in (kept, changed, empty, new)]
    assert found == ["1.50", "7.25", None, "3"]


async def test_values_that_cannot_be_converted_are_named_and_nothing_changes(shop):
    bad = await shop.add(name="A", size="large")
    with pytest.raises(Invalid) as refused:
        await shop.apply(fields(size={"type": "integer"}), accept=("lossy",))
    assert [problem.field for problem in refused.value.problems] == ["/entity/car/fields/size"]
    plan = await shop.plan(fields(size={"type": "integer"}))
    assert plan.cls == "needsDecision"
    assert [sample[:2] for one in plan.changes for f in one.findings for sample in f.samples] == [
        (bad, "large")
    ]
    assert await shop.add(name="B", size="huge")


async def test_required_and_unique_are_judged_by_the_records(shop):
    id_ = await shop.add(name="A")
    required = fields(seats={"type": "integer", "required": True})
    assert (await shop.plan(required)).cls == "needsDecision"
    await shop.change(id_, seats=4)
    assert (await shop.plan(required)).cls == "additive"
    await shop.add(name="B", seats=4)
    unique = fields(seats={"type": "integer", "unique": True})
    with pytest.raises(Invalid):
        await shop.apply(unique)
    await shop.change(id_, seats=5)
    await shop.apply(unique)
    with pytest.raises(Invalid):
        await shop.add(name="C", seats=5)


async def test_a_new_required_field_with_a_default_fills_the_records(shop):
    id_ = await shop.add(name="A")
    await shop.apply(fields(wheels={"type": "integer", "required": True, "default": 4}))
    assert (await shop.values(id_))["wheels"] == 4


async def test_an_option_in_use_stays(shop):
    id_ = await shop.add(name="A", kind="bus")
    fewer = fields(kind={"type": "select", "options": [{"name": "van"}]})
    plan = await shop.plan(fewer)
    assert plan.cls == "needsDecision"
    with pytest.raises(Invalid):
        await shop.apply(fewer)
    await shop.change(id_, kind="van")
    await shop.apply(fewer)


async def test_what_is_used_cannot_be_removed(shop):
    await shop.apply(fields(double={"type": "integer", "formula": "seats * 2"}))
    with pytest.raises(DefinitionsRefused, match="still used"):
        await shop.apply(fields(seats=None))


async def test_a_plan_for_another_release_is_refused(shop):
    plan = await shop.plan(fields(colour=TEXT))
    await shop.apply(fields(weight=TEXT))
    with pytest.raises(Conflict):
        await apply_plan(shop.workspace, OPERATOR, plan)


async def test_who_can_newly_see_what_is_told(shop):
    plan = await shop.plan(fields(colour=TEXT))
    told = {(one.role, one.what, one.after, one.wider) for one in plan.access}
    assert ("driver", "field colour", "write all", True) in told
    await shop.add(name="A")
    counted = (await shop.plan(fields(colour=TEXT))).to_json()["access"]
    assert {(one["people"], one["records"]) for one in counted} == {(0, 1)}
