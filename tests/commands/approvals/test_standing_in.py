"""Absence and deputies; deadlines; managing what is stuck; who looks on."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from guanxi.commands.approvals.cancel_instance import cancel_instance
from guanxi.commands.approvals.comment_instance import comment_instance
from guanxi.commands.approvals.copy_to_people import copy_to_people
from guanxi.commands.approvals.move_instance import move_instance
from guanxi.commands.approvals.read_instance import read_instance
from guanxi.commands.approvals.remind_instance import remind_instance
from guanxi.commands.files.read_file import read_file
from guanxi.commands.files.upload_file import upload_file
from guanxi.commands.messaging.list_notifications import list_notifications
from guanxi.commands.people.clear_absence import clear_absence
from guanxi.commands.people.read_absence import read_absence
from guanxi.commands.people.set_absence import set_absence
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.tasks.decide_task import decide_task
from guanxi.commands.tasks.decide_tasks import decide_tasks
from guanxi.commands.tasks.list_tasks import Filter, list_tasks
from guanxi.commands.tasks.read_task import read_task
from guanxi.commands.tasks.return_task import return_task
from guanxi.commands.timers.tick import tick
from guanxi.commands.views import PersonView
from guanxi.errors import Conflict, Forbidden, Invalid, NotFound, VersionMismatch
from guanxi.worker.registry import TIMERS
from tests.commands.approvals.definitions import ANYBODY, MAY, asks, put_approval

DAY = timedelta(days=1)


def today(office):
    return office.workspace.clock.now().date()


async def away(office, person, deputy):
    day = today(office)
    return await set_absence(office.workspace, person, person.user_id, deputy.user_id, day - DAY, day + DAY)


async def order_of(office, id_):
    return (await read_record(office.workspace, office.rep, "order", id_)).values


async def told(office, actor):
    return [one.title for one in await list_notifications(office.workspace, actor)]


async def test_the_deputy_of_an_absent_person_decides_and_both_are_on_record(office):
    await away(office, office.manager, office.director)
    order = await office.submitted("15")
    task = await office.task(office.director)
    opened = await read_task(office.workspace, office.director, task.id)
    assert opened.powers is not None
    assert opened.powers.behalf == PersonView(office.manager.user_id, "Wang Fang")
    await decide_task(office.workspace, office.director, task.id, "approve")
    assert (await order_of(office, order.id))["status"] == "approved"
    decided = (await read_instance(office.workspace, office.rep, task.instance_id)).history[-1]
    assert decided.by == PersonView(office.director.user_id, "Chen Jing")
    assert decided.behalf == PersonView(office.manager.user_id, "Wang Fang")


async def test_who_submitted_decides_for_nobody(office):
    """Fault 6: standing in for the approver is no way to approve one's own."""
    await away(office, office.manager, office.rep)
    await office.submitted("15")
    task = await office.task(office.manager)
    with pytest.raises(Forbidden):
        await decide_task(office.workspace, office.rep, task.id, "approve")
    async with office.workspace.database.reading() as session:
        refused = await session.value("SELECT count(*) FROM g_audit WHERE verb = 'refused approve'")
    assert refused == 1


async def test_deputies_do_not_go_on(office):
    await away(office, office.manager, office.director)
    await away(office, office.director, office.admin)
    await office.submitted("15")
    assert not (await list_tasks(office.workspace, office.admin, "waiting")).items
    assert (await office.task(office.director)).open


async def test_back_again_there_is_no_deputy(office):
    await away(office, office.manager, office.director)
    await office.submitted("15")
    task = await office.task(office.director)
    absence = await read_absence(office.workspace, office.manager, office.manager.user_id)
    assert absence is not None
    assert absence.now
    assert await clear_absence(office.workspace, office.manager, office.manager.user_id)
    with pytest.raises(NotFound):
        await decide_task(office.workspace, office.director, task.id, "approve")


async def test_absences_are_ones_own(office):
    day, person = today(office), office.manager.user_id
    with pytest.raises(NotFound):
        await set_absence(office.workspace, office.rep, person, office.rep.user_id, day, day)
    with pytest.raises(Invalid) as caught:
        await set_absence(office.workspace, office.manager, person, person, day, day - DAY)
    assert [problem.field for problem in caught.value.problems] == ["/last_day", "/deputy"]
    await set_absence(office.workspace, office.admin, person, office.rep.user_id, day, day)
    assert await read_absence(office.workspace, office.manager, person)


async def test_a_deadline_reminds_once_and_escalates(office):
    deadlines = [
        {"name": "soon", "after": "1 day", "do": "remind"},
        {"name": "late", "after": "2 days", "do": "escalate", "to": [{"roles": ["director"]}]},
    ]
    await put_approval(office.workspace, steps=[asks("first", deadlines=deadlines, due="1 day")])
    order = await office.submitted("15")
    now = office.workspace.clock.now()
    assert await tick(office.workspace, TIMERS, now + DAY - timedelta(minutes=1)) == 0
    for _ in range(2):
        await tick(office.workspace, TIMERS, now + DAY + timedelta(minutes=1))
    titles = await told(office, office.manager)
    assert titles == ["Still to decide: Discount approval", "To decide: Discount approval"]
    await tick(office.workspace, TIMERS, now + 2 * DAY + timedelta(minutes=1))
    task = await office.task(office.director)
    await decide_task(office.workspace, office.director, task.id, "approve")
    assert (await order_of(office, order.id))["status"] == "approved"


async def test_a_declared_deadline_decides(office):
    deadline = {"name": "over", "after": "1 day", "do": "reject"}
    await put_approval(office.workspace, steps=[asks("first", deadlines=[deadline])])
    order = await office.submitted("15")
    await tick(office.workspace, TIMERS, office.workspace.clock.now() + 2 * DAY)
    assert (await order_of(office, order.id))["status"] == "draft"
    assert "Rejected: Discount approval" in await told(office, office.rep)


async def test_a_working_day_later_is_the_same_time_of_day_when_clocks_change(office):
    """Fault 11: submitted on Friday at 16:00 in Berlin, before the clocks go forward on Sunday."""
    week = ("monday", "tuesday", "wednesday", "thursday", "friday")
    hours = {day: ["09:00-18:00"] for day in week}
    berlin = {"kind": "calendar", "name": "berlin", "timeZone": "Europe/Berlin", "week": hours}
    deadline = {"name": "soon", "after": "1 working day", "do": "remind"}
    steps = [asks("first", deadlines=[deadline])]
    await put_approval(office.workspace, berlin, steps=steps, calendar="berlin")
    friday, monday = datetime(2026, 3, 27, 15, tzinfo=UTC), datetime(2026, 3, 30, 14, tzinfo=UTC)
    office.site.clock.advance(friday - office.site.clock.now())
    order = await create_record(office.workspace, office.rep, "order", office.order("15"))
    await perform_action(office.workspace, office.rep, "order", order.id, "submit")
    assert await tick(office.workspace, TIMERS, monday - timedelta(minutes=1)) == 0
    assert await tick(office.workspace, TIMERS, monday) == 1


async def test_twenty_approvers_at_once_make_one_decision(office):
    """Fault 5."""
    await office.submitted("15")
    task = await office.task(office.manager)
    tries = (decide_task(office.workspace, office.manager, task.id, "approve") for _ in range(20))
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in results) == 1
    assert sum(isinstance(one, Conflict) for one in results) == 19


async def test_nothing_is_returned_that_was_changed_since(office):
    await put_approval(office.workspace, steps=[asks("first", may=MAY)])
    order = await office.submitted("15")
    task = await office.task(office.manager)
    version = (await order_version(office, order.id)) - 1
    with pytest.raises(VersionMismatch):
        await return_task(office.workspace, office.manager, task.id, "submitter", "No.", version=version)


async def order_version(office, id_):
    return (await read_record(office.workspace, office.rep, "order", id_)).version


async def test_many_are_decided_each_for_itself(office):
    await office.submitted("15")
    await office.submitted("16")
    tasks = [one.id for one in (await list_tasks(office.workspace, office.manager, "waiting")).items]
    await decide_task(office.workspace, office.manager, tasks[0], "approve")
    verdicts = await decide_tasks(office.workspace, office.manager, [*tasks, 987654], "approve", "All fine.")
    assert [type(one.refusal) for one in verdicts][1:] == [type(None), NotFound]
    assert isinstance(verdicts[0].refusal, Conflict)


async def test_administrators_cancel_and_move_what_is_stuck(office):
    await put_approval(office.workspace, steps=[asks("first"), asks("second", "chen.jing@example.com")])
    order = await office.submitted("15")
    task = await office.task(office.manager)
    await decide_task(office.workspace, office.manager, task.id, "approve")
    with pytest.raises(Forbidden):
        await move_instance(office.workspace, office.manager, task.instance_id, "first")
    await move_instance(office.workspace, office.admin, task.instance_id, "first", "Wrong person.")
    assert (await office.task(office.manager)).open
    await cancel_instance(office.workspace, office.admin, task.instance_id, "Not needed.")
    assert (await order_of(office, order.id))["status"] == "draft"
    assert "Cancelled: Discount approval" in await told(office, office.rep)
    with pytest.raises(Conflict):
        await cancel_instance(office.workspace, office.admin, task.instance_id)


async def test_a_copy_shows_the_card_and_not_the_record(office):
    await put_approval(office.workspace, steps=[asks("first", may={"cc": ANYBODY})])
    await office.submitted("15")
    task = await office.task(office.manager)
    with pytest.raises(NotFound):
        await read_instance(office.workspace, office.other, task.instance_id)
    with pytest.raises(Forbidden):
        await copy_to_people(office.workspace, office.rep, task.instance_id, [office.other.user_id])
    await copy_to_people(office.workspace, office.manager, task.instance_id, [office.other.user_id], "FYI")
    view = await read_instance(office.workspace, office.other, task.instance_id)
    assert view.card is not None
    assert view.record is None
    with pytest.raises(NotFound):
        await read_record(office.workspace, office.other, "order", task.record_id)
    assert [one.id for one in (await list_tasks(office.workspace, office.other, "cc")).items] == [task.id]
    assert await told(office, office.other) == ["For your information: Discount approval"]


async def test_remarks_mention_people_and_carry_files(office):
    await put_approval(office.workspace, steps=[asks("first", may=MAY)])
    await office.submitted("15")
    task = await office.task(office.manager)
    file = await upload_file(office.workspace, office.manager, "note.txt", b"Agreed by phone.")
    people = [office.other.user_id]
    with pytest.raises(Invalid):
        await comment_instance(office.workspace, office.manager, task.instance_id, "Hm.", people=people)
    view = await comment_instance(
        office.workspace,
        office.manager,
        task.instance_id,
        "See here.",
        people=[office.rep.user_id],
        files=[file.id],
    )
    assert [(one.text, one.files) for one in view.comments] == [("See here.", ((file.id, "note.txt"),))]
    assert (await read_file(office.workspace, office.rep, file.id))[1] == b"Agreed by phone."
    with pytest.raises(NotFound):
        await read_file(office.workspace, office.other, file.id)
    assert "You are mentioned: Discount approval" in await told(office, office.rep)


async def test_the_submitter_reminds_once_an_hour(office):
    await office.submitted("15")
    task = await office.task(office.manager)
    with pytest.raises(Forbidden):
        await remind_instance(office.workspace, office.manager, task.instance_id)
    await remind_instance(office.workspace, office.rep, task.instance_id)
    with pytest.raises(Conflict):
        await remind_instance(office.workspace, office.rep, task.instance_id)


async def test_boxes_are_filtered_and_sorted_by_due_date(office):
    await put_approval(office.workspace, steps=[asks("first", due="1 day")])
    for discount in ("15", "16", "17"):
        await office.submitted(discount)
    chosen = Filter(by_due=True, process="order_discount", submitter=office.rep.user_id)
    first = await list_tasks(office.workspace, office.manager, "waiting", 2, chosen=chosen)
    rest = await list_tasks(office.workspace, office.manager, "waiting", 2, first.next, chosen=chosen)
    ids = [one.id for one in (*first.items, *rest.items)]
    assert ids == sorted(ids)
    assert len(ids) == 3
    late = await list_tasks(office.workspace, office.manager, "waiting", chosen=Filter(overdue=True))
    assert late.items == ()
