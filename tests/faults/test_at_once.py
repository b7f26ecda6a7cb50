"""Many at the same moment: one request twenty times, twenty people at a task, edit against decision."""

import asyncio

from guanxi.cli.running import OPERATOR
from guanxi.commands.approvals.case import open_case
from guanxi.commands.workspace import Turn
from guanxi.definitions import compile_catalog, documents_from_json
from guanxi.storage.instances import last_instance
from guanxi.storage.releases import publish
from guanxi.workflow.run import Run
from tests.web.site import START

MANY = 20


async def test_the_same_create_twenty_times_makes_one_record(crm):
    """Fault 4."""
    body, headers = crm.order("5"), {"Idempotency-Key": "create-1"}
    replies = await asyncio.gather(
        *(crm.rep.post("/api/v1/records/order", json=body, headers=headers) for _ in range(MANY))
    )
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.text for reply in replies}) == 1
    assert len({reply.headers["etag"] for reply in replies}) == 1
    assert len((await crm.rep.get("/api/v1/records/order")).json()["items"]) == 1


async def test_the_same_submit_twenty_times_submits_once(crm):
    """Fault 4."""
    id_, etag = await crm.draft("15", discount_reason="They buy every month.")
    path = f"/api/v1/records/order/{id_}"
    headers = {"Idempotency-Key": "submit-1", "If-Match": etag}
    replies = await asyncio.gather(
        *(crm.rep.post(f"{path}/actions/submit", headers=headers) for _ in range(MANY))
    )
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.text for reply in replies}) == 1
    assert replies[0].json()["waiting_for"] == [{"id": str(crm.ids["manager"]), "name": "Wang Fang"}]
    assert len((await crm.manager.get("/api/v1/tasks")).json()["items"]) == 1
    verbs = [item["verb"] for item in (await crm.rep.get(f"{path}/history")).json()["items"]]
    assert verbs.count("submit") == 1


async def test_without_a_key_one_of_twenty_submits_counts(crm):
    id_, etag = await crm.draft("15", discount_reason="They buy every month.")
    path = f"/api/v1/records/order/{id_}/actions/submit"
    replies = await asyncio.gather(*(crm.rep.post(path, headers={"If-Match": etag}) for _ in range(MANY)))
    assert sorted(reply.status_code for reply in replies) == [200] + [412] * (MANY - 1)


async def test_of_twenty_approvers_one_decides(crm, site):
    """Fault 5."""
    people = [await site.person(f"Director {number}", "director") for number in range(MANY - 1)]
    directors = [crm.director, *[await site.api(one.user.id) for one in people]]
    id_ = await crm.submitted("25")
    (task,) = (await crm.manager.get("/api/v1/tasks")).json()["items"]
    await crm.manager.post(f"/api/v1/tasks/{task['id']}/approve")
    inboxes = [(await director.get("/api/v1/tasks")).json()["items"] for director in directors]
    (task_id,) = {task["id"] for inbox in inboxes for task in inbox}
    assert all(inboxes)
    path = f"/api/v1/tasks/{task_id}/approve"
    replies = await asyncio.gather(*(director.post(path) for director in directors))
    assert sorted(reply.status_code for reply in replies) == [200] + [409] * (MANY - 1)
    (winner,) = (reply.json() for reply in replies if reply.status_code == 200)
    for reply in replies:
        if reply.status_code == 409:
            assert reply.json()["code"] == "already_decided"
            assert winner["decided_by"]["name"] in reply.json()["detail"]
    assert (await crm.rep.get(f"/api/v1/records/order/{id_}")).json()["status"] == "approved"


async def editable_while_pending(site):
    """Publish the base CRM with orders that are locked only once they are approved."""
    live = await site.workspace.live()
    documents = documents_from_json(live.to_json())
    (order,) = (d.data for d in documents if (d.data["kind"], d.data["name"]) == ("entity", "order"))
    order["locks"][0]["when"] = "status == 'approved'"
    catalog = compile_catalog(documents)
    await publish(site.workspace.database, catalog, at=START, over=live.digest)


async def set_discount(crm, id_, discount, read=None):
    path = f"/api/v1/records/order/{id_}"
    read = read or await crm.rep.get(path)
    lines = [{"id": read.json()["lines"][0]["id"], "discount": discount}]
    return await crm.rep.patch(path, json={"lines": lines}, headers={"If-Match": read.headers["etag"]})


async def hashes(crm, site, id_):
    """The hash of what was approved, and of what is stored now."""
    workspace = site.workspace
    catalog = await workspace.live()
    async with workspace.database.reading() as session:
        instance = await last_instance(session, "order", int(id_))
        assert instance is not None
        now, zone = workspace.clock.now(), workspace.settings.timezone
        turn = Turn(session, catalog, workspace.catalogs, OPERATOR, now, zone)
        case = await open_case(turn, instance)
        return instance.content_hash, Run(case.approval, case.state, now, case.facts).content()


async def test_an_edit_while_pending_asks_again(crm, site):
    """Fault 6, and peer failing 2: no consent covers what came after it."""
    await editable_while_pending(site)
    id_ = await crm.submitted("25")
    (first,) = (await crm.manager.get("/api/v1/tasks")).json()["items"]
    await crm.manager.post(f"/api/v1/tasks/{first['id']}/approve")
    assert len((await crm.director.get("/api/v1/tasks")).json()["items"]) == 1
    assert (await set_discount(crm, id_, "40")).status_code == 200
    assert (await crm.director.get("/api/v1/tasks")).json()["items"] == []
    (again,) = (await crm.manager.get("/api/v1/tasks")).json()["items"]
    whole = (await crm.manager.get(f"/api/v1/tasks/{again['id']}")).json()
    shown = {value["name"]: (value["before"], value["after"]) for value in whole["card"]["shown"]}
    assert shown["discount"][1] == "40"
    stale = await crm.manager.post(f"/api/v1/tasks/{first['id']}/approve")
    assert stale.status_code == 409
    for client in (crm.manager, crm.director):
        (task,) = (await client.get("/api/v1/tasks")).json()["items"]
        reply = await client.post(f"/api/v1/tasks/{task['id']}/approve")
        assert reply.status_code == 200, reply.text
    approved, stored = await hashes(crm, site, id_)
    assert approved == stored


async def test_what_is_approved_is_what_is_stored_whoever_is_faster(crm, site):
    """Fault 6: decision and edit at the same moment."""
    await editable_while_pending(site)
    ends = set()
    for attempt in range(12):
        id_ = await crm.submitted("15")
        task = (await crm.manager.get("/api/v1/tasks")).json()["items"][0]
        assert task["record"]["id"] == id_
        seen = {"If-Match": f'"{task["content"]["version"]}"'}
        decide = crm.manager.post(f"/api/v1/tasks/{task['id']}/approve", headers=seen)
        read = await crm.rep.get(f"/api/v1/records/order/{id_}")
        edit = set_discount(crm, id_, "19", read)
        pair = (decide, edit) if attempt % 2 else (edit, decide)
        # The first two come one after the other, so that both ends are seen; the others race.
        replies = [await one for one in pair] if attempt < 2 else await asyncio.gather(*pair)
        decided, edited = replies if attempt % 2 else replies[::-1]
        record = (await crm.rep.get(f"/api/v1/records/order/{id_}")).json()
        ends.add((decided.status_code, edited.status_code, record["status"]))
        if decided.status_code == 200:
            assert record["status"] == "approved"
            assert record["largest_discount"] == "15"
            assert edited.status_code in (409, 412, 422)
            approved, stored = await hashes(crm, site, id_)
            assert approved == stored
        else:
            assert (decided.status_code, record["status"]) == (412, "waiting")
            assert record["largest_discount"] == "19"
            (task,) = (await crm.manager.get("/api/v1/tasks")).json()["items"]
            await crm.manager.post(f"/api/v1/tasks/{task['id']}/approve")
            approved, stored = await hashes(crm, site, id_)
            assert approved == stored
    assert {end[0] for end in ends} == {200, 412}, "both orders should come about"
