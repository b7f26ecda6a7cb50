"""Checks over related records: judged at the end of the command, wherever the change was made."""

import asyncio
import copy

import pytest

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.preview_record import preview_record
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.errors import Invalid
from tests.commands.actions.definitions import put, put_actions

CAP = 5
FEW = {
    "name": "few",
    "check": f"count(activities) <= {CAP}",
    "message": {"en": "At most five activities.", "zh-CN": "最多五条活动。"},
}
LIMIT = {
    "name": "limit",
    "check": "total <= account.credit_limit",
    "when": "not missing(account.credit_limit)",
    "message": {"en": "Beyond the credit limit.", "zh-CN": "超出信用额度。"},
}
OPEN = {
    "name": "open_total",
    "check": "sum(o.total for o in orders if o.status != 'draft') <= credit_limit",
    "when": "not missing(credit_limit)",
    "message": {"en": "Open orders are beyond the limit.", "zh-CN": "未结订单超出额度。"},
}
MONEY = {"type": "money", "currency": "= currency"}


async def constrained(office, entity, constraint, **fields):
    documents = {(one.kind, one.name): one.data for one in (await office.workspace.live()).documents}
    data = copy.deepcopy(documents["entity", entity])
    data["constraints"] = [*data.get("constraints", ()), constraint]
    data["fields"] |= fields
    await put(office.workspace, data)


async def with_limit(office, constraint, entity):
    """Orders, or their customers, are judged by the credit limit of the customer."""
    await constrained(office, "account", FEW, credit_limit=MONEY)
    await constrained(office, entity, constraint)


async def call(office, **more):
    content = {"subject": "Call", "account": str(office.account), **more}
    return await create_record(office.workspace, office.rep, "activity", content)


async def change(office, entity, id_, **values):
    view = await read_record(office.workspace, office.rep, entity, id_)
    return await update_record(office.workspace, office.rep, entity, id_, values, version=view.version)


def told(caught):
    return [(one.field, one.code, one.english()) for one in caught.value.problems]


async def test_the_record_that_counts_is_judged_when_one_is_added(office):
    await constrained(office, "account", FEW)
    calls = [await call(office) for _ in range(CAP)]
    with pytest.raises(Invalid) as caught:
        await call(office)
    assert told(caught) == [("/account", "check", "Customer “华信 Huaxin”: At most five activities.")]
    other = await create_record(office.workspace, office.rep, "account", {"name": "Other"})
    await change(office, "activity", calls[0].id, account=str(other.id))
    last = await call(office)
    with pytest.raises(Invalid):
        await change(office, "activity", calls[0].id, account=str(office.account))
    await delete_record(office.workspace, office.admin, "activity", last.id, version=1)
    await change(office, "activity", calls[0].id, account=str(office.account))


async def test_what_is_not_read_is_not_judged(office):
    calls = [await call(office) for _ in range(CAP + 1)]
    await constrained(office, "account", FEW)
    await change(office, "activity", calls[0].id, subject="Another call")
    await change(office, "account", office.account, name="华信")
    with pytest.raises(Invalid):
        await call(office)


async def test_of_many_at_once_only_as_many_as_allowed_are_stored(office):
    await constrained(office, "account", FEW)
    results = await asyncio.gather(*(call(office) for _ in range(30)), return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in results) == CAP
    assert {type(one) for one in results if isinstance(one, Exception)} == {Invalid}


async def test_a_lower_limit_is_judged_over_the_records_that_read_it(office):
    await with_limit(office, LIMIT, "order")
    order = await office.draft()
    await change(office, "account", office.account, credit_limit={"amount": "200"})
    with pytest.raises(Invalid) as caught:
        await change(office, "account", office.account, credit_limit={"amount": "199"})
    number = order.values["number"]
    assert told(caught) == [("", "check", f"Order “{number}”: Beyond the credit limit.")]
    with pytest.raises(Invalid) as caught:
        await office.draft(lines=[{"product": str(office.product), "quantity": "3"}])
    assert [text for _, _, text in told(caught)] == ["Beyond the credit limit."]


async def test_a_limit_and_an_order_at_the_same_moment_do_not_pass_each_other(office):
    await with_limit(office, LIMIT, "order")
    await change(office, "account", office.account, credit_limit={"amount": "300"})
    lower = change(office, "account", office.account, credit_limit={"amount": "100"})
    results = await asyncio.gather(lower, *(office.draft() for _ in range(4)), return_exceptions=True)
    assert {type(one) for one in results if isinstance(one, Exception)} <= {Invalid}
    limited, *orders = (not isinstance(one, Exception) for one in results)
    assert limited is not any(orders)


async def test_a_transition_is_judged_by_what_it_changes(office):
    await with_limit(office, OPEN, "account")
    await change(office, "account", office.account, credit_limit={"amount": "300"})
    first, second = await office.draft(), await office.draft()
    await perform_action(office.workspace, office.rep, "order", first.id, "submit")
    with pytest.raises(Invalid) as caught:
        await perform_action(office.workspace, office.rep, "order", second.id, "submit")
    assert told(caught) == [
        ("/account", "check", "Customer “华信 Huaxin”: Open orders are beyond the limit.")
    ]
    view = await read_record(office.workspace, office.rep, "order", second.id)
    assert (view.values["status"], view.version) == ("draft", second.version)


async def test_effects_are_judged_once_all_are_done(office):
    await put_actions(office.workspace)
    await constrained(
        office, "order", {"name": "called", "check": "status == 'draft' or any(activities.done)"}
    )
    order = await office.draft()
    with pytest.raises(Invalid):
        await perform_action(office.workspace, office.rep, "order", order.id, "submit")
    await call(office, order=str(order.id))
    result = await perform_action(office.workspace, office.rep, "order", order.id, "finish")
    assert result.record.values["status"] == "approved"


async def test_a_reference_that_a_deletion_clears_counts_as_a_change(office):
    kept = {"name": "kept", "check": "done or not missing(order)"}
    with_order = "count(a for a in activities if missing(a.order)) <= 0"
    await constrained(office, "account", {**FEW, "check": with_order})
    await constrained(office, "activity", kept)
    order = await office.draft()
    await call(office, order=str(order.id))
    with pytest.raises(Invalid) as caught:
        await delete_record(office.workspace, office.rep, "order", order.id, version=1)
    said = {text.partition(":")[0] for _, _, text in told(caught)}
    assert said == {"Customer “华信 Huaxin”", "Activity “Call”"}


async def test_a_record_that_is_not_seen_is_not_named(office):
    await constrained(office, "account", {**FEW, "check": "count(a for a in activities if a.done) <= 0"})
    mine = await call(office)
    owner = {"owner": str(office.other.user_id)}
    await update_record(office.workspace, office.director, "account", office.account, owner, version=1)
    with pytest.raises(Invalid) as caught:
        await change(office, "activity", mine.id, done=True)
    assert [text for _, _, text in told(caught)] == ["Customer: At most five activities."]


async def test_a_form_shows_what_can_be_judged_without_others(office):
    await constrained(office, "account", FEW)
    view = await preview_record(office.workspace, office.rep, "account", {"name": "New"})
    assert not view.problems
