"""The effect `send`: to whom it goes, in which language, and never more than who gets it may see."""

from datetime import timedelta

import pytest

from guanxi.commands.messaging.list_notifications import list_notifications
from guanxi.commands.people.change_user import change_user
from guanxi.commands.people.views import UserChange
from guanxi.commands.records.perform_action import perform_action
from tests.commands.actions.definitions import put

pytestmark = pytest.mark.postgres
NEWS = {
    "kind": "message",
    "name": "news",
    "of": "order",
    "to": [{"field": "owner"}],
    "subject": {"en": "Order: {{ total }}", "zh-CN": "订单：{{ total }}"},
    "body": {
        "en": "{{ account.name }}, {{ largest_discount }}, {{ status }}, {{ count(lines.product.cost) }}.",
        "zh-CN": "{{ account.name }}：{{ status }}，{{ ordered_on }}",
    },
}
SEND = {"name": "send", "send": "news"}


def pressing(**more):
    return {"kind": "action", "name": "tell", "of": "order", "effects": [{**SEND, **more}]}


async def told(office, person):
    found = await list_notifications(office.workspace, person)
    return [(one.title, one.body) for one in found if one.href.startswith("/records/order/")]


async def press(office, order):
    return await perform_action(office.workspace, office.admin, "order", order.id, "tell")


async def test_the_owner_gets_it_without_what_the_owner_may_not_see(office):
    await put(office.workspace, NEWS, pressing())
    await press(office, await office.draft("5"))
    assert await told(office, office.rep) == [("Order: CN¥190.00", "华信 Huaxin, 5%, Draft, –.")]
    assert await told(office, office.manager) == []


async def test_it_is_in_the_language_of_who_gets_it(office):
    await put(office.workspace, NEWS, pressing())
    change = UserChange(locale="zh-CN")
    await change_user(office.workspace, office.admin, office.rep.user_id, change, 1)
    await press(office, await office.draft(ordered_on="2026-01-30"))
    assert await told(office, office.rep) == [("订单：¥200.00", "华信 Huaxin：草稿，2026年1月30日")]


async def test_the_effect_may_name_others_and_who_may_not_see_the_record_gets_nothing(office):
    await put(
        office.workspace, NEWS, pressing(to=[{"people": ["no@example.com"]}, {"roles": ["rep", "director"]}])
    )
    await press(office, await office.draft())
    assert len(await told(office, office.rep)) == len(await told(office, office.director)) == 1
    assert await told(office, office.other) == []


@pytest.mark.parametrize(("once", "times"), [(True, 1), (False, 2)])
async def test_once_is_a_single_time_about_one_record(office, once, times):
    await put(office.workspace, {**NEWS, "once": once}, pressing())
    order = await office.draft()
    await press(office, order)
    office.site.clock.advance(timedelta(minutes=1))
    await press(office, order)
    assert len(await told(office, office.rep)) == times
    await press(office, await office.draft())
    assert len(await told(office, office.rep)) == times + 1


async def test_a_mail_goes_with_it(office):
    await put(office.workspace, NEWS, pressing())
    await press(office, await office.draft())
    async with office.workspace.database.reading() as session:
        rows = await session.fetch("SELECT target, content FROM g_delivery")
    assert [row["target"] for row in rows] == [office.rep.email]
    assert "Order: CN" in str(rows[0]["content"])
