from datetime import timedelta

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.people.create_token import create_token
from guanxi.errors import Forbidden
from tests.web.crm import make_crm


@pytest.fixture
async def crm(site):
    return await make_crm(site)


@pytest.fixture
async def quick(edge):
    return await make_crm(edge)


async def test_a_token_expires(crm, site):
    short = await site.api(crm.ids["rep"], days=1)
    assert (await short.get("/api/v1/tasks")).status_code == 200
    site.clock.advance(timedelta(days=1, seconds=1))
    assert (await short.get("/api/v1/tasks")).status_code == 401
    assert (await crm.rep.get("/api/v1/tasks")).status_code == 200


async def test_a_token_has_the_rights_held_at_the_moment(crm):
    path = f"/api/v1/users/{crm.ids['manager']}"
    users = (await crm.admin.get("/api/v1/users")).json()["items"]
    version = next(user["version"] for user in users if user["id"] == str(crm.ids["manager"]))
    assert (await crm.manager.get("/api/v1/users")).status_code == 403
    promoted = await crm.admin.patch(path, json={"roles": ["admin"]}, headers={"If-Match": f'"{version}"'})
    assert promoted.json()["roles"] == ["admin"]
    assert (await crm.manager.get("/api/v1/users")).status_code == 200
    await crm.admin.patch(path, json={"active": False}, headers={"If-Match": promoted.headers["etag"]})
    assert (await crm.manager.get("/api/v1/users")).status_code == 401


async def test_the_database_holds_no_token(crm, site):
    token = crm.rep.headers["authorization"].removeprefix("Bearer ")
    assert token.startswith("gx_")
    assert len(token) >= 3 + 43
    async with site.workspace.database.reading() as session:
        kept = await session.fetch("SELECT digest FROM g_api_token")
    assert token not in {row["digest"] for row in kept}


async def test_nobody_makes_a_token_for_somebody_else(crm, site):
    from guanxi.commands.people.token_actor import token_actor

    rep = await token_actor(site.workspace, crm.rep.headers["authorization"].removeprefix("Bearer "))
    assert rep is not None
    assert await create_token(site.workspace, rep, crm.ids["rep"], "own", 1)
    with pytest.raises(Forbidden):
        await create_token(site.workspace, rep, crm.ids["admin"], "theirs", 1)
    assert OPERATOR.channel == "system"


async def test_an_administrator_adds_a_person_with_a_one_time_link(crm, site):
    person = {
        "name": "Emma Clarke",
        "email": "emma@example.com",
        "roles": ["rep"],
        "manager": str(crm.ids["manager"]),
        "locale": "en",
    }
    added = await crm.admin.post("/api/v1/users", json=person)
    assert added.status_code == 201, added.text
    content = added.json()
    assert (content["roles"], content["manager"], content["state"]) == (["rep"], person["manager"], "invited")
    assert (await site.http.get(content["invitation"])).status_code == 200
    listed = next(
        u for u in (await crm.admin.get("/api/v1/users")).json()["items"] if u["id"] == content["id"]
    )
    assert "invitation" not in listed


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"roles": ["bos"]}, "/roles/0"),
        ({"roles": "rep"}, "/roles"),
        ({"roles": [5]}, "/roles"),
        ({"email": ""}, "/email"),
        ({"email": "chen.jing@example.com"}, "/email"),
        ({"name": None}, "/name"),
        ({"manager": "999999"}, "/manager"),
        ({"manager": 5}, "/manager"),
        ({"active": "yes"}, "/active"),
        ({"locale": "fr"}, "/locale"),
        ({"password": "secret"}, "/password"),
    ],
)
async def test_a_person_that_does_not_hold_is_refused(quick, change, field):
    person = {"name": "Emma Clarke", "email": "emma@example.com", "roles": ["rep"]} | change
    reply = await quick.admin.post("/api/v1/users", json=person)
    assert reply.status_code == 422
    assert field in {problem["field"] for problem in reply.json()["problems"]}


async def test_only_administrators_manage_people(crm):
    for client in (crm.rep, crm.manager, crm.director):
        assert (await client.get("/api/v1/users")).status_code == 403
        assert (await client.post("/api/v1/users", json={"name": "A", "email": "a@b"})).status_code == 403
        reply = await client.patch("/api/v1/users/1", json={"roles": ["admin"]}, headers={"If-Match": '"1"'})
        assert reply.status_code == 403


async def test_the_last_administrator_stays(crm):
    path = f"/api/v1/users/{crm.ids['admin']}"
    for change in ({"roles": ["rep"]}, {"active": False}):
        reply = await crm.admin.patch(path, json=change, headers={"If-Match": '"1"'})
        assert reply.status_code == 409
    assert (await crm.admin.get("/api/v1/users")).status_code == 200


async def test_changing_a_person_names_the_version(crm):
    path = f"/api/v1/users/{crm.ids['rep']}"
    assert (await crm.admin.patch(path, json={"name": "Li"})).status_code == 428
    assert (await crm.admin.patch(path, json={"name": "Li"}, headers={"If-Match": '"7"'})).status_code == 412
    changed = await crm.admin.patch(path, json={"name": "Li"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["name"], changed.headers["etag"]) == (200, "Li", '"2"')
