"""An administrator adds a field, looks at the form, publishes, removes it and takes that back."""

from tests.studio.office import CHANNEL, form_of, text_of


async def test_a_field_from_the_draft_to_everybody(office):
    await office.send("/studio/entities/account/new-field", CHANNEL)
    before = await office.page("/records/account/new", who=office.rep)
    assert before.select_one("[name=channel]") is None

    preview = await office.page("/studio/entities/account/preview?role=rep&language=zh-CN")
    field = preview.select_one("#f-channel-field")
    assert "渠道" in field.text
    assert [one.text for one in field.select("option")][1:] == ["网店", "合作伙伴"]

    plan = await office.publish("We sell through partners now")
    assert "Channel" in text_of(str(plan))

    form = await office.page("/records/account/new", who=office.rep)
    assert [one["value"] for one in form.select("[name=channel] option")] == ["", "web_shop", "partner"]
    reply = await office.api.post("/api/v1/records/account", json={"name": "Huaxin", "channel": "partner"})
    assert reply.status_code == 201, reply.text
    listed = await office.page("/records/account?channel=partner", who=office.rep)
    assert "Huaxin" in listed.text
    assert "Channel" in listed.select_one("thead").text
    found = await office.api.get("/api/v1/records/account", params={"where": "channel == 'partner'"})
    assert [one["channel"] for one in found.json()["items"]] == ["partner"], found.text
    assert not (await office.page("/studio/publish")).select(".plan-go")


async def test_a_removed_field_comes_back_with_its_values(office):
    await office.send("/studio/entities/account/new-field", CHANNEL)
    await office.publish()
    made = await office.api.post("/api/v1/records/account", json={"name": "Huaxin", "channel": "partner"})
    address = f"/api/v1/records/account/{made.json()['id']}"

    question = await office.page("/studio/entities/account/fields/channel/remove")
    assert "List of Customer" in text_of(str(question))
    await office.send(
        "/studio/entities/account/fields/channel/remove", form_of(question, "form[action$=remove]")
    )
    await office.publish()
    assert "channel" not in (await office.api.get(address)).json()
    assert "Channel" not in (await office.page("/records/account", who=office.rep)).text

    history = await office.page("/studio/history")
    back = history.select_one("tbody a.btn")["href"]
    plan = await office.page(back)
    assert "1 values of earlier are there again" in text_of(str(plan))
    await office.send(back, form_of(plan, ".plan-go"))
    assert (await office.api.get(address)).json()["channel"] == "partner"
    assert "Partner" in (await office.page("/records/account", who=office.rep)).text


async def test_a_field_needs_a_label_and_a_name_that_can_be_one(office):
    new = "/studio/entities/account/new-field"
    page = await office.send(new, {"type": "text", "name": "x"}, 422)
    assert page.select_one("#summary a")["href"] == "#f-label-en"
    for name in ("Colour", "a b", "a/b", "a.b", "a__b", "1st", "x" * 52):
        page = await office.send(new, {"type": "text", "label.en": "Colour", "name": name}, 422)
        assert page.select_one("[name=name][aria-invalid]")["value"] == name
    await office.send(new, {"type": "text", "label.en": "Town", "name": "city"}, 422)
    assert (await office.page("/studio")).select_one("a.badge") is None
    for path in ("/studio/entities/nothing", f"{new}/x", "/studio/entities/account/layouts/tree"):
        await office.page(path, 404)


async def test_only_who_may_change_the_configuration_gets_in(office):
    assert "/studio" not in {a["href"] for a in (await office.page("/inbox", who=office.rep)).select("a")}
    assert "/studio" in {a["href"] for a in (await office.page("/inbox")).select("a")}
    for path in ("", "/publish", "/history", "/entities/account", "/entities/account/new-field"):
        await office.page(f"/studio{path}", 403, who=office.rep)
    for path, data in {
        "/entities/account/new-field": CHANNEL,
        "/publish": {"_seen": ""},
        "/discard": {"key": "*"},
    }.items():
        assert (await office.rep.post(f"/studio{path}", data=data)).status_code == 403, path
