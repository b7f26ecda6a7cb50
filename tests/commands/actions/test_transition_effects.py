"""Effects of transitions: in the same transaction, before the approval starts, and never without end."""

import copy

import pytest

from guanxi.commands.records.list_records import ListQuery, list_records
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.errors import Conflict, Invalid
from tests.commands.actions.definitions import put

CALL = {
    "name": "call",
    "create": "activity",
    "set": {"subject": "= number", "account": "= account", "order": "= this"},
}
NOTE = {"name": "note", "update": "this", "set": {"note": "= account.name"}}


async def put_submit(office, *effects, **more):
    """Publish these effects of the transition `submit`, and further transitions; reps may press them all."""
    documents = {(one.kind, one.name): one.data for one in (await office.workspace.live()).documents}
    stages = copy.deepcopy(documents["stages", "order"])
    stages["transitions"]["submit"]["effects"] = list(effects)
    stages["transitions"] |= more
    rep = copy.deepcopy(documents["role", "rep"])
    for grant in rep["grants"]["order"]:
        if "actions" in grant:
            grant["actions"] += more
    await put(office.workspace, stages, rep)


async def submit(office, order):
    return await perform_action(office.workspace, office.rep, "order", order.id, "submit")


async def calls(office):
    return (await list_records(office.workspace, office.rep, "activity", ListQuery())).items


async def test_a_transition_changes_and_creates_though_its_new_state_is_locked(office):
    await put_submit(office, NOTE, CALL)
    order = await office.draft()
    values = (await submit(office, order)).record.values
    assert (values["status"], values["note"]) == ("approved", "华信 Huaxin")
    (call,) = await calls(office)
    assert (call.title, call.values.get("order", order.id)) == (values["number"], order.id)


async def test_what_an_approver_decides_on_is_what_the_effects_left(office):
    await put_submit(office, NOTE)
    order = await office.draft("20")
    result = await submit(office, order)
    assert (result.record.values["status"], result.record.values["note"]) == ("waiting", "华信 Huaxin")
    assert [person.name for person in result.waiting_for] == ["Wang Fang"]
    task = await office.task(office.manager)
    assert task.record.values["note"] == "华信 Huaxin"


async def test_a_new_record_that_a_transition_makes_is_led_to(office):
    await put_submit(office, {**CALL, "open": True})
    order = await office.draft()
    results = [
        await perform_action(office.workspace, office.rep, "order", order.id, "submit", key="once")
        for _ in range(2)
    ]
    (call,) = await calls(office)
    assert [result.opened for result in results] == [("activity", call.id)] * 2


async def test_a_refusal_takes_the_move_back(office):
    await put_submit(office, CALL, {"name": "no", "refuse": {"en": "Not on Sundays."}})
    order = await office.draft()
    with pytest.raises(Conflict, match="Not on Sundays"):
        await submit(office, order)
    assert (await read_record(office.workspace, office.rep, "order", order.id)).values["status"] == "draft"
    assert not await calls(office)


async def test_a_problem_is_told_with_the_transition(office):
    await put_submit(
        office, {"name": "none", "update": "lines", "as": "l", "set": {"quantity": "= l.quantity - 9"}}
    )
    order = await office.draft()
    with pytest.raises(Invalid, match="“Submit” is not possible") as caught:
        await submit(office, order)
    assert [problem.field for problem in caught.value.problems] == ["/lines/0/quantity"]


async def test_transitions_that_lead_to_each_other_end(office):
    back = {"from": ["approved"], "to": "draft", "effects": [{"name": "again", "move": "submit"}]}
    await put_submit(office, {"name": "back", "move": "reopen"}, reopen=back)
    order = await office.draft()
    with pytest.raises(Conflict, match="leads back to itself"):
        await submit(office, order)
    assert (await read_record(office.workspace, office.rep, "order", order.id)).version == order.version


async def test_a_transition_moves_on_to_the_next(office):
    await put_submit(office, {"name": "on", "move": "reopen"}, reopen={"from": ["approved"], "to": "draft"})
    order = await office.draft()
    assert (await submit(office, order)).record.values["status"] == "draft"
