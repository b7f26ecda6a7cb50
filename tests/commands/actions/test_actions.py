"""Actions: all of their effects or none, by the way that people's changes take."""

import asyncio
from decimal import Decimal

import pytest

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.record_history import record_history
from guanxi.commands.records.update_record import update_record
from guanxi.errors import Conflict, Forbidden, Invalid, NotFound, VersionMismatch
from tests.commands.actions.definitions import put_actions
from tests.commands.office import actor_of


@pytest.fixture
async def crm(office):
    await put_actions(office.workspace)
    return office


async def press(crm, name, id_, actor=None, entity="order", **more):
    return await perform_action(crm.workspace, actor or crm.rep, entity, id_, name, **more)


async def call(crm, order, **more):
    content = {"subject": "Call", "account": str(crm.account), "order": str(order), **more}
    return (await create_record(crm.workspace, crm.rep, "activity", content)).id


async def test_a_new_record_is_made_from_another(crm):
    lines = [
        {"product": str(crm.product), "quantity": "2"},
        {"product": str(crm.product), "quantity": "9", "discount": "60"},
        {"product": str(crm.product), "quantity": "3", "price": {"amount": "7.50"}},
    ]
    order = await crm.draft(lines=lines, discount_reason="Moving out.")
    result = await press(crm, "repeat", order.id)
    entity, id_ = result.opened
    assert (entity, result.record.id, result.record.version) == ("order", order.id, order.version)
    made = (await read_record(crm.workspace, crm.rep, "order", id_)).values
    assert (made["account"], made["note"], made["owner"]) == (crm.account, "= again", crm.rep.user_id)
    assert [(one["quantity"], one["price"]) for one in made["lines"]] == [
        (Decimal(4), Decimal(100)),
        (Decimal(6), Decimal("7.5")),
    ]
    assert made["status"] == "draft"
    assert made["number"] != order.values["number"]


async def test_the_same_key_makes_one_record_and_leads_to_it_again(crm):
    order = await crm.draft()
    first = await press(crm, "repeat", order.id, key="once")
    again = await press(crm, "repeat", order.id, key="once")
    assert first.opened == again.opened
    assert again.record.id == order.id


async def test_effects_follow_each_other_and_end_in_a_transition(crm):
    order = await crm.draft(lines=[{"product": str(crm.product), "quantity": n} for n in ("2", "3")])
    open_, done = await call(crm, order.id), await call(crm, order.id, done=True)
    result = await press(crm, "finish", order.id)
    values = result.record.values
    assert (values["status"], values["note"]) == ("approved", "华信 Huaxin")
    assert [line["discount"] for line in values["lines"]] == [0, 5]
    assert values["total"] == 485
    for id_ in (open_, done):
        assert (await read_record(crm.workspace, crm.rep, "activity", id_)).values["done"] is True
    assert (await read_record(crm.workspace, crm.rep, "activity", done)).version == 1
    verbs = [entry.verb for entry in await record_history(crm.workspace, crm.rep, "order", order.id)]
    assert verbs == ["submit", "changed", "changed", "finish", "created"]


async def test_a_refusal_at_the_end_leaves_nothing_behind(crm):
    order = await crm.draft(lines=[{"product": str(crm.product), "quantity": "3", "discount": "5"}])
    activity = await call(crm, order.id)
    with pytest.raises(Conflict, match="Too cheap"):
        await press(crm, "finish", order.id)
    assert (await read_record(crm.workspace, crm.rep, "activity", activity)).values["done"] is False
    assert (await read_record(crm.workspace, crm.rep, "order", order.id)).version == order.version


async def test_what_is_not_possible_is_neither_offered_nor_done(crm):
    order = await crm.draft()
    offered = [one.name for one in (await read_record(crm.workspace, crm.rep, "order", order.id)).actions]
    assert offered == ["submit", "repeat"]
    with pytest.raises(Invalid) as caught:
        await press(crm, "finish", order.id)
    assert "Write down a call first." in caught.value.problems[0].english()
    await call(crm, order.id)
    offered = [one.name for one in (await read_record(crm.workspace, crm.rep, "order", order.id)).actions]
    assert offered == ["submit", "finish", "repeat"]


async def test_a_lock_holds_for_effects_too(crm):
    order = await crm.submitted("0")
    await call(crm, order.id)
    with pytest.raises(Invalid) as caught:
        await press(crm, "finish", order.id)
    assert {problem.code for problem in caught.value.problems} == {"locked"}


async def test_only_who_may_press_it_presses_it(crm):
    order = await crm.draft()
    with pytest.raises(Forbidden):
        await press(crm, "repeat", order.id, crm.manager)
    with pytest.raises(NotFound):
        await press(crm, "repeat", order.id, crm.other)
    with pytest.raises(VersionMismatch):
        await press(crm, "repeat", order.id, version=order.version + 1)


async def test_pressing_is_the_permission_for_what_it_does(crm):
    """A rep may not change a colleague's customer, but may take it over; who gave it away still sees that."""
    added = await crm.site.person("Zhao Lei", "rep", team=crm.teams["North-East"])
    colleague = await actor_of(crm.site, added.user.id)
    with pytest.raises(Forbidden):
        await update_record(
            crm.workspace, colleague, "account", crm.account, {"owner": str(added.user.id)}, version=1
        )
    result = await press(crm, "take", crm.account, colleague, "account")
    assert result.record.values["owner"] == added.user.id
    with pytest.raises(NotFound):
        await press(crm, "take", crm.account, crm.other, "account")
    with pytest.raises(NotFound, match="no action"):
        await press(crm, "take", (await crm.draft()).id)


async def test_two_at_once_press_one_after_the_other(crm):
    order = await crm.draft()
    await call(crm, order.id)
    results = await asyncio.gather(
        *(press(crm, "finish", order.id) for _ in range(4)), return_exceptions=True
    )
    assert sum(not isinstance(result, Exception) for result in results) == 1, results
    assert {type(result) for result in results} - {Invalid, Conflict} != set()
