"""Why a record is as it is: told to who may see the record, never of what is hidden."""

import pytest

from tests.studio.office import form_of, open_office, text_of
from tests.web.site import open_site


@pytest.fixture
async def office(database_url, tmp_path):
    async with open_site(database_url, tmp_path, studio=True) as site:
        yield await open_office(site)


async def make_order(office, discount):
    account = (await office.api.post("/api/v1/records/account", json={"name": "Huaxin"})).json()
    admin = await office.site.api(1)
    product = {"name": "Scanner", "code": "S1", "price": {"amount": "100.00", "currency": "CNY"}}
    made = await admin.post("/api/v1/records/product", json=product)
    assert made.status_code == 201, made.text
    line = {"product": made.json()["id"], "quantity": "2", "discount": discount}
    order = {"account": account["id"], "lines": [line]}
    if discount != "0":
        order["discount_reason"] = "A good customer"
    made = await office.api.post("/api/v1/records/order", json=order)
    assert made.status_code == 201, made.text
    return f"/records/order/{made.json()['id']}"


async def test_a_computed_field_says_how_it_came_about(office):
    here = await make_order(office, "15")
    record = await office.page(here, who=office.rep)
    links = {a["href"] for a in record.select("a[data-why]")}
    assert f"{here}/why/largest_discount" in links
    told = text_of(str(await office.page(f"{here}/why/largest_discount", who=office.rep)))
    assert "It is computed: 15" in told
    assert "max(lines.discount)" in told
    reason = text_of(str(await office.page(f"{here}/why/discount_reason", who=office.rep)))
    assert "It must be filled." in reason
    assert "It is shown." in reason


async def test_a_field_that_does_not_apply_is_told_to_who_configures(office):
    here = await make_order(office, "0")
    assert "Does not apply" not in (await office.page(here, who=office.rep)).text
    page = await office.page(here)
    assert page.select_one(".unshown a")["href"] == f"{here}/why/discount_reason"
    told = text_of(str(await office.page(f"{here}/why/discount_reason")))
    assert "It does not apply" in told


async def test_a_lock_and_a_button_that_waits_say_why(office):
    path = "/studio/entities/order/stages"
    form = form_of(await office.page(path), "#stages-form")
    form |= {
        "transitions.0.when.mode": "text",
        "transitions.0.when.text": "total >= 500",
        "transitions.0.message.en": "Order for at least 500.",
    }
    await office.send(path, form)
    await office.publish()
    here = await make_order(office, "0")
    told = text_of(str(await office.page(f"{here}/why", who=office.rep)))
    assert "“Submit” cannot be pressed now." in told
    assert "Order for at least 500." in told
    form = form_of(await office.page(path), "#stages-form")
    await office.send(
        path, form | {"transitions.0.when.text": "total >= 5", "transitions.0.when.mode": "text"}
    )
    await office.publish()
    assert "Nothing stands against" in text_of(str(await office.page(f"{here}/why", who=office.rep)))
    reply = await office.api.post(f"/api/v1{here}/actions/submit", json={})
    assert reply.status_code == 200, reply.text
    page = await office.page(here, who=office.rep)
    assert page.select_one("a.locked")["href"] == f"{here}/why"
    told = text_of(str(await office.page(f"{here}/why", who=office.rep)))
    assert "The record is locked." in told
    assert "Recall it to change it." in told


async def test_what_is_hidden_stays_unknown(office):
    await make_order(office, "0")
    listed = (await office.api.get("/api/v1/records/product")).json()["items"]
    here = f"/records/product/{listed[0]['id']}"
    hidden = await office.rep.get(f"{here}/why/cost")
    absent = await office.rep.get(f"{here}/why/nothing")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    said = [text_of(reply.text) for reply in (hidden, absent)]
    assert said[0].replace("cost", "nothing") == said[1]
    for path in ("/records/product/999999/why", "/records/order/999999/why/total", "/records/nothing/1/why"):
        assert (await office.rep.get(path)).status_code == 404, path
