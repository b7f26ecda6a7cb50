"""Automations that take time: they wait, hear, end, begin again, and stop where they would go on for ever."""

from datetime import UTC, datetime, timedelta

import pytest

from guanxi.commands.actor import SYSTEM
from guanxi.commands.audit import emit
from guanxi.commands.automations.begin_automation import begin_automation
from guanxi.commands.automations.beginning import Beginning
from guanxi.commands.automations.list_automations import list_automations
from guanxi.commands.messaging.list_notifications import list_notifications
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.list_records import ListQuery, list_records
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.commands.workspace import Workspace
from guanxi.storage.jobs import failed_jobs
from tests.automations.running import automation, do, note, publish, rows, runs, settled

pytestmark = pytest.mark.postgres
CREATED = {"created": True}
WAIT = {"name": "pause", "type": "wait", "for": "3 working days", "at": "09:00"}
CALL = {"create": "activity", "set": {"subject": "= number", "account": "= account", "owner": "= owner"}}


async def read(office, order):
    return await read_record(office.workspace, office.admin, "order", order.id)


async def change(office, order, **values):
    view = await read(office, order)
    return await update_record(office.workspace, office.rep, "order", order.id, values, version=view.version)


async def calls(office):
    return (await list_records(office.workspace, office.admin, "activity", ListQuery())).items


async def test_it_waits_for_working_days_and_a_time_of_day_across_a_restart(office):
    await publish(office, automation(CREATED, WAIT, note("now"), calendar="office"))
    order = await office.draft()
    await settled(office)
    (timer,) = await rows(office, "SELECT due FROM g_timer WHERE owner_kind = 'instance'")
    # Saturday, January 31, 16:00 in Shanghai: three working days later it is Wednesday, 16:00; then 09:00.
    assert "2026-02-05" in str(timer["due"])
    assert "01:00" in str(timer["due"])
    again = Workspace(office.workspace.database, office.workspace.clock, office.workspace.settings)
    office.site.app.state.workspace = again
    office.site.clock.advance(timedelta(days=4, hours=16))
    await settled(office)
    assert (await read(office, order)).values["note"] is None
    office.site.clock.advance(timedelta(hours=2))
    await settled(office)
    assert (await read(office, order)).values["note"] == "now"


async def test_it_waits_for_a_condition_and_an_exit_ends_it(office):
    until = {"name": "until", "type": "wait", "when": "total > 1000"}
    exits = [{"name": "small", "when": "note == 'stop'"}]
    await publish(office, automation(CREATED, until, do("call", **CALL), exits=exits))
    first, second = await office.draft(), await office.draft()
    await settled(office)
    line = {**office.order()["lines"][0], "quantity": "40"}
    await change(office, first, lines=[line])
    await change(office, second, note="stop")
    await settled(office)
    assert await runs(office) == [("rule", "done"), ("rule", "cancelled")]
    assert [one.title for one in await calls(office)] == [first.values["number"]]


async def test_it_waits_for_an_event_or_a_time_whichever_comes_first(office):
    def branch(name, **wait):
        return {
            "name": name,
            "steps": [{"name": f"w_{name}", "type": "wait", **wait}, note(name, f"n_{name}")],
        }

    race = {
        "name": "first",
        "type": "race",
        "branches": [branch("paid", event="paid"), branch("late", **{"for": "2 days"})],
    }
    await publish(office, automation(CREATED, race))
    first, second = await office.draft(), await office.draft()
    await settled(office)

    async def say(turn):
        emit(turn, "paid", {}, ("order", first.id))

    await office.workspace.write(SYSTEM, say)
    await settled(office)
    office.site.clock.advance(timedelta(days=3))
    await settled(office)
    assert [(await read(office, one)).values["note"] for one in (first, second)] == ["paid", "late"]


async def test_a_record_that_is_deleted_on_the_way_ends_its_run(office):
    await publish(office, automation(CREATED, WAIT, note("now"), calendar="office"))
    order = await office.draft()
    await settled(office)
    await delete_record(office.workspace, office.rep, "order", order.id, version=order.version)
    await settled(office)
    assert await runs(office) == [("rule", "cancelled")]
    assert await rows(office, "SELECT id FROM g_timer WHERE owner_kind = 'instance'") == []


async def test_what_runs_keeps_the_definition_that_it_began_under(office):
    await publish(office, automation(CREATED, WAIT, note("old"), calendar="office"))
    order = await office.draft()
    await settled(office)
    await publish(office, automation(CREATED, note("new"), calendar="office"))
    other = await office.draft()
    office.site.clock.advance(timedelta(days=9))
    await settled(office)
    assert [(await read(office, one)).values["note"] for one in (order, other)] == ["old", "new"]


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("always", ["running", "running"]),
        ("once", ["running"]),
        ("whenDone", ["running"]),
        ("restart", ["cancelled", "running"]),
    ],
)
async def test_whether_it_begins_again_while_it_runs(office, again, expected):
    await publish(office, automation({"changed": ["note"]}, WAIT, again=again, calendar="office"))
    order = await office.draft()
    for text in ("a", "b"):
        await change(office, order, note=text)
        await settled(office)
    assert [status for _, status in await runs(office)] == expected


async def test_rules_that_set_each_other_off_stop_and_say_why(office):
    later = do("later", update="this", set={"ordered_on": "= ordered_on + days(1)"})
    there = automation({"changed": ["note"]}, later, depth=4)
    back = automation({"changed": ["ordered_on"]}, note("= text(ordered_on)"), name="other", depth=4)
    order = await office.draft(ordered_on="2026-02-01")
    await publish(office, there, back)
    await change(office, order, note="z")
    await settled(office)
    assert [name for name, _ in await runs(office)] == ["rule", "other", "rule", "other"]
    view = await list_automations(office.workspace, office.admin)
    (stopped,) = view.stopped
    assert (stopped.automation, stopped.depth, stopped.record_id) == ("rule", 4, order.id)
    assert [led.automation for led in stopped.chain] == ["", "rule", "other", "rule", "other"]


async def test_a_job_that_comes_twice_does_its_effect_once(office):
    await publish(office, automation(CREATED, do("call", **CALL)))
    order = await office.draft()
    payload = Beginning("rule", order.id, "rule event 4711").payload()
    for _ in range(2):
        await begin_automation(office.workspace, payload)
    assert len(await calls(office)) == 1


async def test_a_kill_before_the_commit_leaves_nothing_and_the_next_try_does_it(office, monkeypatch):
    await publish(office, automation(CREATED, do("call", **CALL)))
    order = await office.draft()
    payload = Beginning("rule", order.id, "rule event 4711").payload()

    async def killed(turn):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("guanxi.commands.automations.beginning.settle", killed)
        with pytest.raises(KeyboardInterrupt):
            await begin_automation(office.workspace, payload)
    assert await runs(office) == []
    await begin_automation(office.workspace, payload)
    assert (len(await calls(office)), await runs(office)) == (1, [("rule", "done")])


async def test_an_effect_that_is_refused_is_a_failed_job_and_changes_nothing(office):
    effects = [
        {"name": "write", "update": "this", "set": {"note": "half"}},
        {"name": "no", "refuse": {"en": "Not today.", "zh-CN": "今天不行。"}},
    ]
    await publish(office, automation(CREATED, {"name": "both", "type": "do", "effects": effects}))
    order = await office.draft()
    await settled(office)
    assert (await read(office, order)).values["note"] is None
    async with office.workspace.database.reading() as session:
        (failed,) = await failed_jobs(session)
    assert (failed.name, failed.error) == ("begin automation", "Not today.")


async def test_a_message_that_fails_is_a_beginning_and_no_mail_account_is_no_failure(office):
    news = {
        "kind": "message",
        "name": "news",
        "of": "order",
        "to": [{"field": "owner"}],
        "subject": {"en": "New order"},
        "body": {"en": "{{ number }}"},
    }
    await publish(
        office,
        news,
        automation(CREATED, do("tell", send="news")),
        automation({"failed": "news"}, note("not told"), name="other"),
    )
    await office.draft()
    await settled(office)
    told = (await list_notifications(office.workspace, office.rep))[0]
    assert told.title == "New order"
    assert told.href.startswith("/records/order/")
    (mail,) = await rows(office, "SELECT state FROM g_delivery")
    assert (mail["state"], await runs(office)) == ("skipped", [("rule", "done")])


async def test_what_it_does_names_it_and_what_led_to_it(office):
    await publish(office, automation(CREATED, note("done")))
    order = await office.draft()
    await settled(office)
    found = await rows(
        office,
        "SELECT actor_id, detail FROM g_audit WHERE entity = 'order' AND record_id = $1 AND verb = 'changed'",
        order.id,
    )
    assert [row["actor_id"] for row in found] == [None]
    assert '"automation":"rule"' in str(found[0]["detail"]).replace(" ", "").replace("'", '"')


async def test_a_segment_of_a_thousand_records(office):
    table = (await office.workspace.live()).entities["account"].table
    names = await rows(office, f"SELECT * FROM {table} LIMIT 1")
    columns = [name for name in dict(names[0]) if name != "id"]
    listed = ", ".join(columns)
    async with office.workspace.database.transaction() as session:
        for _ in range(10):
            await session.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {table}")
    step = do("e", emit="seen")
    await publish(office, automation({"every": "1 day", "at": "09:00"}, step, of="account"))
    office.site.clock.advance(timedelta(days=1))
    for _ in range(8):
        await settled(office)
    assert len(await runs(office)) == 1024


async def test_a_schedule_keeps_its_time_of_day_over_daylight_saving(office):
    """Fault 11: each fires once, on every day, also on those of 23 and 25 hours."""
    calendar = {
        "kind": "calendar",
        "name": "berlin",
        "timeZone": "Europe/Berlin",
        "week": {"monday": ["09:00-17:00"]},
    }
    await office.draft()
    office.site.clock.advance(datetime(2026, 3, 28, 12, tzinfo=UTC) - office.site.clock.now())
    on = {"every": "1 day", "at": "02:30"}
    await publish(office, calendar, automation(on, do("e", emit="seen"), calendar="berlin"))
    for count in range(1, 5):
        office.site.clock.advance(timedelta(days=1))
        await settled(office)
        assert len(await runs(office)) == count
