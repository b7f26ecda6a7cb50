"""Actions over the API and as buttons on the page of a record, in both languages."""

from decimal import Decimal

import pytest

from tests.commands.actions.definitions import put_actions
from tests.web.crm import make_crm


@pytest.fixture
async def crm(site):
    made = await make_crm(site)
    await put_actions(site.workspace)
    return made


async def test_an_action_is_pressed_over_the_api(crm):
    id_, etag = await crm.draft()
    path = f"/api/v1/records/order/{id_}"
    assert (await crm.rep.get(path)).json()["_actions"] == ["submit", "repeat"]
    reply = await crm.rep.post(f"{path}/actions/repeat", headers={"If-Match": etag})
    assert reply.status_code == 200, reply.text
    content = reply.json()
    assert content["record"]["id"] == id_
    assert content["opened"]["entity"] == "order"
    made = (await crm.rep.get(f"/api/v1/records/order/{content['opened']['id']}")).json()
    assert (made["note"], Decimal(made["lines"][0]["quantity"])) == ("= again", Decimal(4))
    refused = await crm.rep.post(f"{path}/actions/finish")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert (await crm.rep.post(f"{path}/actions/repeat", json={"much": 1})).status_code == 422
    assert (await crm.manager.post(f"{path}/actions/repeat")).status_code in (403, 404)


async def test_the_description_names_the_actions_that_are_granted(site, crm):
    paths = (await crm.rep.get("/api/openapi.json")).json()["paths"]
    assert "/api/v1/records/order/{id}/actions/repeat" in paths
    assert "/api/v1/records/account/{id}/actions/take" in paths
    stranger = await site.api((await site.person("Zhao Lei")).user.id)
    others = (await stranger.get("/api/openapi.json")).json()["paths"]
    assert not [path for path in others if path.endswith(("/take", "/repeat"))]


@pytest.mark.parametrize(("locale", "label"), [("en", "Order again"), ("zh-CN", "再次下单")])
async def test_a_button_leads_to_the_new_record_and_is_told_in_the_history(site, locale, label):
    rep = await site.with_password("Zhao Lei", "rep", locale=locale)
    crm = await make_crm(site)
    await put_actions(site.workspace)
    api = await site.api(rep)
    account = (await api.post("/api/v1/records/account", json={"name": "Yun Peng"})).json()["id"]
    order = (await api.post("/api/v1/records/order", json=crm.order() | {"account": account})).json()["id"]
    browser, here = await site.browser("Zhao Lei"), f"/records/order/{order}"
    page = (await browser.get(here)).text
    assert f"{here}/actions/repeat" in page
    assert f"{here}/actions/finish" not in page
    assert label in page
    reply = await browser.post(f"{here}/actions/repeat", data={"_version": "1", "_key": "k"})
    assert reply.status_code == 303, reply.text
    there = reply.headers["location"].partition("?")[0]
    assert there.startswith("/records/order/")
    assert there != here
    assert (await browser.get(there)).status_code == 200
    assert f"“{label}”" in (await browser.get(here)).text
    refused = await browser.post(f"{here}/actions/finish", data={"_version": "1", "_key": "l"})
    assert refused.status_code == 422
    assert ("请先记录一次电话。" if locale == "zh-CN" else "Write down a call first.") in refused.text
