"""What a peer gets wrong: each was reproduced there, and is refused here."""

from typing import Any

import pytest

from guanxi.storage.credentials import set_password
from tests.web.site import hash_of_password


@pytest.mark.parametrize(
    "content",
    [
        {"status": "approved"},
        {"largest_discount": "5"},
        {"largest_discount": "60", "status": "approved"},
        {"total": "1"},
        {"lines": [{"amount": "1"}]},
    ],
)
async def test_a_state_or_a_computed_value_is_not_written(crm, content):
    """Failing 1: a state changes only through the engine, and conditions see the new values."""
    id_, etag = await crm.draft("5")
    path = f"/api/v1/records/order/{id_}"
    reply = await crm.rep.patch(path, json=content, headers={"If-Match": etag})
    assert reply.status_code == 422
    assert {problem["code"] for problem in reply.json()["problems"]} >= {"computed"}
    now = (await crm.rep.get(path)).json()
    assert (now["status"], now["largest_discount"], now["version"]) == ("draft", "5", 1)


async def test_a_raised_discount_is_judged_by_its_new_value(crm):
    """Failing 1: from 5 % to 60 % in one change; the reason is demanded, and submitting waits."""
    id_, etag = await crm.draft("5")
    path = f"/api/v1/records/order/{id_}"
    line = (await crm.rep.get(path)).json()["lines"][0]["id"]
    content: dict[str, Any] = {"lines": [{"id": line, "discount": "60"}]}
    reply = await crm.rep.patch(path, json=content, headers={"If-Match": etag})
    assert [problem["field"] for problem in reply.json()["problems"]] == ["/discount_reason"]
    content["discount_reason"] = "Clearance."
    changed = await crm.rep.patch(path, json=content, headers={"If-Match": etag})
    assert changed.status_code == 200
    submitted = await crm.rep.post(f"{path}/actions/submit", headers={"If-Match": changed.headers["etag"]})
    assert submitted.json()["record"]["status"] == "waiting"


async def test_nothing_is_edited_while_pending_nor_after_approval(crm, site):
    """Failing 2: by the API and by the form, by the owner, the manager and the administrator."""
    async with site.workspace.database.transaction() as session:
        for name in ("rep", "manager", "admin"):
            await set_password(session, crm.ids[name], hash_of_password(), site.clock.now())
    browsers = [await site.browser(name) for name in ("Li Wei", "Wang Fang", "Lin Tao")]
    id_ = await crm.submitted("15")
    path = f"/api/v1/records/order/{id_}"
    for state in ("waiting", "approved"):
        read = await crm.rep.get(path)
        assert read.json()["status"] == state
        line = {"id": read.json()["lines"][0]["id"], "discount": "0"}
        changes: list[dict[str, Any]] = [{"lines": [line]}, {"lines": []}, {"note": "x"}]
        for client in (crm.rep, crm.manager, crm.admin):
            for change in changes:
                reply = await client.patch(path, json=change, headers={"If-Match": read.headers["etag"]})
                # A manager sees the order by the task, and may change nothing of it at all.
                barred = (403,) if client is crm.manager else (409, 422)
                assert reply.status_code in barred, reply.text
            gone = await client.delete(path, headers={"If-Match": read.headers["etag"]})
            assert gone.status_code in (403, 409)
        for browser in browsers:
            form = {"_version": str(read.json()["version"]), "note": "x", "lines.0.discount": "0"}
            reply = await browser.post(f"/records/order/{id_}", data=form)
            assert 400 <= reply.status_code < 500
        assert (await crm.rep.get(path)).json() == read.json()
        for task in (await crm.manager.get("/api/v1/tasks")).json()["items"]:
            await crm.manager.post(f"/api/v1/tasks/{task['id']}/approve")


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"price": "abc"}, "/price"),
        ({"price": {"amount": "abc", "currency": "CNY"}}, "/price"),
        ({"price": {"amount": "1.005", "currency": "CNY"}}, "/price"),
        ({"price": "-1"}, "/price"),
        ({"price": "1e400"}, "/price"),
        ({"price": True}, "/price"),
        ({"colour": "red"}, "/colour"),
        ({"active": "yes"}, "/active"),
    ],
)
async def test_what_is_no_value_is_refused_never_stored_as_nought(crm, content, field):
    """Failing 9: no `abc` as 0, no unknown field ignored."""
    good = {"code": "P9", "name": "Paper", "price": "5"}
    reply = await crm.admin.post("/api/v1/records/product", json=good | content)
    assert reply.status_code == 422, reply.text
    assert field in {problem["field"] for problem in reply.json()["problems"]}
    found = await crm.admin.get("/api/v1/records/product", params={"where": "code == 'P9'"})
    assert found.json()["items"] == []


@pytest.mark.parametrize("day", ["31.01.2026", "2026-02-30", "0000-00-00", "", "99999-01-01", 20260131, {}])
async def test_a_bad_date_is_a_problem_and_no_traceback(crm, day):
    """Failings 9 and 10."""
    reply = await crm.rep.post("/api/v1/records/order", json=crm.order("5", ordered_on=day))
    assert reply.status_code == 422, reply.text
    assert "/ordered_on" in {problem["field"] for problem in reply.json()["problems"]}
    for word in ("Traceback", "guanxi/", ".py", "sqlite", "asyncpg"):
        assert word not in reply.text


async def test_a_failure_inside_shows_no_traceback(crm, site, monkeypatch):
    """Failing 10."""

    async def broken(*_args):
        raise RuntimeError("secret of the machine")

    monkeypatch.setattr(site.workspace, "write", broken)
    crm.rep._transport.raise_app_exceptions = False
    reply = await crm.rep.post("/api/v1/records/order", json=crm.order("5"))
    assert reply.status_code == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert "secret" not in reply.text
    assert "Traceback" not in reply.text


async def test_nothing_is_overwritten_unseen(crm):
    """Failing 11."""
    id_, etag = await crm.draft("5")
    path = f"/api/v1/records/order/{id_}"
    assert (await crm.rep.patch(path, json={"note": "a"})).status_code == 428
    assert (await crm.admin.patch(path, json={"note": "b"}, headers={"If-Match": etag})).status_code == 200
    assert (await crm.rep.patch(path, json={"note": "a"}, headers={"If-Match": etag})).status_code == 412
    assert (await crm.rep.get(path)).json()["note"] == "b"
