"""What a plan tells besides counts: uses, running approvals, names for what was decided on."""

from typing import Any

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.planning import plan_change
from guanxi.errors import Forbidden
from tests.commands.releases.shop import fields

pytestmark = pytest.mark.postgres


async def test_a_field_that_changes_names_its_uses(shop):
    await shop.apply(fields(double={"type": "integer", "formula": "seats * 2"}))
    plan = await shop.plan(fields(seats={"type": "integer", "min": 1}))
    uses = [str(use.where) for one in plan.changes for use in one.uses]
    assert len(uses) == 1
    assert "Double" in uses[0]
    assert plan.to_json()["changes"][0]["uses"] == uses


async def test_the_digest_names_the_decision_and_not_the_counts(shop):
    await shop.add(name="A", size="1")
    change = fields(size={"type": "integer"})
    first = await shop.plan(change)
    await shop.add(name="B", size="2")
    second = await shop.plan(change)
    assert first.digest == second.digest
    assert first.to_json() != second.to_json()
    await shop.add(name="C", size="large")
    assert (await shop.plan(change)).digest != first.digest


async def test_lines_are_planned_like_records(shop):
    lines: dict[str, Any] = {"type": "lines", "fields": {"what": {"type": "text"}, "much": {"type": "text"}}}
    await shop.apply(fields(parts=lines))
    id_ = await shop.add(name="A", parts=[{"what": "wheel", "much": "4"}, {"what": "door", "much": "2"}])
    number = {**lines, "fields": {**lines["fields"], "much": {"type": "integer"}}}
    plan = await shop.plan(fields(parts=number))
    assert [(one.what, one.on, one.rows) for one in plan.storage if one.what == "convert"] == [
        ("convert", "e_car__parts.much__g2", 2)
    ]
    await shop.apply(fields(parts=number))
    assert [line["much"] for line in (await shop.values(id_))["parts"]] == [4, 2]
    first = (await shop.workspace.live()).digest
    await shop.apply(fields(parts=None))
    await shop.apply(fields(parts=number))
    assert (await shop.values(id_))["parts"] == []
    await shop.back(first)
    assert [line["what"] for line in (await shop.values(id_))["parts"]] == ["wheel", "door"]


async def test_a_reference_of_a_release_gone_by_holds_no_record(shop):
    await shop.apply(fields(twin={"type": "reference", "to": "car"}))
    first = await shop.add(name="A")
    second = await shop.add(name="B", twin=str(first))
    with_twin = (await shop.workspace.live()).digest
    await shop.apply(fields(twin=None))
    await shop.remove(first)
    await shop.back(with_twin)
    assert (await shop.values(second))["twin"] is None


async def test_a_reference_can_become_the_title_of_what_it_led_to(shop):
    await shop.apply(fields(twin={"type": "reference", "to": "car"}))
    first = await shop.add(name="A")
    second = await shop.add(name="B", twin=str(first))
    await shop.apply(fields(twin={"type": "text"}), accept=("lossy",))
    assert (await shop.values(second))["twin"] == "A"
    await shop.back(accept=("lossy",))
    assert (await shop.values(second))["twin"] == first


async def test_only_who_may_change_the_configuration_plans(shop):
    rep = OPERATOR.__class__(user_id=1, name="rep", roles=frozenset({"rep"}))
    with pytest.raises(Forbidden):
        await plan_change(shop.workspace, rep, await shop.documents())
