"""What an action asks for on a page: typed, judged, and carried out; in both languages."""

import pytest

from tests.commands.actions.definitions import granted, put
from tests.commands.actions.test_input import CHEAPER
from tests.web.crm import make_crm


@pytest.fixture
async def here(site):
    """The browser of a rep, an order of theirs, and its address."""
    rep = await site.with_password("Zhao Lei", "rep")
    crm = await make_crm(site)
    documents = {(one.kind, one.name): one.data for one in (await site.workspace.live()).documents}
    role = granted(documents["role", "rep"], "order", "cheaper", rows="own")
    stages = {**documents["stages", "order"]}
    stages["transitions"] = {"submit": {**stages["transitions"]["submit"], "requires": ["lines", "note"]}}
    await put(site.workspace, CHEAPER, role, stages)
    api = await site.api(rep)
    account = (await api.post("/api/v1/records/account", json={"name": "Yun Peng"})).json()["id"]
    order = (await api.post("/api/v1/records/order", json=crm.order() | {"account": account})).json()["id"]
    return await site.browser("Zhao Lei"), api, f"/records/order/{order}", order


def said(**more):
    return {"_version": "1", "_key": "k"} | {name.replace("__", "."): text for name, text in more.items()}


async def test_a_button_leads_to_what_is_asked_for(here):
    browser, api, address, order = here
    page = (await browser.get(address)).text
    assert f'href="{address}/actions/cheaper"' in page
    asked = (await browser.get(f"{address}/actions/cheaper")).text
    assert 'name="input.percent"' in asked
    assert 'name="input.why"' not in asked
    assert "Yun Peng" in asked
    typed = said(input__percent="8", _was__input__percent="")
    again = (await browser.post(f"{address}/actions/cheaper/preview", data=typed)).text
    assert 'name="input.why"' in again
    assert 'value="8"' in again
    refused = await browser.post(f"{address}/actions/cheaper", data=typed)
    assert refused.status_code == 422
    assert "Enter Why." in refused.text
    assert '<a href="#f-input-why">Why</a>' in refused.text
    done = await browser.post(f"{address}/actions/cheaper", data=typed | {"input.why": "Loyal"})
    assert done.status_code == 303, done.text
    record = (await api.get(f"/api/v1/records/order/{order}")).json()
    assert (record["note"], record["lines"][0]["discount"]) == ("Loyal", "8")


async def test_a_look_up_of_what_is_asked_for_offers_records(here):
    browser, _, address, _ = here
    options = await browser.get("/look-up/order:cheaper/customer", params={"q": "Yun"})
    assert "Yun Peng" in options.text
    assert (await browser.get("/look-up/order:cheaper/percent", params={"q": "Yun"})).status_code == 404
    assert (await browser.get("/look-up/order:nothing/customer", params={"q": "Yun"})).status_code == 404
    typed = said(input__percent="2", input__customer="", input__customer___text="Nobody")
    refused = await browser.post(f"{address}/actions/cheaper", data=typed)
    assert refused.status_code == 422
    assert "there is nothing called “Nobody”" in refused.text


async def test_what_is_missing_is_filled_in_on_the_way(here):
    browser, api, address, order = here
    assert f'href="{address}/actions/submit"' in (await browser.get(address)).text
    asked = (await browser.get(f"{address}/actions/submit")).text
    assert 'name="note"' in asked
    empty = await browser.post(f"{address}/actions/submit", data=said(note="", _was__note=""))
    assert (empty.status_code, "Fill this in before" in empty.text) == (422, True)
    done = await browser.post(f"{address}/actions/submit", data=said(note="Ready", _was__note=""))
    assert done.status_code == 303, done.text
    record = (await api.get(f"/api/v1/records/order/{order}")).json()
    assert (record["note"], record["status"]) == ("Ready", "approved")
    gone = await browser.get(f"{address}/actions/submit")
    assert gone.status_code == 303


async def test_who_may_not_press_it_is_not_asked(site, here):
    _, _, address, _ = here
    await site.with_password("Sun Yu", "rep")
    other = await site.browser("Sun Yu")
    assert (await other.get(f"{address}/actions/cheaper")).status_code == 404
