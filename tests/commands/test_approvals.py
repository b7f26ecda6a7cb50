"""What the commands around an approval do: states, holders, what is shown, what is refused."""

from decimal import Decimal

import pytest

from guanxi.commands.records.approval_card import approval_card
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.record_history import record_history
from guanxi.commands.records.update_record import update_record
from guanxi.commands.tasks.assign_task import assign_task
from guanxi.commands.tasks.count_tasks import count_tasks
from guanxi.commands.tasks.decide_task import decide_task
from guanxi.commands.tasks.list_tasks import list_tasks
from guanxi.commands.tasks.read_task import read_task
from guanxi.errors import Conflict, Forbidden, Invalid, NotFound


async def press(office, actor, id_, name, **more):
    return await perform_action(office.workspace, actor, "order", id_, name, **more)


async def status(office, id_):
    return (await read_record(office.workspace, office.rep, "order", id_)).values["status"]


async def shown_to(office, actor, task):
    card = (await read_task(office.workspace, actor, task.id)).card
    assert card is not None
    return {value.name: value for value in card.shown}


async def test_submitting_says_who_has_it(office):
    view = await office.draft("12")
    result = await press(office, office.rep, view.id, "submit", version=view.version)
    assert [person.name for person in result.waiting_for] == ["Wang Fang"]
    assert result.record.values["status"] == "waiting"
    assert result.record.version > view.version
    assert result.record.recall
    assert [(await count_tasks(office.workspace, a)).all for a in (office.rep, office.manager)] == [0, 1]


async def test_submitting_twice_or_without_lines_is_refused(office):
    view = await office.submitted("12")
    with pytest.raises((Conflict, Invalid)):
        await press(office, office.rep, view.id, "submit")
    empty = await office.draft("0", lines=[])
    with pytest.raises(Invalid) as caught:
        await press(office, office.rep, empty.id, "submit")
    assert [problem.field for problem in caught.value.problems] == ["/lines"]


async def test_only_the_own_order_is_submitted_or_recalled_by_a_rep(office):
    view = await office.draft("12")
    with pytest.raises(NotFound):
        await press(office, office.other, view.id, "submit")
    with pytest.raises(NotFound):
        await press(office, office.rep, view.id, "approve")
    await press(office, office.rep, view.id, "submit")
    with pytest.raises(Forbidden):
        await press(office, office.manager, view.id, "recall")


async def test_a_recall_gives_the_order_back_and_takes_the_task_away(office):
    view = await office.submitted("12")
    task = await office.task(office.manager)
    await press(office, office.rep, view.id, "recall", payload={"comment": "Wrong customer."})
    assert await status(office, view.id) == "draft"
    assert (await count_tasks(office.workspace, office.manager)).all == 0
    with pytest.raises(Conflict):
        await decide_task(office.workspace, office.manager, task.id, "approve")
    with pytest.raises(Conflict):
        await press(office, office.rep, view.id, "recall")
    entries = await record_history(office.workspace, office.rep, "order", view.id)
    assert "Wrong customer." in [entry.comment for entry in entries]


async def test_after_the_first_decision_there_is_no_recall(office):
    view = await office.submitted("25")
    task = await office.task(office.manager)
    await decide_task(office.workspace, office.manager, task.id, "approve")
    with pytest.raises((Conflict, Forbidden)):
        await press(office, office.rep, view.id, "recall")
    assert not (await read_record(office.workspace, office.rep, "order", view.id)).recall


async def test_rejected_changed_and_submitted_again_shows_old_and_new(office):
    view = await office.submitted("25")
    task = await office.task(office.manager)
    with pytest.raises(Invalid):
        await decide_task(office.workspace, office.manager, task.id, "reject", "   ")
    await decide_task(office.workspace, office.manager, task.id, "reject", "At most 20.")
    card = await approval_card(office.workspace, office.rep, "order", view.id)
    assert card is not None
    assert (card.status, card.comment) == ("rejected", "At most 20.")
    draft = await read_record(office.workspace, office.rep, "order", view.id)
    lines = [{"id": str(draft.values["lines"][0]["id"]), "discount": "18"}]
    draft = await update_record(
        office.workspace, office.rep, "order", view.id, {"lines": lines}, version=draft.version
    )
    await press(office, office.rep, view.id, "submit", version=draft.version)
    again = await office.task(office.manager)
    assert again.id != task.id
    shown = await shown_to(office, office.manager, again)
    assert (shown["discount"].before, shown["discount"].after) == (Decimal(25), Decimal(18))
    assert (shown["total"].before, shown["total"].after) == (Decimal(150), Decimal(164))
    assert shown["discount"].limit == 10
    await decide_task(office.workspace, office.manager, again.id, "approve")
    assert await status(office, view.id) == "approved"


async def test_asked_for_again_as_it_was_it_still_shows_what_the_request_changes(office):
    view = await office.submitted("25")
    await press(office, office.rep, view.id, "recall")
    await press(office, office.rep, view.id, "submit")
    task = await office.task(office.manager)
    shown = await shown_to(office, office.manager, task)
    assert (shown["discount"].before, shown["discount"].after) == (Decimal(0), Decimal(25))
    assert (shown["total"].before, shown["total"].after) == (Decimal(200), Decimal(150))


async def test_what_nobody_may_decide_waits_for_an_administrator(office):
    content = office.order("12", owner=str(office.director.user_id))
    view = await create_record(office.workspace, office.admin, "order", content)
    await press(office, office.admin, view.id, "submit")
    counted = [await count_tasks(office.workspace, a) for a in (office.admin, office.manager)]
    assert [(it.waiting, it.held, it.all) for it in counted] == [(0, 1, 1), (0, 0, 0)]


async def test_an_old_task_says_who_decided(office):
    await office.submitted("12")
    task = await office.task(office.manager)
    await decide_task(office.workspace, office.manager, task.id, "approve", "Fine.")
    stale = await read_task(office.workspace, office.manager, task.id)
    assert stale.decided_by is not None
    assert (stale.open, stale.outcome, stale.decided_by.name) == (False, "approve", "Wang Fang")
    with pytest.raises(Conflict) as caught:
        await decide_task(office.workspace, office.manager, task.id, "reject", "No.")
    assert "Wang Fang" in str(caught.value.message)
    (done,) = (await list_tasks(office.workspace, office.manager, "done")).items
    assert done.id == task.id


async def test_the_same_key_decides_once_and_answers_the_same(office):
    await office.submitted("12")
    task = await office.task(office.manager)
    first = await decide_task(office.workspace, office.manager, task.id, "approve", key="k")
    second = await decide_task(office.workspace, office.manager, task.id, "approve", key="k")
    assert (first.outcome, second.outcome) == ("approve", "approve")
    assert first.decided_at == second.decided_at


async def test_assigning_moves_the_task(office):
    view = await office.submitted("12")
    task = await office.task(office.manager)
    for actor in (office.rep, office.manager):
        with pytest.raises(Forbidden):
            await assign_task(office.workspace, actor, task.id, office.director.user_id)
    with pytest.raises((Invalid, Forbidden)):
        await assign_task(office.workspace, office.admin, task.id, office.rep.user_id)
    given = await assign_task(office.workspace, office.admin, task.id, office.director.user_id)
    assert (await count_tasks(office.workspace, office.manager)).all == 0
    with pytest.raises((Conflict, Forbidden, NotFound)):
        await decide_task(office.workspace, office.manager, task.id, "approve")
    await decide_task(office.workspace, office.director, given.id, "approve")
    assert await status(office, view.id) == "approved"


async def test_what_was_submitted_is_neither_changed_nor_deleted(office):
    view = await office.submitted("12")
    with pytest.raises((Invalid, Conflict)):
        await update_record(
            office.workspace, office.rep, "order", view.id, {"note": "x"}, version=view.version
        )
    for actor in (office.rep, office.admin):
        with pytest.raises(Conflict):
            await delete_record(office.workspace, actor, "order", view.id, version=view.version)
    await press(office, office.rep, view.id, "recall")
    now = await read_record(office.workspace, office.rep, "order", view.id)
    with pytest.raises(Conflict, match="approval"):
        await delete_record(office.workspace, office.rep, "order", view.id, version=now.version)
