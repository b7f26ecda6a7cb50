"""Effects that tell others: events for processes that wait, and requests to endpoints."""

import pytest

from guanxi.commands.records.perform_action import perform_action
from guanxi.errors import Conflict
from tests.commands.actions.definitions import put

ERP = {
    "kind": "endpoint",
    "name": "erp",
    "url": "https://erp.example.com/orders",
    "secret": "webhook.erp",
}
ANNOUNCE = {
    "kind": "action",
    "name": "announce",
    "of": "order",
    "effects": [
        {"name": "event", "emit": "announced", "data": {"total": "= total", "kind": "order"}},
        {
            "name": "request",
            "call": "erp",
            "data": {"customer": "= account.name", "account": "= account", "lines": "= count(lines)"},
        },
    ],
}


async def rows(office, sql):
    async with office.workspace.database.reading() as session:
        return await session.fetch(sql)


async def press(office, order):
    return await perform_action(office.workspace, office.admin, "order", order.id, "announce")


async def test_an_event_and_a_request_hold_what_is_declared(office):
    await put(office.workspace, ERP, ANNOUNCE)
    order = await office.draft()
    await press(office, order)
    (event,) = await rows(office, "SELECT record_id, detail FROM g_audit WHERE verb = 'emitted'")
    assert event["record_id"] == order.id
    assert "announced" in str(event["detail"])
    assert "currency" in str(event["detail"])
    (sent,) = await rows(office, "SELECT target, content FROM g_delivery")
    assert sent["target"] == ERP["url"]
    for part in ("customer", "Huaxin", "lines", "webhook.erp", "entity"):
        assert part in str(sent["content"])


async def test_nothing_is_told_when_a_later_effect_refuses(office):
    refuse = {"name": "no", "refuse": {"en": "Not today."}}
    await put(office.workspace, ERP, {**ANNOUNCE, "effects": [*ANNOUNCE["effects"], refuse]})
    order = await office.draft()
    with pytest.raises(Conflict):
        await press(office, order)
    assert await rows(office, "SELECT id FROM g_delivery") == []
    assert await rows(office, "SELECT id FROM g_audit WHERE verb = 'emitted'") == []
