"""What automations begin with: each once, after the commit, and judged on the record as it is then."""

from datetime import timedelta

import pytest

from guanxi.commands.actor import SYSTEM
from guanxi.commands.audit import emit
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.commands.tasks.decide_task import decide_task
from tests.automations.running import automation, do, note, publish, rows, runs, settled

pytestmark = pytest.mark.postgres


async def order_note(office, order):
    return (await read_record(office.workspace, office.admin, "order", order.id)).values["note"]


async def change(office, order, **values):
    view = await read_record(office.workspace, office.rep, "order", order.id)
    return await update_record(office.workspace, office.rep, "order", order.id, values, version=view.version)


async def test_a_record_was_created(office):
    await publish(office, automation({"created": True}, note("= number")))
    order = await office.draft()
    await settled(office)
    assert await order_note(office, order) == order.values["number"]
    assert await runs(office) == [("rule", "done")]


async def test_one_of_these_fields_was_changed(office):
    on = {"changed": ["ordered_on"]}
    await publish(office, automation(on, note("moved"), when="ordered_on > today + days(3)"))
    order = await office.draft(ordered_on="2026-02-03")
    await change(office, order, note="hello")
    await settled(office)
    assert await runs(office) == []
    await change(office, order, ordered_on="2026-02-05")
    await settled(office)
    assert await order_note(office, order) == "moved"


async def test_its_condition_is_judged_on_the_record_as_it_is_then(office):
    await publish(office, automation({"changed": ["note"]}, do("e", emit="seen"), when="note == 'a'"))
    order = await office.draft()
    await change(office, order, note="a")
    await change(office, order, note="b")
    await settled(office)
    assert await runs(office) == []


async def test_a_record_was_deleted(office):
    make = do(
        "keep", create="activity", set={"subject": "= number", "account": "= account", "owner": "= owner"}
    )
    await publish(office, automation({"deleted": True}, make, when="account.name == '华信 Huaxin'"))
    order = await office.draft()
    await delete_record(office.workspace, office.rep, "order", order.id, version=order.version)
    await settled(office)
    (made,) = await rows(office, "SELECT subject FROM e_activity")
    assert made["subject"] == order.values["number"]
    assert await runs(office) == [("rule", "done")]


async def test_it_entered_a_state(office):
    await publish(office, automation({"entered": "waiting"}, do("e", emit="seen")))
    order = await office.draft("20")
    await settled(office)
    assert await runs(office) == []
    await perform_action(office.workspace, office.rep, "order", order.id, "submit")
    await settled(office)
    assert await runs(office) == [("rule", "done")]


async def test_a_condition_becomes_true_once_for_each_edge(office):
    await publish(office, automation({"becomes": "total > 1000"}, do("e", emit="seen")))
    order = await office.draft()
    line = {**office.order()["lines"][0]}
    for quantity, count in ((4, 0), (40, 1), (50, 1), (2, 1), (60, 2)):
        await change(office, order, lines=[{**line, "quantity": str(quantity)}])
        await settled(office)
        assert len(await runs(office)) == count, quantity


async def test_two_changes_before_it_looks_are_one_edge(office):
    order = await office.draft("20")
    on = {"becomes": "note == 'a' and discount_reason == 'b'"}
    await publish(office, automation(on, do("e", emit="seen")))
    await change(office, order, note="a")
    await change(office, order, discount_reason="b")
    await settled(office)
    assert len(await runs(office)) == 1


async def test_a_moment_follows_the_record(office):
    on = {"due": "ordered_on", "before": "2 working days", "at": "09:00"}
    await publish(office, automation(on, note("soon"), calendar="office"))
    order = await office.draft(ordered_on="2026-02-13")
    await settled(office)
    office.site.clock.advance(timedelta(days=9))
    await change(office, order, ordered_on="2026-03-10")
    await settled(office)
    office.site.clock.advance(timedelta(days=10))
    await settled(office)
    assert await runs(office) == []
    (timer,) = await rows(office, "SELECT due FROM g_timer WHERE owner_kind = 'due'")
    assert "2026-03-06" in str(timer["due"])
    office.site.clock.advance(timedelta(days=20))
    await settled(office)
    assert await order_note(office, order) == "soon"
    office.site.clock.advance(timedelta(days=20))
    await change(office, order, note="read")
    await settled(office)
    assert len(await runs(office)) == 1


async def test_records_that_were_there_before_get_their_moments(office):
    past, future = await office.draft(ordered_on="2026-01-05"), await office.draft(ordered_on="2026-02-05")
    await publish(office, automation({"due": "ordered_on"}, note("today")))
    office.site.clock.advance(timedelta(days=6))
    await settled(office)
    assert [await order_note(office, one) for one in (past, future)] == [None, "today"]


async def test_every_so_often_for_each_record_of_the_segment(office):
    first, second = await office.draft(), await office.draft(note="kept")
    on = {"every": "1 week", "at": "09:00"}
    await publish(office, automation(on, do("e", emit="seen"), where="missing(note)"))
    for days, count in ((0, 0), (1, 1), (1, 1), (6, 2), (21, 3)):
        office.site.clock.advance(timedelta(days=days))
        await settled(office)
        assert len(await runs(office)) == count, days
    found = await rows(office, "SELECT DISTINCT record_id FROM g_instance WHERE kind = 'automation'")
    assert [row["record_id"] for row in found] == [first.id] != [second.id]


async def test_a_day_of_the_calendar(office):
    await office.draft()
    on = {"day": "monthFirstWorking", "at": "10:00"}
    await publish(office, automation(on, do("e", emit="seen"), calendar="office"))
    (timer,) = await rows(office, "SELECT due FROM g_timer WHERE owner_kind = 'schedule'")
    assert "2026-02-02" in str(timer["due"])
    assert "02:00" in str(timer["due"])
    office.site.clock.advance(timedelta(days=3))
    await settled(office)
    assert len(await runs(office)) == 1


async def test_an_event_of_its_record(office):
    await publish(office, automation({"event": "delivered"}, note("here")))
    order, other = await office.draft(), await office.draft()

    async def say(turn):
        emit(turn, "delivered", {}, ("order", order.id))

    await office.workspace.write(SYSTEM, say)
    await settled(office)
    assert [await order_note(office, one) for one in (order, other)] == ["here", None]


async def test_an_approval_was_decided(office):
    on = {"decided": {"approval": "order_discount", "outcome": "approved"}}
    await publish(office, automation(on, do("e", emit="seen")))
    await office.submitted("15")
    task = await office.task(office.manager)
    await settled(office)
    assert await runs(office) == []
    await decide_task(office.workspace, office.manager, task.id, "approve", version=None)
    await settled(office)
    assert await runs(office) == [("rule", "done")]


async def test_one_that_is_not_active_does_not_begin(office):
    await publish(office, automation({"created": True}, note("x"), active=False))
    await office.draft()
    await settled(office)
    assert await runs(office) == []
