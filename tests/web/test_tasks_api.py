import asyncio

import pytest

from tests.web.crm import make_crm


@pytest.fixture
async def crm(site):
    return await make_crm(site)


@pytest.fixture
async def quick(edge):
    return await make_crm(edge)


async def tasks(client, box="waiting"):
    reply = await client.get("/api/v1/tasks", params={"box": box})
    assert reply.status_code == 200, reply.text
    return reply.json()["items"]


async def status(crm, id_):
    return (await crm.rep.get(f"/api/v1/records/order/{id_}")).json()["status"]


async def test_ten_percent_needs_nobody(crm):
    id_ = await crm.submitted("10")
    assert await status(crm, id_) == "approved"
    assert await tasks(crm.manager) == []


async def test_over_ten_percent_the_manager_decides(crm):
    id_ = await crm.submitted("10.01")
    assert await status(crm, id_) == "waiting"
    (task,) = await tasks(crm.manager)
    reply = await crm.manager.post(f"/api/v1/tasks/{task['id']}/approve")
    assert reply.status_code == 200
    assert (reply.json()["open"], reply.json()["outcome"]) == (False, "approve")
    assert await status(crm, id_) == "approved"


async def test_over_twenty_percent_a_director_decides_too(crm):
    id_ = await crm.submitted("20.01")
    (task,) = await tasks(crm.manager)
    await crm.manager.post(f"/api/v1/tasks/{task['id']}/approve", json={"comment": "Good customer."})
    assert await status(crm, id_) == "waiting"
    (task,) = await tasks(crm.director)
    await crm.director.post(f"/api/v1/tasks/{task['id']}/approve")
    assert await status(crm, id_) == "approved"


async def test_rejecting_says_why_and_gives_the_order_back(crm):
    id_ = await crm.submitted("15")
    (task,) = await tasks(crm.manager)
    path = f"/api/v1/tasks/{task['id']}/reject"
    silent = await crm.manager.post(path)
    assert (silent.status_code, silent.json()["problems"][0]["field"]) == (422, "/comment")
    assert (await crm.manager.post(path, json={"comment": "Too much."})).status_code == 200
    assert await status(crm, id_) == "draft"
    comments = [
        item["comment"]
        for item in (await crm.rep.get(f"/api/v1/records/order/{id_}/history")).json()["items"]
    ]
    assert "Too much." in comments


async def test_of_twenty_decisions_one_counts(crm):
    """Fault 5."""
    await crm.submitted("15")
    (task,) = await tasks(crm.manager)
    path = f"/api/v1/tasks/{task['id']}/approve"
    replies = await asyncio.gather(*(crm.manager.post(path) for _ in range(20)))
    codes = sorted(reply.status_code for reply in replies)
    assert codes == [200] + [409] * 19
    refused = next(reply for reply in replies if reply.status_code == 409)
    assert refused.json()["code"] == "already_decided"
    assert "Wang Fang" in refused.json()["detail"]


async def test_nobody_decides_what_is_not_theirs(crm):
    """Fault 10."""
    await crm.submitted("15")
    (task,) = await tasks(crm.manager)
    own = await crm.rep.post(f"/api/v1/tasks/{task['id']}/approve")
    assert own.status_code == 403
    stranger = await crm.director.post(f"/api/v1/tasks/{task['id']}/approve")
    assert stranger.status_code in (403, 404)
    assert len(await tasks(crm.manager)) == 1


async def test_a_task_that_nobody_holds_is_assigned_by_an_administrator(crm, site):
    own = await crm.director.post("/api/v1/records/account", json={"name": "Director's own"})
    order = crm.order("15", account=own.json()["id"], discount_reason="Framework contract.")
    made = await crm.director.post("/api/v1/records/order", json=order)
    path = f"/api/v1/records/order/{made.json()['id']}"
    await crm.director.post(f"{path}/actions/submit", headers={"If-Match": made.headers["etag"]})
    assert (await crm.director.get(path)).json()["status"] == "waiting"
    (held,) = await tasks(crm.admin, "held")
    other = await site.person("Second Director", "director")
    assign = f"/api/v1/tasks/{held['id']}/assign"
    assert (await crm.rep.post(assign, json={"person": str(other.user.id)})).status_code in (403, 404)
    for nobody in ("0", "999999", "abc", "", None, 5):
        assert (await crm.admin.post(assign, json={"person": nobody})).status_code in (404, 422)
    barred = await crm.admin.post(assign, json={"person": str(crm.ids["director"])})
    assert barred.status_code in (403, 409, 422)
    assert (await crm.admin.post(assign, json={"person": str(other.user.id)})).status_code == 200
    second = await site.api(other.user.id)
    (task,) = await tasks(second)
    await second.post(f"/api/v1/tasks/{task['id']}/approve")
    assert (await crm.director.get(path)).json()["status"] == "approved"


async def test_a_locked_order_is_not_changed(crm):
    id_ = await crm.submitted("15")
    path = f"/api/v1/records/order/{id_}"
    etag = (await crm.rep.get(path)).headers["etag"]
    reply = await crm.rep.patch(path, json={"note": "more"}, headers={"If-Match": etag})
    assert reply.status_code in (409, 422)
    state = await crm.rep.patch(path, json={"status": "approved"}, headers={"If-Match": etag})
    assert state.status_code == 422
    assert await status(crm, id_) == "waiting"


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("/api/v1/tasks?box=all", None, 400),
        ("/api/v1/tasks?after=x", None, 422),
        ("/api/v1/tasks/999/approve", {}, 404),
        ("/api/v1/tasks/abc/approve", {}, 404),
        ("/api/v1/tasks/1/approve", {"coment": "typing error"}, 422),
        ("/api/v1/tasks/1/approve", {"comment": 5}, 422),
        ("/api/v1/tasks/1/approve", {"comment": "a" * 3_000}, 422),
        ("/api/v1/tasks/1/approve", [], 422),
    ],
)
async def test_requests_about_tasks_that_mean_nothing(quick, path, body, expected):
    method = "GET" if body is None else "POST"
    reply = await quick.manager.request(method, path, json=body)
    assert reply.status_code == expected
