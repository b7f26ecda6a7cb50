"""The automation of the base CRM: an order that stays a draft is not forgotten."""

from datetime import timedelta

import pytest

from guanxi.commands.automations.keep_schedules import keep_schedules
from guanxi.commands.messaging.list_notifications import list_notifications
from guanxi.commands.records.perform_action import perform_action
from tests.automations.running import runs, settled

pytestmark = pytest.mark.postgres


async def titles(office, person):
    return [one.title for one in await list_notifications(office.workspace, person)]


async def test_the_owner_and_a_week_later_the_manager_are_told_of_a_draft(office):
    await keep_schedules(office.workspace)
    await settled(office)
    order, sent = await office.draft(), await office.draft()
    await perform_action(office.workspace, office.rep, "order", sent.id, "submit", version=sent.version)
    await settled(office)
    office.site.clock.advance(timedelta(days=7))
    await settled(office)
    said = f"Order {order.values['number']} is still a draft"
    assert said in await titles(office, office.rep)
    assert said not in await titles(office, office.manager)
    office.site.clock.advance(timedelta(days=20))
    await settled(office)
    assert said in await titles(office, office.manager)
    assert await runs(office) == [("order_draft", "done")]
