"""A choice that depends on another: made in Studio, kept by the form, the API and a change of the other."""

from tests.studio.office import CHANNEL, form_of

SHOP = {
    "label.en": "Shop",
    "label.zh-CN": "店铺",
    "type": "select",
    "audit": "true",
    "options.0.label.en": "Tmall",
    "options.0.when.mode": "rows",
    "options.0.when.0.field": "channel",
    "options.0.when.0.operator": "==",
    "options.0.when.0.value": "web_shop",
    "options.1.label.en": "Dealer",
    "options.1.when.mode": "text",
    "options.1.when.text": "channel == 'partner'",
    "options.2.label.en": "Direct",
    "_section": "basics",
}
FIELD = "/studio/entities/account/fields/shop"


def offered(page):
    return [one["value"] for one in page.select("#f-shop option")][1:]


async def dependent(office):
    new = "/studio/entities/account/new-field"
    await office.send(new, CHANNEL)
    await office.send(new, SHOP)


async def test_a_form_offers_what_fits(office):
    await dependent(office)
    form = form_of(await office.page(FIELD), "#field-form")
    assert form["options.0.when.0.value"] == "web_shop"
    assert form["options.1.when.0.value"] == "partner", "what rows can say is shown as rows"
    preview = "/studio/entities/account/preview?role=rep&language=en"
    empty = await office.page(preview)
    assert offered(empty) == ["direct"]
    typed = form_of(empty, "#form") | {"channel": "web_shop"}
    assert offered(await office.send(preview, typed, 200)) == ["tmall", "direct"]


async def test_a_value_that_does_not_fit_is_refused(office):
    await dependent(office)
    await office.publish()
    path = "/api/v1/records/account"
    refused = await office.api.post(path, json={"name": "A", "channel": "partner", "shop": "tmall"})
    assert refused.status_code == 422
    assert "does not fit" in refused.text
    made = (await office.api.post(path, json={"name": "A", "channel": "web_shop", "shop": "tmall"})).json()
    headers = {"If-Match": f'"{made["version"]}"'}
    here = f"{path}/{made['id']}"
    moved = await office.api.patch(here, json={"channel": "partner"}, headers=headers)
    assert moved.status_code == 422, "what decided has changed, so it is to be chosen anew"
    both = {"channel": "partner", "shop": "dealer"}
    assert (await office.api.patch(here, json=both, headers=headers)).status_code == 200


async def test_a_value_from_before_the_condition_disturbs_nobody(office):
    new = "/studio/entities/account/new-field"
    await office.send(new, CHANNEL)
    await office.send(new, {name: text for name, text in SHOP.items() if ".when." not in name})
    await office.publish()
    path = "/api/v1/records/account"
    made = (await office.api.post(path, json={"name": "A", "channel": "partner", "shop": "tmall"})).json()
    condition = {"options.0.when.mode": "text", "options.0.when.text": "channel == 'web_shop'"}
    await office.change_field("account/fields/shop", **condition)
    await office.publish()
    headers = {"If-Match": f'"{made["version"]}"'}
    here = f"{path}/{made['id']}"
    assert (await office.api.patch(here, json={"city": "Suzhou"}, headers=headers)).status_code == 200
    form = await office.page(f"/records/account/{made['id']}/edit", who=office.rep)
    assert offered(form) == ["tmall", "dealer", "direct"], "it stays to be seen until another is chosen"


async def test_the_condition_of_an_option_is_a_use_and_follows_a_new_name(office):
    await dependent(office)
    question = await office.page("/studio/entities/account/fields/channel/remove")
    assert "Shop" in question.text
    assert not question.select(".btn-danger")
    await office.send("/studio/entities/account/fields/channel/rename", {"name": "sold_through"})
    form = form_of(await office.page(FIELD), "#field-form")
    assert form["options.0.when.0.field"] == "sold_through"


async def test_options_are_put_in_the_order_that_dragging_says(office):
    await dependent(office)
    form = form_of(await office.page(FIELD), "#field-form")
    page = await office.send(FIELD, form | {"_do": "options.order.2-0-1"}, 200)
    form = form_of(page, "#field-form")
    assert [form[f"options.{n}.name"] for n in range(3)] == ["direct", "tmall", "dealer"]
    same = await office.send(FIELD, form | {"_do": "options.order.2-0"}, 200)
    assert form_of(same, "#field-form") == form, "an order that leaves one out is none"
    await office.send(FIELD, form)
    assert form_of(await office.page(FIELD), "#field-form")["options.0.name"] == "direct"
