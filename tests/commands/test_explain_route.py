"""Why an order goes its way: told before it is submitted, while it waits and when it has ended."""

import pytest

from guanxi.commands.approvals.explain_instance import explain_instance
from guanxi.commands.approvals.preview_route import preview_route
from guanxi.commands.records.approval_card import approval_card
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.commands.tasks.decide_task import decide_task
from guanxi.errors import NotFound


async def instance_of(office, id_):
    card = await approval_card(office.workspace, office.rep, "order", id_)
    assert card is not None
    return card.instance_id


def step(view, name):
    return next(one for one in view.steps if one.name == name)


def changes(view):
    return [(one.field.name, float(one.now), float(one.value), one.needed) for one in view.changes]


async def test_a_submitter_sees_who_would_have_to_approve(office):
    draft = await office.draft("25")
    view = await preview_route(office.workspace, office.rep, "order", draft.id, "submit")
    assert (view.status, view.needed) == (None, True)
    assert [(one.name, one.state) for one in view.steps] == [
        ("manager", "todo"), ("tier", "todo"), ("director_ok", "todo"),
    ]  # fmt: skip
    assert [one.name for one in view.people["manager"]] == ["Wang Fang"]
    assert [one.name for one in view.people["director_ok"]] == ["Chen Jing"]
    assert view.condition
    assert view.condition.holds
    assert str(view.condition.why) == "max(lines.discount) = 25"
    assert ("discount", 25, 20, True) in changes(view)
    assert [one.label["en"] for one in (step(view, "tier").ways)] == ["Over 20 %", "Otherwise"]


async def test_a_discount_that_needs_nobody_says_from_where_on_it_would(office):
    draft = await office.draft("10")
    view = await preview_route(office.workspace, office.rep, "order", draft.id, "submit")
    assert not view.needed
    assert view.steps == ()
    assert changes(view)[0] == ("discount", 10, 10.01, True)
    assert [label["en"] for label in view.changes[0].asked] == ["Manager"]


async def test_the_route_while_it_waits_and_when_it_has_ended(office):
    order = await office.submitted("15")
    id_ = await instance_of(office, order.id)
    waiting = await explain_instance(office.workspace, office.rep, id_)
    assert step(waiting, "manager").state == "now"
    (naming,) = step(waiting, "manager").namings
    assert (naming.counted, [one.name for one in naming.people]) == (True, ["Wang Fang"])
    assert [way.taken for way in step(waiting, "tier").ways] == [False, True]
    assert [label["en"] for label in waiting.changes[0].asked or waiting.changes[0].spared]
    await decide_task(office.workspace, office.manager, (await office.task(office.manager)).id, "approve")
    ended = await explain_instance(office.workspace, office.manager, id_)
    assert (ended.status, ended.changes) == ("approved", ())
    assert str(step(ended, "tier").ways[0].condition.why) == "max(lines.discount) = 15"
    assert [one.name for one in step(ended, "manager").namings[0].people] == ["Wang Fang"]


async def test_it_is_told_by_what_was_known_then(office):
    """Whoever becomes the manager later was not the one who was asked."""
    order = await office.submitted("15")
    id_ = await instance_of(office, order.id)
    await decide_task(office.workspace, office.manager, (await office.task(office.manager)).id, "approve")
    content = {"manager": str(office.director.user_id)}
    rep = await read_record(office.workspace, office.admin, "user", office.rep.user_id)
    await update_record(office.workspace, office.admin, "user", rep.id, content, version=rep.version)
    ended = await explain_instance(office.workspace, office.rep, id_)
    assert [one.name for one in step(ended, "manager").namings[0].people] == ["Wang Fang"]


async def test_others_learn_nothing(office):
    order = await office.submitted("15")
    id_ = await instance_of(office, order.id)
    with pytest.raises(NotFound):
        await explain_instance(office.workspace, office.other, id_)
    with pytest.raises(NotFound):
        await preview_route(office.workspace, office.other, "order", order.id, "submit")
    with pytest.raises(NotFound, match="approval"):
        await preview_route(office.workspace, office.rep, "order", order.id, "no_such_button")
