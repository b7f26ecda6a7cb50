"""Roles: how far they reach as matrices, single grants with conditions and fields, roles of one's own."""

import pytest

from guanxi.commands.studio.roles import reach, with_reach
from tests.studio.office import form_of, text_of

REP = "/studio/roles/rep"
OWN = {"rows": "own", "can": ["read", "create", "update"], "fields": {"phone": "masked"}}
TEAM = {"rows": "team", "can": ["read"]}
MINE = {"rows": {"where": "active"}, "can": ["update"], "actions": ["submit"]}


@pytest.mark.parametrize(
    ("grants", "wanted", "after"),
    [
        ([OWN, TEAM], {"read": "team", "update": "own"}, [OWN, TEAM]),
        ([OWN, TEAM], {"read": "own"}, [OWN]),
        ([OWN, TEAM], {"update": "team"}, [OWN, {**TEAM, "can": ["read", "update"]}]),
        ([OWN], {"delete": "own"}, [{**OWN, "can": ["read", "create", "update", "delete"]}]),
        ([OWN], {"read": "all"}, [OWN, {"rows": "all", "can": ["read"]}]),
        ([OWN], {"read": "", "create": "", "update": ""}, []),
        ([MINE], {"update": "where"}, [MINE]),
        ([MINE], {"update": "own"}, [MINE, {"rows": "own", "can": ["update"]}]),
        ([MINE, TEAM], {"update": ""}, [TEAM]),
        ([], {"read": "all"}, [{"rows": "all", "can": ["read"]}]),
    ],
)
def test_a_reach_changes_the_grants_that_it_must_and_no_others(grants, wanted, after):
    found = with_reach(grants, wanted)
    assert found == after
    assert {one: reach(found, one) for one in wanted} == {
        one: "where" if scope == "" and reach(found, one) == "where" else scope
        for one, scope in wanted.items()
    }


async def test_the_matrix_of_an_entity_lands_over_the_pack(office):
    path = "/studio/entities/team/access"
    form = form_of(await office.page(path), "#access-form")
    assert (form["reach.rep.read"], form["reach.rep.create"]) == ("all", "")
    page = await office.send(path, form | {"reach.rep.create": "all"})
    page = await office.page(path)
    assert "Sales rep" in page.select_one(".plan-rows").text
    plan = await office.publish()
    assert "Who can newly see or do what" in plan.text
    made = await office.api.post("/api/v1/records/team", json={"name": "North"})
    assert made.status_code == 201, made.text
    live = await office.site.workspace.live()
    assert [one.data["of"]["name"] for one in live.documents if one.kind == "extension"] == ["rep"]
    form = form_of(await office.page(path), "#access-form")
    await office.send(path, form | {"reach.rep.create": ""})
    await office.publish()
    live = await office.site.workspace.live()
    assert not [one for one in live.documents if one.kind == "extension"], (
        "what the pack says is no extension"
    )


async def test_grants_with_a_condition_and_fields(office):
    path = f"{REP}/account"
    form = form_of(await office.page(path), "#grants-form")
    assert form["grants.1.fields.phone"] == "masked"
    form = form_of(await office.send(path, form | {"_do": "grants.add"}, 200), "#grants-form")
    changed = form | {"grants.2.rows": "where", "grants.2.can.read": "true", "_do": "refresh"}
    form = form_of(await office.send(path, changed, 200), "#grants-form")
    form = form_of(await office.send(path, form | {"_do": "grants.2.where.add"}, 200), "#grants-form")
    form |= {
        "grants.2.where.0.field": "city",
        "grants.2.where.0.operator": "==",
        "grants.2.where.0.value": "Suzhou",
        "grants.2.fields.*": "read",
        "grants.2.fields.phone": "hidden",
    }
    await office.send(path, form)
    again = form_of(await office.page(path), "#grants-form")
    assert again["grants.2.where.0.value"] == "Suzhou"
    await office.publish()
    other = await office.site.person("Zhang Min", "rep")
    stranger = await office.site.api(other.user.id)
    for city in ("Suzhou", "Ningbo"):
        await office.api.post("/api/v1/records/account", json={"name": city, "city": city, "phone": "1"})
    found = (await stranger.get("/api/v1/records/account")).json()["items"]
    assert [one["name"] for one in found] == ["Suzhou"]
    assert "phone" not in found[0]


async def test_a_role_of_ones_own(office):
    form = form_of(await office.page("/studio/new-role"), "#role-form")
    await office.send("/studio/new-role", form, 422)
    made = {"label.en": "Auditor", "label.zh-CN": "审计员", "may.audit": "true", "reach.order.read": "all"}
    await office.send("/studio/new-role", form | made)
    page = await office.page("/studio/roles/auditor")
    form = form_of(page, "#role-form")
    assert form["reach.order.read"] == "all"
    await office.send("/studio/roles/auditor", form | {"includes.rep": "true", "reach.team.read": "all"})
    assert "Also as Sales rep" in text_of(str(await office.page("/studio/roles/auditor")))
    assert "Auditor" in text_of(str(await office.page("/studio/roles")))
    await office.send(
        "/studio/new-role", form_of(await office.page("/studio/new-role"), "#role-form") | made, 422
    )
    await office.publish()
    person = await office.site.person("Chen Jing", "auditor")
    client = await office.site.api(person.user.id)
    assert (await client.get("/api/v1/records/order")).status_code == 200
    assert (await client.get("/api/v1/records/account")).status_code == 200


async def test_a_grant_that_cannot_be_is_told_at_its_place(office):
    path = f"{REP}/product"
    form = form_of(await office.page(path), "#grants-form")
    await office.send(path, form | {"grants.0.rows": "own"})
    page = await office.page(path)
    assert page.select_one(".troubles a")["href"] == path


async def test_two_who_change_one_role_do_not_undo_each_other(office):
    form = form_of(await office.page(REP), "#role-form")
    await office.send(REP, form | {"label.en": "Seller"})
    page = await office.send(REP, form | {"label.en": "Agent"}, 409)
    assert "Somebody changed this" in text_of(str(page))
    for path in ("/studio/roles", REP, f"{REP}/account", "/studio/new-role"):
        await office.page(path, 403, who=office.rep)
    for path in ("/studio/roles/nobody", f"{REP}/nothing", "/studio/roles/nobody/account"):
        await office.page(path, 404)
