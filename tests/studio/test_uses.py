"""Removing and renaming what is used: refused with its uses, or done everywhere, and no page breaks."""

from tests.studio.office import CHANNEL, form_of, text_of

FIELD = "/studio/entities/account/fields/channel"
DEPENDENT = {
    "label.en": "Shop address",
    "type": "text",
    "visibleWhen.mode": "text",
    "visibleWhen.text": "channel == 'web_shop'",
    "_section": "basics",
}


async def remove(office, path, status=303):
    question = await office.page(f"{path}/remove")
    form = question.select_one("form[action$=remove]")
    sent = {"_seen": form.select_one("[name=_seen]")["value"]}
    return await office.send(f"{path}/remove", sent, status)


async def add_channel(office):
    await office.send("/studio/entities/account/new-field", CHANNEL)


async def test_a_field_that_a_condition_reads_is_not_removed(office):
    """twentyhq/twenty #15893: what works with the field goes on working."""
    await add_channel(office)
    await office.send("/studio/entities/account/new-field", DEPENDENT)
    question = await office.page(f"{FIELD}/remove")
    assert "Shop address" in text_of(str(question))
    assert not question.select(".btn-danger")
    await remove(office, FIELD, 409)
    assert "Channel" in text_of(str(await office.page("/studio/entities/account")))


async def test_views_go_on_when_a_field_goes(office):
    """twentyhq/twenty #16775 and #6027: a removed field leaves nothing behind in views and orders."""
    await add_channel(office)
    layout = "/studio/entities/account/layouts/list"
    form = form_of(await office.page(layout), "#layout-form")
    order = {"sort.0.field": "channel", "sort.0.down": "true"}
    await office.send(layout, {n: v for n, v in form.items() if not n.startswith("sort.")} | order)
    await office.publish()
    await office.api.post("/api/v1/records/account", json={"name": "Huaxin", "channel": "partner"})
    assert "Partner" in (await office.page("/records/account", who=office.rep)).text
    await remove(office, FIELD)
    await office.publish()
    for path in ("/records/account", "/records/order", "/inbox"):
        await office.page(path, who=office.rep)
    listed = await office.page("/records/account", who=office.rep)
    assert "Huaxin" in listed.text
    assert "Channel" not in listed.text


async def test_an_address_with_a_field_that_is_gone_is_answered(office):
    """espocrm #1537: a left-over sort or filter of a removed field is refused or ignored, never a failure."""
    await add_channel(office)
    await office.publish()
    await office.page("/records/account?sort=-channel&channel=partner", who=office.rep)
    await remove(office, FIELD)
    await office.publish()
    for query in ("sort=-channel", "channel=partner", "sort=channel&channel=web_shop"):
        reply = await office.rep.get(f"/records/account?{query}")
        assert reply.status_code < 500, query
    for parameters in ({"sort": "-channel"}, {"where": "channel == 'partner'"}):
        reply = await office.api.get("/api/v1/records/account", params=parameters)
        assert reply.status_code in (400, 422), reply.text


async def test_another_api_name_everywhere(office):
    await add_channel(office)
    await office.send("/studio/entities/account/new-field", DEPENDENT)
    await office.publish()
    made = await office.api.post("/api/v1/records/account", json={"name": "Huaxin", "channel": "partner"})
    page = await office.page(f"{FIELD}/rename")
    assert "Shop address" in text_of(str(page))
    await office.send(f"{FIELD}/rename", {"name": "no name"}, 422)
    await office.send(f"{FIELD}/rename", {"name": "city"}, 422)
    await office.send(f"{FIELD}/rename", {"name": "sold_through"})
    await office.publish()
    record = (await office.api.get(f"/api/v1/records/account/{made.json()['id']}")).json()
    assert record["sold_through"] == "partner", "it keeps its values"
    assert "Channel" in (await office.page("/records/account", who=office.rep)).text
    sent = {"name": "Other", "sold_through": "partner", "shop_address": "x"}
    assert (await office.api.post("/api/v1/records/account", json=sent)).status_code == 422


async def test_a_field_of_a_pack_keeps_its_api_name(office):
    page = await office.send("/studio/entities/account/fields/city/rename", {"name": "town"}, 422)
    assert "belongs to the pack" in text_of(str(page))


async def test_an_option_that_records_hold_is_not_taken_away(office):
    await add_channel(office)
    await office.publish()
    await office.api.post("/api/v1/records/account", json={"name": "Huaxin", "channel": "partner"})
    form = form_of(await office.page(FIELD), "#field-form")
    form = form_of(await office.send(FIELD, form | {"_do": "options.remove.1"}, 200), "#field-form")
    await office.send(FIELD, form)
    plan = await office.page("/studio/publish")
    assert "Not possible yet" in plan.text
    # What becomes of the records can be chosen; publishing is not offered before.
    assert [one["value"] for one in plan.select(".plan-go button")] == ["look"]


async def test_another_type_with_the_values(office):
    new = {"label.en": "Seats", "type": "text", "_section": "basics"}
    await office.send("/studio/entities/account/new-field", new)
    await office.publish()
    made = await office.api.post("/api/v1/records/account", json={"name": "Huaxin", "seats": "12"})
    path = "/studio/entities/account/fields/seats"
    shown = await office.send(path, form_of(await office.page(path), "#field-form") | {
        "type": "integer", "_do": "refresh",
    }, 200)  # fmt: skip
    await office.send(path, form_of(shown, "#field-form"))
    plan = await office.publish()
    assert "1 values are converted" in text_of(str(plan))
    assert (await office.api.get(f"/api/v1/records/account/{made.json()['id']}")).json()["seats"] == 12
