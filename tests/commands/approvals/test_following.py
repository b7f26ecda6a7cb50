"""What follows from a decision in its transaction: effects, sub-processes, started processes, events."""

import pytest

from guanxi.commands.approvals.recall_instance import recall_instance
from guanxi.commands.events.consume_events import consume_events
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.tasks.decide_task import Beside, decide_task
from guanxi.commands.tasks.return_task import return_task
from guanxi.commands.upkeep.seal_audit import seal_audit
from guanxi.errors import Conflict, Invalid, NotFound
from guanxi.storage.timers import timers_of
from guanxi.worker.registry import CONSUMERS
from tests.commands.approvals.definitions import MAY, asks, put_approval, saying


async def order_of(office, id_):
    return (await read_record(office.workspace, office.rep, "order", id_)).values


async def decide(office, actor, answer="approve", comment=""):
    task = await office.task(actor)
    return await decide_task(office.workspace, actor, task.id, answer, comment)


async def test_each_end_has_its_effects(office):
    hooks = {
        f"on{name}": saying(name) for name in ("Submitted", "Approved", "Rejected", "Returned", "Recalled")
    }
    policies = {"recall": "anyTime"}
    await put_approval(office.workspace, steps=[asks("first", may=MAY)], policies=policies, **hooks)
    order = await office.submitted("15")
    assert (await order_of(office, order.id))["note"] == "Submitted"
    task = await office.task(office.manager)
    await return_task(office.workspace, office.manager, task.id, "submitter", "Why?")
    assert (await order_of(office, order.id))["note"] == "Returned"
    await perform_action(office.workspace, office.rep, "order", order.id, "submit")
    await decide(office, office.manager, "reject", "No.")
    assert (await order_of(office, order.id))["note"] == "Rejected"
    await perform_action(office.workspace, office.rep, "order", order.id, "submit")
    await perform_action(office.workspace, office.rep, "order", order.id, "recall")
    assert (await order_of(office, order.id))["note"] == "Recalled"
    await perform_action(office.workspace, office.rep, "order", order.id, "submit")
    await decide(office, office.manager)
    assert (await order_of(office, order.id))["note"] == "Approved"


async def test_an_effect_that_is_refused_refuses_the_decision(office):
    no = [{"name": "no", "refuse": {"en": "Not today.", "zh-CN": "今天不行。"}}]
    await put_approval(office.workspace, steps=[asks("first")], onApproved=no)
    order = await office.submitted("15")
    with pytest.raises(Conflict, match="Not today"):
        await decide(office, office.manager)
    assert (await order_of(office, order.id))["status"] == "waiting"
    assert (await office.task(office.manager)).open


async def test_a_sub_process_decides_for_its_parent(office):
    child = {"kind": "approval", "name": "check", "of": "order", "watch": ["account"]}
    child["steps"] = [asks("director", "chen.jing@example.com")]
    call = {"name": "check", "type": "call", "process": "check"}
    await put_approval(office.workspace, child, steps=[call, asks("last")])
    order = await office.submitted("15")
    task = await office.task(office.director)
    await decide(office, office.director)
    assert task.step["en"] == "Director"
    await decide(office, office.manager)
    assert (await order_of(office, order.id))["status"] == "approved"


async def test_a_recall_takes_the_sub_process_along(office):
    child = {"kind": "approval", "name": "check", "of": "order", "watch": ["account"]}
    child["steps"] = [asks("director", "chen.jing@example.com")]
    call = {"name": "check", "type": "call", "process": "check"}
    await put_approval(office.workspace, child, steps=[call], policies={"recall": "anyTime"})
    order = await office.submitted("15")
    task = await office.task(office.director)
    await perform_action(office.workspace, office.rep, "order", order.id, "recall")
    assert (await order_of(office, order.id))["status"] == "draft"
    with pytest.raises(Conflict):
        await decide_task(office.workspace, office.director, task.id, "approve")
    with pytest.raises(Conflict):
        await recall_instance(office.workspace, office.rep, task.instance_id)


async def test_an_effect_starts_another_approval(office):
    second = {"kind": "approval", "name": "check", "of": "order", "watch": ["account"]}
    second["steps"] = [asks("director", "chen.jing@example.com")]
    second["onApproved"] = saying("Checked")
    start = [{"name": "check", "start": "check"}]
    await put_approval(office.workspace, second, steps=[asks("first")], onApproved=start)
    order = await office.submitted("15")
    await decide(office, office.manager)
    values = await order_of(office, order.id)
    assert (values["status"], values["note"]) == ("approved", None)
    await decide(office, office.director)
    assert (await order_of(office, order.id))["note"] == "Checked"


async def test_a_wait_hears_the_event_of_its_record(office):
    wait = {"name": "paid", "type": "wait", "event": "paid"}
    told = [{"name": "tell", "emit": "paid"}]
    action = {"kind": "action", "name": "pay", "of": "order", "effects": told}
    documents = {(one.kind, one.name): one.data for one in (await office.workspace.live()).documents}
    rep = {**documents["role", "rep"]}
    rep["grants"] = {**rep["grants"], "order": [*rep["grants"]["order"]]}
    own = next(i for i, grant in enumerate(rep["grants"]["order"]) if grant["rows"] == "own")
    grant = rep["grants"]["order"][own]
    rep["grants"]["order"][own] = {**grant, "actions": [*grant.get("actions", ()), "pay"]}
    await put_approval(office.workspace, action, rep, steps=[wait, asks("first")])
    order = await office.submitted("15")
    other = await office.submitted("15")
    await consume_events(office.workspace, CONSUMERS)
    await perform_action(office.workspace, office.rep, "order", order.id, "pay")
    await seal_audit(office.workspace)
    await consume_events(office.workspace, CONSUMERS)
    assert (await office.task(office.manager)).record_id == order.id
    assert (await order_of(office, other.id))["status"] == "waiting"


async def test_a_step_lets_its_people_fill_in(office):
    fields = {"discount_reason": "required", "note": "editable"}
    await put_approval(office.workspace, steps=[asks("first", fields=fields, watch=["account"])])
    order = await office.submitted("10.5")
    task = await office.task(office.manager)
    beside = Beside(fields={"account": str(office.account)})
    with pytest.raises(Invalid) as caught:
        await decide_task(office.workspace, office.manager, task.id, "approve", beside=beside)
    assert [problem.field for problem in caught.value.problems] == ["/fields/account"]
    beside = Beside(fields={"note": "Agreed by phone."})
    with pytest.raises(NotFound):
        await decide_task(office.workspace, office.other, task.id, "approve", beside=beside)
    await decide_task(office.workspace, office.manager, task.id, "approve", beside=beside)
    values = await order_of(office, order.id)
    assert (values["note"], values["status"]) == ("Agreed by phone.", "approved")


async def test_timers_go_with_their_step(office):
    deadline = {"name": "soon", "after": "2 days", "do": "remind"}
    await put_approval(office.workspace, steps=[asks("first", deadlines=[deadline])])
    await office.submitted("15")
    task = await office.task(office.manager)
    async with office.workspace.database.reading() as session:
        assert [one.key for one in await timers_of(session, "instance", task.instance_id)] == ["first#1/soon"]
    await decide(office, office.manager)
    async with office.workspace.database.reading() as session:
        assert await timers_of(session, "instance", task.instance_id) == []
