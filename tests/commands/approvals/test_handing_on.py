"""Handing on, asking, adding and returning: what the definition allows, by who is asked, and nobody else."""

import pytest

from guanxi.commands.approvals.read_instance import read_instance
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.tasks.add_approver import add_approver
from guanxi.commands.tasks.ask_about_task import ask_about_task
from guanxi.commands.tasks.decide_task import Beside, decide_task
from guanxi.commands.tasks.delegate_task import delegate_task
from guanxi.commands.tasks.remove_approver import remove_approver
from guanxi.commands.tasks.reply_to_task import reply_to_task
from guanxi.commands.tasks.return_task import return_task
from guanxi.commands.tasks.transfer_task import transfer_task
from guanxi.errors import Conflict, Forbidden, Invalid, NotFound
from tests.commands.approvals.definitions import MAY, asks, put_approval


@pytest.fixture
async def crm(office):
    await put_approval(office.workspace, steps=[asks("first", may=MAY)])
    return office


async def status(crm, id_):
    return (await read_record(crm.workspace, crm.rep, "order", id_)).values["status"]


async def story(crm, task):
    view = await read_instance(crm.workspace, crm.rep, task.instance_id)
    return [event.type for event in view.history]


async def test_a_task_is_handed_on_for_good(crm):
    order = await crm.submitted("15")
    task = await crm.task(crm.manager)
    handed = await transfer_task(crm.workspace, crm.manager, task.id, crm.director.user_id, "On leave soon.")
    assert [one.name for one in handed.holders] == ["Chen Jing"]
    with pytest.raises(Conflict):
        await decide_task(crm.workspace, crm.manager, task.id, "approve")
    with pytest.raises((NotFound, Forbidden)):
        await decide_task(crm.workspace, crm.manager, handed.id, "approve")
    await decide_task(crm.workspace, crm.director, handed.id, "approve")
    assert await status(crm, order.id) == "approved"
    assert await story(crm, task) == ["submit", "transfer", "decide"]


@pytest.mark.parametrize("hand", [transfer_task, delegate_task])
async def test_nobody_hands_a_task_to_the_submitter(crm, hand):
    """Barred stays barred; the attempt is in the audit."""
    await crm.submitted("15")
    task = await crm.task(crm.manager)
    with pytest.raises(Invalid) as caught:
        await hand(crm.workspace, crm.manager, task.id, crm.rep.user_id)
    assert [problem.field for problem in caught.value.problems] == ["/person"]
    async with crm.workspace.database.reading() as session:
        refused = await session.value("SELECT count(*) FROM g_audit WHERE verb LIKE 'refused %'")
    assert refused == 1


async def test_the_same_key_hands_on_once(crm):
    await crm.submitted("15")
    task = await crm.task(crm.manager)
    for _ in range(2):
        await transfer_task(crm.workspace, crm.manager, task.id, crm.director.user_id, key="once")
    assert await story(crm, task) == ["submit", "transfer"]


async def test_an_advice_comes_back_to_who_decides(crm):
    await crm.submitted("15")
    task = await crm.task(crm.manager)
    await delegate_task(crm.workspace, crm.manager, task.id, crm.admin.user_id, "What do you think?")
    asked = await crm.task(crm.admin)
    assert asked.kind == "advise"
    with pytest.raises(Forbidden):
        await decide_task(crm.workspace, crm.admin, asked.id, "approve")
    await reply_to_task(crm.workspace, crm.admin, asked.id, "Fine with me.")
    back = await crm.task(crm.manager)
    assert (await decide_task(crm.workspace, crm.manager, back.id, "approve")).outcome == "approve"


async def test_the_submitter_is_asked_and_replies(crm):
    await crm.submitted("15")
    task = await crm.task(crm.manager)
    with pytest.raises(Invalid):
        await ask_about_task(crm.workspace, crm.manager, task.id, crm.rep.user_id, " ")
    await ask_about_task(crm.workspace, crm.manager, task.id, crm.rep.user_id, "Which customer?")
    question = await crm.task(crm.rep)
    with pytest.raises(NotFound):
        await reply_to_task(crm.workspace, crm.other, question.id, "Me too.")
    await reply_to_task(crm.workspace, crm.rep, question.id, "Huaxin.")
    assert await crm.task(crm.manager)


@pytest.mark.parametrize("where", ["before", "after", "beside"])
async def test_an_added_approver_must_agree_too(crm, where):
    order = await crm.submitted("15")
    task = await crm.task(crm.manager)
    await add_approver(crm.workspace, crm.manager, task.id, crm.director.user_id, where)
    first, second = (crm.manager, crm.director) if where != "before" else (crm.director, crm.manager)
    await decide_task(crm.workspace, first, (await crm.task(first)).id, "approve")
    assert await status(crm, order.id) == "waiting"
    await decide_task(crm.workspace, second, (await crm.task(second)).id, "approve")
    assert await status(crm, order.id) == "approved"


async def test_only_who_added_takes_out_again(crm):
    order = await crm.submitted("15")
    task = await crm.task(crm.manager)
    view = await add_approver(crm.workspace, crm.manager, task.id, crm.director.user_id, "beside")
    with pytest.raises((Forbidden, NotFound)):
        await remove_approver(crm.workspace, crm.director, view.id, crm.director.user_id)
    await remove_approver(crm.workspace, crm.manager, view.id, crm.director.user_id)
    await decide_task(crm.workspace, crm.manager, (await crm.task(crm.manager)).id, "approve")
    assert await status(crm, order.id) == "approved"


async def test_agreeing_and_adding_somebody_is_one_thing(crm):
    order = await crm.submitted("15")
    task = await crm.task(crm.manager)
    beside = Beside(add=crm.director.user_id)
    await decide_task(crm.workspace, crm.manager, task.id, "approve", beside=beside)
    assert await status(crm, order.id) == "waiting"
    await decide_task(crm.workspace, crm.director, (await crm.task(crm.director)).id, "approve")
    assert await status(crm, order.id) == "approved"


async def test_returned_to_the_submitter_it_is_changed_and_sent_again(crm):
    order = await crm.submitted("15")
    task = await crm.task(crm.manager)
    with pytest.raises(Invalid):
        await return_task(crm.workspace, crm.manager, task.id, "submitter", "")
    await return_task(crm.workspace, crm.manager, task.id, "submitter", "Say why.")
    assert await status(crm, order.id) == "draft"
    await perform_action(crm.workspace, crm.rep, "order", order.id, "submit")
    again = await crm.task(crm.manager)
    assert again.instance_id == task.instance_id
    await decide_task(crm.workspace, crm.manager, again.id, "approve")
    assert await status(crm, order.id) == "approved"
    assert await story(crm, task) == ["submit", "return", "submit", "decide"]


async def test_what_is_not_allowed_is_refused(office):
    await put_approval(office.workspace, may={}, steps=[asks("first")])
    await office.submitted("15")
    task = await office.task(office.manager)
    powers = (await office.task(office.manager)).powers
    assert powers is None
    for doing in (transfer_task, delegate_task):
        with pytest.raises(Forbidden):
            await doing(office.workspace, office.manager, task.id, office.director.user_id)
    with pytest.raises(Forbidden):
        await return_task(office.workspace, office.manager, task.id, "submitter", "No.")
    with pytest.raises(NotFound):
        await transfer_task(office.workspace, office.other, task.id, office.director.user_id)
