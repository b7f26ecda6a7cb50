"""An entity of the workspace's own: made in Studio, used by the roles chosen for it, with its settings."""

from tests.studio.office import form_of, text_of

NEW = "/studio/new-entity"
TRUCK = {"label.en": "Truck", "label.zh-CN": "卡车", "plural.en": "Trucks", "icon": "truck"}
SETTINGS = "/studio/entities/truck/settings"


async def make_truck(office):
    form = form_of(await office.page(NEW), "#entity-form")
    await office.send(NEW, form | TRUCK | {"share.rep": "own", "share.admin": "all"})


async def test_an_entity_from_the_form_to_the_record_of_a_rep(office):
    await make_truck(office)
    preview = await office.page("/studio/entities/truck/preview?role=rep&language=zh-CN")
    assert "名称" in preview.select_one("#form").text
    plan = await office.publish()
    assert "Truck" in text_of(str(plan))
    listed = await office.page("/records/truck", who=office.rep)
    assert "/records/truck" in {a["href"] for a in listed.select("nav a")}
    page = await office.page("/records/truck/new", who=office.rep)
    sent = form_of(page, "#form") | {"name": "Big one"}
    saved = await office.rep.post(page.select_one("#form")["action"], data=sent)
    assert saved.status_code == 303, text_of(saved.text)
    assert "Big one" in (await office.page("/records/truck", who=office.rep)).text


async def test_who_was_given_nothing_of_it_does_not_know_of_it(office):
    form = form_of(await office.page(NEW), "#entity-form")
    await office.send(NEW, form | TRUCK | {"share.director": "all"})
    await office.publish()
    assert (await office.api.get("/api/v1/records/truck")).status_code == 404
    director = await office.site.api(await office.site.with_password("Wang Fang", "director"))
    assert (await director.get("/api/v1/records/truck")).status_code == 200


async def test_a_new_entity_needs_what_it_cannot_do_without(office):
    form = form_of(await office.page(NEW), "#entity-form")
    page = await office.send(NEW, form | {"title.en": ""}, 422)
    assert {a["href"] for a in page.select("#summary a")} == {"#f-label-en", "#f-title-en"}
    for name in ("Truck", "a b", "a__b"):
        await office.send(NEW, form | TRUCK | {"name": name}, 422)
    taken = await office.send(NEW, form | TRUCK | {"name": "account"}, 422)
    assert "already" in text_of(str(taken))
    nobody = {name: text for name, text in form.items() if name != "owned"} | TRUCK
    page = await office.send(NEW, nobody | {"share.rep": "own"}, 422)
    assert "belong to somebody" in text_of(str(page))
    assert (await office.page("/studio")).select_one("a.badge") is None


async def test_settings_of_an_entity_and_a_lock(office):
    await make_truck(office)
    await office.send(
        "/studio/entities/truck/new-field", {"label.en": "Sold", "type": "boolean", "audit": "true"}
    )
    form = form_of(await office.page(SETTINGS), "#settings-form")
    assert form["title"] == "name"
    page = await office.send(SETTINGS, form | {"_do": "locks.add"}, 200)
    form = form_of(page, "#settings-form") | {"_do": "locks.0.when.add"}
    form = form_of(await office.send(SETTINGS, form, 200), "#settings-form")
    form |= {
        "plural.zh-CN": "卡车",
        "help.en": "What brings it.",
        "search.0.field": "name",
        "locks.0.message.en": "It was sold.",
        "locks.0.when.0.field": "sold",
        "locks.0.when.0.operator": "yes",
        "locks.0.except.0.field": "sold",
    }
    await office.send(SETTINGS, form)
    again = form_of(await office.page(SETTINGS), "#settings-form")
    assert again["locks.0.when.0.operator"] == "yes"
    assert again["locks.0.was"] == "it_was_sold"
    await office.publish()
    made = (await office.api.post("/api/v1/records/truck", json={"name": "Old", "sold": True})).json()
    headers = {"If-Match": f'"{made["version"]}"'}
    here = f"/api/v1/records/truck/{made['id']}"
    refused = await office.api.patch(here, json={"name": "New"}, headers=headers)
    assert refused.status_code in (409, 422, 423)
    assert "It was sold." in refused.text
    assert (await office.api.patch(here, json={"sold": False}, headers=headers)).status_code == 200


async def test_settings_of_a_pack_are_an_extension(office):
    path = "/studio/entities/account/settings"
    form = form_of(await office.page(path), "#settings-form")
    await office.send(path, form | {"label.en": "Client", "plural.en": "Clients"})
    await office.publish()
    assert "Clients" in (await office.page("/records/account", who=office.rep)).text
    live = await office.site.workspace.live()
    extensions = [one.data for one in live.documents if one.kind == "extension"]
    assert extensions[0]["of"] == {"kind": "entity", "name": "account"}
    stale = await office.send(path, form | {"label.en": "Buyer"}, 409)
    assert "Somebody changed this" in text_of(str(stale))
