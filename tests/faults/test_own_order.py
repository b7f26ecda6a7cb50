"""Fault 10: nobody decides on their own order, and whoever tries is on record."""

import json


async def refusals(site):
    async with site.workspace.database.reading() as session:
        rows = await session.fetch(
            "SELECT actor_id, verb, entity, detail FROM g_audit WHERE verb LIKE 'refused %' ORDER BY id"
        )
    return [(row["actor_id"], row["verb"], json.loads(row["detail"])["code"]) for row in rows]


async def test_the_own_order_is_not_approved(crm, site):
    id_ = await crm.submitted("15")
    (task,) = (await crm.manager.get("/api/v1/tasks")).json()["items"]
    for answer in ("approve", "reject"):
        reply = await crm.rep.post(f"/api/v1/tasks/{task['id']}/{answer}", json={"comment": "Mine."})
        assert reply.status_code == 403, reply.text
    assert [row[:2] for row in await refusals(site)] == [
        (crm.ids["rep"], "refused approve"),
        (crm.ids["rep"], "refused reject"),
    ]
    assert (await crm.rep.get(f"/api/v1/records/order/{id_}")).json()["status"] == "waiting"


async def test_an_administrator_does_not_assign_the_own_order_to_oneself(crm, site):
    reason = {"discount_reason": "My own customer."}
    made = await crm.admin.post("/api/v1/records/order", json=crm.order("15", **reason))
    path = f"/api/v1/records/order/{made.json()['id']}"
    await crm.admin.post(f"{path}/actions/submit", headers={"If-Match": made.headers["etag"]})
    (held,) = (await crm.admin.get("/api/v1/tasks", params={"box": "held"})).json()["items"]
    me = {"person": str(crm.ids["admin"])}
    reply = await crm.admin.post(f"/api/v1/tasks/{held['id']}/assign", json=me)
    assert reply.status_code == 422
    assert [problem["field"] for problem in reply.json()["problems"]] == ["/person"]
    decided = await crm.admin.post(f"/api/v1/tasks/{held['id']}/approve", json={})
    assert decided.status_code in (403, 409)
    assert (crm.ids["admin"], "refused assign") in [row[:2] for row in await refusals(site)]
    assert (await crm.admin.get(path)).json()["status"] == "waiting"


async def test_who_edited_last_does_not_decide(crm, site):
    """The manager changes the discount of the draft: then somebody above decides, not the manager."""
    team = (await crm.admin.post("/api/v1/records/team", json={"name": "Sales"})).json()["id"]
    for name in ("rep", "manager"):
        address, version = f"/api/v1/users/{crm.ids[name]}", {"If-Match": '"1"'}
        moved = await crm.admin.patch(address, json={"team": team}, headers=version)
        assert moved.status_code == 200, moved.text
    id_, etag = await crm.draft("12", discount_reason="They buy every month.")
    path = f"/api/v1/records/order/{id_}"
    line = (await crm.rep.get(path)).json()["lines"][0]["id"]
    lines = {"lines": [{"id": line, "discount": "18"}]}
    changed = await crm.manager.patch(path, json=lines, headers={"If-Match": etag})
    assert changed.status_code == 200, changed.text
    await crm.rep.post(f"{path}/actions/submit", headers={"If-Match": changed.headers["etag"]})
    assert (await crm.manager.get("/api/v1/tasks")).json()["items"] == []
    (task,) = (await crm.director.get("/api/v1/tasks")).json()["items"]
    assert (await crm.manager.post(f"/api/v1/tasks/{task['id']}/approve")).status_code in (403, 404)
    assert (await crm.director.post(f"/api/v1/tasks/{task['id']}/approve")).status_code == 200
