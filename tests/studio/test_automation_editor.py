"""Automations made and changed in Studio: every beginning, the steps, and what is wrong beside its place."""

import json

import pytest

from guanxi.studio.flows.automation_typed import automation_of, automation_typed
from tests.studio.office import form_of, text_of

HOME = "/studio/automations"
PAGE = f"{HOME}/big_order"
NEW = {
    "label.en": "Big order",
    "label.zh-CN": "大额订单",
    "of": "order",
    "active": "true",
    "on.kind": "becomes",
    "on.becomes.mode": "rows",
    "on.becomes.0.field": "total",
    "on.becomes.0.operator": ">",
    "on.becomes.0.value": "1000",
    "effects.0.verb": "update",
    "effects.0.set.0.field": "note",
    "effects.0.set.0.value": "big",
}
WHO = [{"managerOf": "owner"}]
TYPES = {"note": "text", "total": "decimal", "status": "stage", "ordered_on": "date"}
BEGINNINGS = [
    {"created": True},
    {"changed": True},
    {"changed": ["note", "ordered_on"]},
    {"deleted": True},
    {"entered": "waiting"},
    {"becomes": "total > 1000"},
    {"becomes": "total > 1000 and total * 2 > 5"},
    {"due": "ordered_on"},
    {"due": "ordered_on + days(3)", "before": "2 working days", "at": "09:00"},
    {"due": "ordered_on", "after": {"decision": "spans"}, "x-known": "by us"},
    {"every": "1 week", "at": "09:00"},
    {"day": "monthFirstWorking", "at": "10:00"},
    {"event": "delivered"},
    {"failed": "order_draft_waits"},
    {"decided": {"approval": "order_discount"}},
    {"decided": {"approval": "order_discount", "outcome": "rejected", "x-known": "by us"}},
]


async def definition(office, name="big_order"):
    """What publishing would make live."""
    await office.publish()
    live = await office.site.workspace.live()
    return next(one.data for one in live.effective if (one.kind, one.name) == ("automation", name))


async def settings(office, **changes):
    path = f"{PAGE}/settings"
    await office.send(path, form_of(await office.page(path), "#automation-form") | changes)


async def add_step(office, **texts):
    path = f"{PAGE}/new-step"
    await office.send(path, form_of(await office.page(f"{path}?in=steps"), "#step-form") | texts)


@pytest.mark.parametrize("on", BEGINNINGS, ids="-".join)
def test_a_form_that_is_sent_as_it_came_changes_nothing(on):
    data = {
        "kind": "automation",
        "name": "rule",
        "of": "order",
        "label": {"en": "Rule"},
        "on": on,
        "when": "note == 'a'",
        "again": "whenDone",
        "depth": 4,
        "exits": [
            {"name": "paid", "event": "paid"},
            {"name": "small", "label": {"en": "Small"}, "when": "total < 5"},
        ],
        "admins": WHO,
        "may": {"transfer": WHO},
        "policies": {"unavailable": ["manager"]},
        "x-known": "by us",
        "steps": [{"name": "pause", "type": "wait", "for": "1 day"}],
    }
    if "every" in on or "day" in on:
        data["where"] = "total > 5"
    assert automation_of(automation_typed(data, TYPES), data, TYPES) == data


async def test_one_is_made_with_its_beginning_and_first_effect_and_can_be_published(office):
    await office.send(f"{HOME}/new", NEW)
    page = await office.page(PAGE)
    assert page.select_one(".decision-ok") is not None, text_of(str(page))
    said = text_of(str(page.select_one("main")))
    for text in ("A condition becomes true", "always", "Effects"):
        assert text in said
    data = await definition(office)
    assert data["on"] == {"becomes": "total > 1000"}
    assert [step["type"] for step in data["steps"]] == ["do"]
    assert data["steps"][0]["effects"][0]["set"] == {"note": "big"}
    assert "active" not in data


async def test_a_new_one_needs_a_label_and_an_entity(office):
    answer = await office.send(f"{HOME}/new", {"label.en": "", "of": ""}, status=422)
    said = text_of(answer.text)
    assert "Choose whose records it is about." in said


async def test_steps_are_added_and_effects_send_start_call_and_emit(office):
    await office.send(f"{HOME}/new", NEW)
    await add_step(
        office,
        **{
            "label.en": "Three days",
            "type": "wait",
            "waits": "for",
            "for.amount": "3",
            "for.unit": "day",
        },
    )
    effects = {
        "effects.0.verb": "send",
        "effects.0.send": "order_draft_waits",
        "effects.1.verb": "start",
        "effects.1.start": "order_draft",
        "effects.2.verb": "emit",
        "effects.2.emit": "big",
    }
    await add_step(office, **{"label.en": "Tell", "type": "do", **effects})
    page = await office.page(f"{PAGE}/new-step?in=steps")
    kinds = [one["value"] for one in page.select("select[name=type] option")]
    assert "approve" not in kinds
    assert kinds[0] == "task"
    data = await definition(office)
    assert [step["name"] for step in data["steps"]] == ["first", "three_days", "tell"]
    found = [{key: one[key] for key in one if key != "name"} for one in data["steps"][2]["effects"]]
    assert found == [{"send": "order_draft_waits"}, {"start": "order_draft"}, {"emit": "big"}]


async def test_its_rules_are_changed_and_what_rows_cannot_show_stays(office):
    await office.send(f"{HOME}/new", NEW)
    more = {
        "on.kind": "day",
        "on.day": "monthFirstWorking",
        "on.at": "10:00",
        "calendar": "office",
        "where.mode": "text",
        "where.text": "total * 2 > 5",
        "again": "whenDone",
        "depth": "3",
        "exits.0.label.en": "Paid",
        "exits.0.event": "paid",
    }
    await settings(office, **more)
    data = await definition(office)
    assert data["on"] == {"day": "monthFirstWorking", "at": "10:00"}
    assert (data["where"], data["again"], data["depth"]) == ("total * 2 > 5", "whenDone", 3)
    assert data["exits"] == [{"name": "paid", "label": {"en": "Paid"}, "event": "paid"}]
    effect = {"name": "note_it", "update": "this", "set": {"note": {"decision": "none"}}}
    path = f"{PAGE}/steps/first"
    shown = form_of(await office.page(path), "#step-form")
    await office.send(path, shown | {"effects.0.verb": "json", "effects.0.json": json.dumps(effect)})
    again = form_of(await office.page(path), "#step-form")
    assert json.loads(again["effects.0.json"]) == effect


async def test_what_is_wrong_is_said_beside_its_place(office):
    await office.send(f"{HOME}/new", NEW)
    await settings(office, **{"on.kind": "due", "on.due": "account.since", "on.side": ""})
    page = await office.page(f"{PAGE}/settings")
    field = page.select_one("[name='on.due']")
    assert field.get("aria-invalid") == "true", text_of(str(page.select_one("main")))
    overview = await office.page(PAGE)
    assert overview.select_one(".step-finding.wrong") is not None
