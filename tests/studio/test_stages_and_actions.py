"""States, transitions and buttons: made in Studio, pressed by a rep."""

from typing import Any

from guanxi.studio.effects_typed import effects_of, effects_typed
from tests.studio.office import form_of, text_of

ORDER = "/studio/entities/order/stages"
ACCOUNT = "/studio/entities/account"
EFFECTS: list[dict[str, Any]] = [
    {"name": "a", "update": "this",
     "set": {"note": "= today", "city": "Suzhou", "seats": 3, "done": True, "x": None}},
    {"name": "b", "create": "order", "open": True, "set": {"account": "= this"}},
    {"name": "c", "move": "submit"},
    {"name": "d", "assign": "= me"},
    {"name": "e", "refuse": {"en": "No.", "zh-CN": "不行。"}},
    {"name": "f", "if": "city == 'A' and missing(note)", "then": [{"name": "g", "assign": "= me"}],
     "else": [{"name": "h", "if": "size(name) > 3 or max(a.b) > 2", "then": [{"name": "i", "move": "x"}]}]},
    {"name": "j", "update": "lines", "as": "l", "when": "l.quantity > 2", "set": {"discount": "0"}},
    {"name": "k", "create": "order",
     "set": {"lines": {"each": "l in lines", "set": {"quantity": "= -l.quantity"}}}},
]  # fmt: skip
TYPES = {"note": "longText", "city": "text", "seats": "integer", "done": "boolean"}


def test_effects_come_back_from_a_form_as_they_were():
    typed = effects_typed("effects", EFFECTS, TYPES)
    assert effects_of(typed, "effects", EFFECTS, TYPES) == EFFECTS
    assert typed["effects.6.verb"] == typed["effects.7.verb"] == "json"
    assert typed["effects.5.else.0.if.mode"] == "text"


async def press(office, path, selector, form, button):
    """The form after a button of it."""
    return form_of(await office.send(path, form | {"_do": button}, 200), selector)


async def test_an_entity_gets_states_and_a_rep_presses(office):
    path = f"{ACCOUNT}/stages"
    page = await office.page(path)
    form = form_of(page, "#stages-form")
    assert [one.text for one in page.select(".path li span")] == ["Open", "Done"]
    form = await press(office, path, "#stages-form", form, "states.add")
    form |= {"states.2.label.en": "Lost", "states.2.label.zh-CN": "流失", "states.2.tint": "bad"}
    form = await press(office, path, "#stages-form", form, "transitions.add")
    form |= {
        "states.2.name": "lost",
        "transitions.1.label.en": "Give up",
        "transitions.1.from.open": "true",
        "transitions.1.to": "lost",
        "transitions.1.requires.0.field": "note",
        "transitions.1.effects.0.verb": "update",
        "transitions.1.effects.0.set.0.field": "city",
        "transitions.1.effects.0.set.0.value": "Nowhere",
    }
    await office.send(path, form)
    page = await office.page(path)
    assert not page.select(".troubles"), text_of(str(page))
    assert "Open → Lost" in text_of(str(page))
    grants = "/studio/roles/rep/account"
    allowed = form_of(await office.page(grants), "#grants-form")
    await office.send(grants, allowed | {"grants.0.actions.give_up": "true"})
    await office.publish()
    made = (await office.api.post("/api/v1/records/account", json={"name": "Huaxin"})).json()
    assert made["status"] == "open"
    here = f"/api/v1/records/account/{made['id']}"
    refused = await office.api.post(f"{here}/actions/give_up", json={"version": made["version"]})
    assert refused.status_code == 422, refused.text
    headers = {"If-Match": f'"{made["version"]}"'}
    await office.api.patch(here, json={"note": "Moved away"}, headers=headers)
    done = await office.api.post(f"{here}/actions/give_up", json={})
    assert done.status_code == 200, done.text
    after = (await office.api.get(here)).json()
    assert (after["status"], after["city"]) == ("lost", "Nowhere")


async def test_states_of_a_pack_are_renamed_and_ordered_over_it(office):
    form = form_of(await office.page(ORDER), "#stages-form")
    assert form["transitions.0.approval"] == "order_discount"
    await office.send(ORDER, form | {"states.1.label.en": "In approval", "states.1.tint": "info"})
    await office.publish()
    live = await office.site.workspace.live()
    (extension,) = [one.data for one in live.documents if one.kind == "extension"]
    assert extension["change"] == {"states/waiting/label/en": "In approval", "states/waiting/tint": "info"}


async def test_what_roles_and_conditions_name_is_not_taken_away(office):
    form = form_of(await office.page(ORDER), "#stages-form")
    form = await press(office, ORDER, "#stages-form", form, "states.remove.0")
    page = await office.send(ORDER, form, 422)
    assert "draft" in text_of(str(page.select_one("#summary")))
    form = form_of(await office.page(ORDER), "#stages-form")
    form = await press(office, ORDER, "#stages-form", form, "transitions.remove.0")
    page = await office.send(ORDER, form, 422)
    assert "Sales rep" in text_of(str(page.select_one("#summary")))
    assert (await office.page("/studio")).select_one("a.badge") is None


async def test_a_button_from_the_form_to_the_page_of_a_rep(office):
    new = f"{ACCOUNT}/new-action"
    assert "No buttons yet" in text_of(str(await office.page(f"{ACCOUNT}/actions")))
    form = form_of(await office.page(new), "#action-form")
    await office.send(new, form, 422)
    form = await press(office, new, "#action-form", form, "when.add")
    form = await press(office, new, "#action-form", form, "effects.add")
    form |= {
        "label.en": "Move to Suzhou",
        "label.zh-CN": "迁至苏州",
        "message.en": "It is there already.",
        "when.0.field": "city",
        "when.0.operator": "!=",
        "when.0.value": "Suzhou",
        "effects.0.set.0.field": "city",
        "effects.0.set.0.value": "Suzhou",
        "effects.1.verb": "assign",
        "effects.1.assign": "= me",
    }
    await office.send(new, form)
    path = f"{ACCOUNT}/actions/move_to_suzhou"
    page = await office.page(path)
    assert not page.select(".troubles"), text_of(str(page))
    grants = "/studio/roles/rep/account"
    allowed = form_of(await office.page(grants), "#grants-form")
    await office.send(grants, allowed | {"grants.0.actions.move_to_suzhou": "true"})
    await office.publish()
    made = (await office.api.post("/api/v1/records/account", json={"name": "H", "city": "Ningbo"})).json()
    record = await office.page(f"/records/account/{made['id']}", who=office.rep)
    assert "Move to Suzhou" in record.text
    here = f"/api/v1/records/account/{made['id']}"
    done = await office.api.post(f"{here}/actions/move_to_suzhou", json={})
    assert done.status_code == 200, done.text
    assert (await office.api.get(here)).json()["city"] == "Suzhou"
    question = await office.page(f"{path}/remove")
    assert "Sales rep" in question.text
    await office.send(f"{path}/remove", {"_seen": ""}, 409)
    allowed = form_of(await office.page(grants), "#grants-form")
    await office.send(grants, allowed | {"grants.0.actions.move_to_suzhou": "false"})
    question = await office.page(f"{path}/remove")
    await office.send(f"{path}/remove", form_of(question, "form[action$=remove]"))
    await office.page(path, 404)


async def test_what_rows_cannot_say_of_a_button_stays_json(office):
    new = f"{ACCOUNT}/new-action"
    form = form_of(await office.page(new), "#action-form")
    form |= {"label.en": "Copy", "effects.0.verb": "json", "effects.0.json": "{nonsense"}
    page = await office.send(new, form, 422)
    assert page.select_one("#summary a")["href"] == "#f-effects-0-json"
    effect = '{"name": "copy", "create": "account", "set": {"name": "= name"}, "x-why": "kept"}'
    await office.send(new, form | {"effects.0.json": effect})
    again = form_of(await office.page(f"{ACCOUNT}/actions/copy"), "#action-form")
    assert again["effects.0.verb"] == "create"
    await office.send(f"{ACCOUNT}/actions/copy", again | {"help.en": "Another like it."})
    await office.publish()
    live = await office.site.workspace.live()
    (action,) = [one.data for one in live.documents if one.kind == "action" and one.name == "copy"]
    assert action["effects"][0]["x-why"] == "kept"
