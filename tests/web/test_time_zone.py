"""Days of expressions begin where the workspace is, on a record, in SQL and when explained."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.planning import plan_change
from tests.unit.definitions.base import base_documents, replaced
from tests.web.crm import make_crm


@pytest.fixture
async def crm(site):
    return await make_crm(site)


async def test_days_begin_in_the_time_zone_of_the_workspace(site, crm):
    def conditional(order):
        order["fields"]["note"]["visibleWhen"] = "date_of(created_at) == '2026-02-01'"

    site.workspace.settings = replace(site.workspace.settings, timezone=ZoneInfo("Asia/Shanghai"))
    documents = [replaced(one, "entity", "order", conditional) for one in base_documents()]
    await apply_plan(site.workspace, OPERATOR, await plan_change(site.workspace, OPERATOR, documents))
    before, _ = await crm.draft()
    site.clock.advance(timedelta(hours=9))
    after, _ = await crm.draft()
    for id_, holds in ((before, False), (after, True)):
        reply = await crm.rep.get(f"/api/v1/records/order/{id_}/explain/note")
        visible = next(reason for reason in reply.json()["reasons"] if reason["aspect"] == "visible")
        assert visible["now"] is holds
    reply = await crm.rep.get("/api/v1/records/order", params={"where": "date_of(created_at) == today"})
    assert [order["id"] for order in reply.json()["items"]] == [after]
