import asyncio

import pytest

from tests.web.crm import make_crm


@pytest.fixture
async def crm(site):
    return await make_crm(site)


@pytest.fixture
async def quick(edge):
    """For what is refused before any database is asked: on SQLite only."""
    return await make_crm(edge)


async def test_a_record_goes_in_and_comes_back(crm):
    created = await crm.rep.post("/api/v1/records/order", json=crm.order("5"))
    assert created.status_code == 201
    path = created.headers["location"]
    assert created.headers["etag"] == '"1"'
    read = await crm.rep.get(path)
    assert read.json() == created.json()
    content = read.json()
    assert content["account"] == {"id": crm.account, "title": "华信 Huaxin"}
    assert content["lines"][0]["price"] == {"amount": "100.00", "currency": "CNY"}
    assert content["total"] == {"amount": "190.00", "currency": "CNY"}
    assert content["status"] == "draft"
    assert content["_actions"] == ["submit"]


async def test_a_change_names_the_version_it_was_made_on(crm):
    id_, etag = await crm.draft()
    path = f"/api/v1/records/order/{id_}"
    assert (await crm.rep.patch(path, json={"note": "a"})).status_code == 428
    for bad in ("*", "1", 'W/"1"', '"one"', '"1", "2"', ""):
        assert (await crm.rep.patch(path, json={"note": "a"}, headers={"If-Match": bad})).status_code == 400
    changed = await crm.rep.patch(path, json={"note": "a"}, headers={"If-Match": etag})
    assert (changed.status_code, changed.headers["etag"], changed.json()["note"]) == (200, '"2"', "a")
    stale = await crm.rep.patch(path, json={"note": "b"}, headers={"If-Match": etag})
    assert (stale.status_code, stale.json()["code"]) == (412, "version_mismatch")
    assert (await crm.rep.get(path)).json()["note"] == "a"


async def test_deleting_names_the_version_too(crm):
    id_, etag = await crm.draft()
    path = f"/api/v1/records/order/{id_}"
    assert (await crm.rep.delete(path)).status_code == 428
    assert (await crm.rep.delete(path, headers={"If-Match": '"9"'})).status_code == 412
    assert (await crm.rep.delete(path, headers={"If-Match": etag})).status_code == 204
    assert (await crm.rep.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("payload", "field", "code"),
    [
        ({"nmae": "a"}, "/nmae", "unknown_field"),
        ({"total": "5"}, "/total", "computed"),
        ({"number": "SO-1"}, "/number", "computed"),
        ({"status": "approved"}, "/status", "computed"),
        ({"id": "7"}, "/id", "unknown_field"),
        ({"version": 7}, "/version", "unknown_field"),
        ({"created_by": "1"}, "/created_by", "unknown_field"),
        ({"ordered_on": "tomorrow"}, "/ordered_on", "date"),
        ({"ordered_on": "2026-02-30"}, "/ordered_on", "date"),
        ({"account": "999999"}, "/account", "no_such_record"),
        ({"account": 1}, "/account", "reference"),
        ({"account": True}, "/account", "reference"),
        ({"lines": {"product": "1"}}, "/lines", "type"),
        ({"lines": ["a"]}, "/lines/0", "type"),
        ({"lines": [{"product": "1", "quantity": "many"}]}, "/lines/0/quantity", "number"),
        ({"lines": [{"product": "1", "discount": "101"}]}, "/lines/0/discount", "too_large"),
        ({"lines": [{"product": "1", "amount": "1"}]}, "/lines/0/amount", "computed"),
        ({"lines": [{"product": "1", "colour": "red"}]}, "/lines/0/colour", "unknown_field"),
        ({"note": 5}, "/note", "type"),
        ({"note": "a\u0000b"}, "/note", None),
    ],
)
async def test_what_does_not_hold_is_refused_with_its_place(quick, payload, field, code):
    before = (await quick.rep.get("/api/v1/records/order")).json()["items"]
    reply = await quick.rep.post("/api/v1/records/order", json=quick.order() | payload)
    assert reply.status_code == 422
    assert reply.headers["content-type"] == "application/problem+json"
    content = reply.json()
    assert {"type", "title", "status", "detail", "code", "problems"} <= set(content)
    found = {problem["field"]: problem["code"] for problem in content["problems"]}
    assert field in found
    assert code is None or found[field] == code
    assert all(problem["message"] for problem in content["problems"])
    assert (await quick.rep.get("/api/v1/records/order")).json()["items"] == before


async def test_all_problems_come_at_once_in_the_readers_language(crm):
    payload = {"account": None, "ordered_on": "x", "lines": [{"quantity": "x"}], "colour": "red"}
    reply = await crm.rep.post("/api/v1/records/order", json=payload, headers={"Accept-Language": "zh-CN"})
    fields = {problem["field"] for problem in reply.json()["problems"]}
    assert {"/account", "/ordered_on", "/lines/0/quantity", "/colour"} <= fields
    assert reply.headers["content-language"] == "zh-CN"


async def test_pages_of_a_list_follow_each_other_without_gap_or_overlap(crm):
    for number in range(7):
        await crm.draft(str(number), note=f"n{number}")
    seen, after = [], None
    while True:
        query = {"limit": "3", "sort": "-largest_discount"} | ({"after": after} if after else {})
        page = (await crm.rep.get("/api/v1/records/order", params=query)).json()
        assert set(page) == {"items", "next"}
        seen += [item["note"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [f"n{number}" for number in reversed(range(7))]


async def test_where_is_an_expression(crm):
    await crm.draft("1")
    await crm.draft("8", note="this one")
    query = {"where": "largest_discount > 5 and account.name == '华信 Huaxin'"}
    items = (await crm.rep.get("/api/v1/records/order", params=query)).json()["items"]
    assert [item["note"] for item in items] == ["this one"]


@pytest.mark.parametrize(
    "query",
    [
        {"where": "nonsense >"},
        {"where": "colour == 'red'"},
        {"where": "__import__('os').system('true')"},
        {"where": "a" * 5_000},
        {"where": "total"},
        {"sort": "colour"},
        {"sort": "total; DROP TABLE e_order"},
        {"sort": "lines"},
        {"limit": "0"},
        {"limit": "201"},
        {"limit": "many"},
        {"limit": "-1"},
        {"after": "nonsense"},
        {"after": "eyJ4IjoxfQ"},
        {"page": "2"},
        {"WHERE": "total > 1"},
        [("limit", "1"), ("limit", "2")],
        [("where", "total > 1"), ("where", "total > 2")],
    ],
)
async def test_a_query_that_means_nothing_is_refused(quick, query):
    reply = await quick.rep.get("/api/v1/records/order", params=query)
    assert reply.status_code in (400, 422)
    assert reply.json()["problems"] or reply.json()["detail"]


@pytest.mark.parametrize("id_", ["0", "999", "-1", "1.0", "abc", "9" * 30, "%31%00", "１", "1e3", " 1"])
@pytest.mark.parametrize("address", ["{}", "{}/history", "{}/actions/submit"])
async def test_a_foreign_id_is_not_there(quick, id_, address):
    path = "/api/v1/records/order/" + address.format(id_)
    method = "POST" if "actions" in path else "GET"
    reply = await quick.rep.request(method, path, headers={"If-Match": '"1"'})
    assert reply.status_code == 404


async def test_what_somebody_may_not_see_answers_like_what_is_not_there(crm, site):
    id_, etag = await crm.draft()
    stranger = await site.api((await site.person("Emma", "rep")).user.id)
    path = f"/api/v1/records/order/{id_}"
    nothing = await stranger.get("/api/v1/records/order/999999")
    replies = [
        await stranger.get(path),
        await stranger.get(f"{path}/history"),
        await stranger.patch(path, json={"note": "x"}, headers={"If-Match": etag}),
        await stranger.delete(path, headers={"If-Match": etag}),
        await stranger.post(f"{path}/actions/submit", headers={"If-Match": etag}),
    ]
    for reply in replies:
        assert (reply.status_code, reply.json()["detail"]) == (404, nothing.json()["detail"])
    assert (await stranger.get("/api/v1/records/order")).json()["items"] == []


async def test_twenty_times_the_same_request_make_one_record(crm):
    """Fault 4."""
    headers = {"Idempotency-Key": "order-4711"}
    replies = await asyncio.gather(
        *(crm.rep.post("/api/v1/records/order", json=crm.order("5"), headers=headers) for _ in range(20))
    )
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.text for reply in replies}) == 1
    assert len((await crm.rep.get("/api/v1/records/order")).json()["items"]) == 1


async def test_twenty_times_the_same_submit_are_one_transition(crm):
    """Fault 4."""
    id_, etag = await crm.draft("25", discount_reason="They buy every month.")
    path = f"/api/v1/records/order/{id_}/actions/submit"
    headers = {"Idempotency-Key": "submit-4711", "If-Match": etag}
    replies = await asyncio.gather(*(crm.rep.post(path, headers=headers) for _ in range(20)))
    assert {reply.status_code for reply in replies} == {200}
    assert len({reply.text for reply in replies}) == 1
    assert len((await crm.manager.get("/api/v1/tasks")).json()["items"]) == 1


async def test_a_key_belongs_to_its_content_and_its_person(crm):
    headers = {"Idempotency-Key": "k"}
    first = await crm.rep.post("/api/v1/records/order", json=crm.order("5"), headers=headers)
    other = await crm.rep.post("/api/v1/records/order", json=crm.order("6"), headers=headers)
    assert (first.status_code, other.status_code) == (201, 409)
    account = {"name": "Somebody else's"}
    theirs = await crm.admin.post("/api/v1/records/account", json=account, headers=headers)
    assert theirs.status_code == 201


@pytest.mark.parametrize("key", ["", "a" * 201, "caf\u00e9"])
async def test_a_key_is_short_printable_text(quick, key):
    headers = [(b"Idempotency-Key", key.encode())]
    reply = await quick.rep.post("/api/v1/records/order", json=quick.order(), headers=headers)
    assert reply.status_code == 400


async def test_history_names_who_did_what(crm):
    id_, etag = await crm.draft()
    path = f"/api/v1/records/order/{id_}"
    await crm.rep.patch(path, json={"note": "Deliver in May."}, headers={"If-Match": etag})
    items = (await crm.rep.get(f"{path}/history")).json()["items"]
    assert [item["actor"]["name"] for item in items] == ["Li Wei", "Li Wei"]
    (change,) = items[0]["changes"]
    assert (change["field"], change["before"], change["after"]) == ("note", None, "Deliver in May.")


async def test_search_finds_a_part_of_a_name(crm):
    found = (await crm.rep.get("/api/v1/search", params={"q": "华信"})).json()["items"]
    assert [(hit["entity"], hit["id"]) for hit in found] == [("account", crm.account)]
    assert (await crm.rep.get("/api/v1/search")).status_code == 400
    assert (await crm.rep.get("/api/v1/search", params={"q": "a" * 300})).status_code == 400


async def test_an_entity_that_does_not_exist_is_not_there(crm):
    for path in ("records/invoice", "records/order.lines", "records/g_session", "schemas/invoice"):
        assert (await crm.rep.get(f"/api/v1/{path}")).status_code == 404
