"""Writing, ids of others, tasks, uniqueness and described shapes: no way around the rights."""

import itertools

import pytest

from tests.access.test_matrix import ENTITIES
from tests.access.world import ROLES, mark

PERSON = {"person": "1", "comment": "Look."}
BODIES = {
    "approve": {"comment": ""},
    "reject": {"comment": "No."},
    "answer": {"answer": "done"},
    "return": {"to": "submitter", "comment": "No."},
    "transfer": PERSON,
    "delegate": PERSON,
    "ask": PERSON,
    "reply": {"comment": "So."},
    "add": {**PERSON, "where": "after"},
    "remove": {"person": "1"},
    "assign": {"person": "1"},
    "move": {"to": "manager"},
    "copy": {"people": ["1"]},
    "comment": {"text": "Hm."},
    "absence": {"deputy": "1", "first_day": "2026-01-01", "last_day": "2026-01-02"},
}
NAMES = {"entity": "order", "name": "submit", "path": "account", "token": "none", "field": "total"}


async def test_only_writable_fields_are_written(world):
    """One record for each pattern of levels; a refused field is named, and nothing of it is stored."""
    wrong: list[object] = []
    tried = 0
    for viewer, entity in itertools.product(ROLES, ENTITIES):
        patterns = set()
        for id_ in world.records[entity]:
            fields = world.fields[entity]
            levels = {name: world.oracle.level(viewer, entity, id_, name) for name in fields}
            may = world.oracle.can(viewer, entity, id_, "update")
            if (may, tuple(levels.values())) in patterns:
                continue
            patterns.add((may, tuple(levels.values())))
            for name in fields:
                tried += 1
                reply = await world.clients[viewer].patch(
                    f"/api/v1/records/{entity}/{id_}", json={name: None}, headers={"If-Match": '"999"'}
                )
                expected = 404 if levels[name] is None else 403 if not may else 412
                if reply.status_code != expected or world.leaks(viewer, reply.text):
                    wrong.append((viewer, entity, id_, name, levels[name], reply.status_code))
                if expected == 412 and levels[name] != "write":
                    version = (await world.clients["root"].get(f"/api/v1/records/{entity}/{id_}")).headers
                    reply = await world.clients[viewer].patch(
                        f"/api/v1/records/{entity}/{id_}",
                        json={name: None},
                        headers={"If-Match": version["etag"]},
                    )
                    codes = {problem["code"] for problem in reply.json().get("problems", ())}
                    if reply.status_code != 422 or not codes & {"unknown_field", "read_only", "computed"}:
                        wrong.append((viewer, entity, id_, name, levels[name], reply.text))
    assert wrong == [], wrong[:6]
    assert tried > 200


async def test_what_is_hidden_everywhere_is_not_even_named(world):
    wrong: list[object] = []
    for viewer, entity in itertools.product(ROLES, ENTITIES):
        reply = await world.clients[viewer].get(f"/api/v1/schemas/{entity}")
        readable = any("read" in grant["can"] for grant in world.oracle.grants(viewer, entity))
        if reply.status_code != (200 if readable else 404):
            wrong.append((viewer, entity, reply.status_code))
            continue
        for name in world.fields[entity]:
            shown = name in reply.json().get("properties", ())
            if readable and shown != world.oracle.ever_shown(viewer, entity, name):
                wrong.append((viewer, entity, name, shown))
    assert wrong == [], wrong[:6]
    described = (await world.clients["rep"].get("/api/openapi.json")).text
    assert '"price"' in described
    assert '"cost"' not in described


async def test_a_taken_value_does_not_say_whose_it_is(world):
    for owner in ("rep", "boss", "chief"):
        code = mark("account", "code", owner)
        content = {"name": "Another", "code": code}
        reply = await world.clients["peer"].post("/api/v1/records/account", json=content)
        assert (reply.status_code, [p["field"] for p in reply.json()["problems"]]) == (422, ["/code"])
        assert world.leaks("peer", reply.text, said=[code]) == []


async def test_a_reference_to_what_is_not_to_be_seen_is_as_if_there_were_none(world):
    for owner in ("rep", "boss", "chief"):
        (id_,) = world.texts("account", "name").keys() & {
            i for i, r in world.records["account"].items() if r["owner"] == world.people[owner][0]
        }
        content = {"account": str(id_), "name": "Contact"}
        reply = await world.clients["peer"].post("/api/v1/records/contact", json=content)
        seen = world.oracle.sees("peer", "account", id_)
        assert reply.status_code == (201 if seen else 422), owner
        nothing = await world.clients["peer"].post(
            "/api/v1/records/contact", json=content | {"account": "987654"}
        )
        if not seen:
            assert reply.json() == nothing.json()


async def test_a_task_shows_what_deciding_needs_and_nothing_of_others(world):
    """The approver of another's order sees it by the task; whoever has no part in it sees no task."""
    mine = next(i for i, r in world.records["order"].items() if r["owner"] == world.people["rep"][0])
    chief = str(world.people["chief"][0])
    path = f"/api/v1/users/{world.people['rep'][0]}"
    version = {"If-Match": '"1"'}
    changed = await world.clients["root"].patch(path, json={"manager": chief}, headers=version)
    assert changed.status_code == 200, changed.text
    await world.clients["rep"].post(f"/api/v1/records/order/{mine}/actions/submit", json={})
    (task,) = (await world.clients["chief"].get("/api/v1/tasks")).json()["items"]
    for viewer in ROLES:
        reply = await world.clients[viewer].get(f"/api/v1/tasks/{task['id']}")
        page = await world.browsers[viewer].get(f"/inbox/{task['id']}")
        expected = 200 if viewer in ("rep", "chief", "root") else 404
        assert (viewer, reply.status_code, page.status_code) == (viewer, expected, expected)
        if viewer != "chief":
            assert world.leaks(viewer, reply.text + page.text) == []
        for box in ("waiting", "sent", "done", "cc", "held"):
            listed = await world.clients[viewer].get("/api/v1/tasks", params={"box": box})
            assert world.leaks(viewer, listed.text) == []


def doors(app):
    """Every route that takes an id, with its methods."""
    for route in app.routes:
        inner = getattr(route, "routes", None)
        for one in inner or [route]:
            path = f"{route.path}{one.path}" if inner else getattr(one, "path", "")
            if "{id}" in path:
                yield path, sorted(getattr(one, "methods", None) or ())


@pytest.mark.parametrize("viewer", ["peer", "nobody"])
async def test_an_id_of_others_is_as_if_it_were_not_there(world, viewer):
    """The same answer for what is there and not to be seen as for what is not there at all."""
    foreign = next(i for i, r in world.records["order"].items() if r["owner"] == world.people["chief"][0])
    await world.clients["chief"].post(f"/api/v1/records/order/{foreign}/actions/submit", json={})
    (task,) = (await world.clients["root"].get("/api/v1/tasks", params={"box": "held"})).json()["items"]
    paths = list(doors(world.site.app))
    assert len(paths) > 10
    wrong: list[object] = []
    for path, methods in paths:
        api = path.startswith("/api/")
        client = world.clients[viewer] if api else world.browsers[viewer]
        people = "/users/" in path or "/people/" in path
        id_ = task["id"] if "/tasks/" in path or "/inbox/" in path else foreign
        id_ = world.people["chief"][0] if people else id_
        id_ = task["instance"] if "/instances/" in path else id_
        for method in set(methods) - {"HEAD", "OPTIONS"}:
            replies = []
            for one in (id_, 987654321):
                address = path.replace("{id}", str(one))
                for name, value in NAMES.items():
                    address = address.replace(f"{{{name}}}", value)
                content = BODIES.get(path.rpartition("/")[2], {} if api else {"_key": "k"})
                body = {"json": content} if api else {"data": content}
                more = {} if method == "GET" else body
                headers = {"If-Match": '"1"'} if api else {}
                replies.append(await client.request(method, address, headers=headers, **more))
            there, absent = (reply.status_code for reply in replies)
            # Administrators' pages are barred as a whole; a reloaded preview leads back to the form, what
            # was told to another stays unread.
            leads_back = (method == "GET" and "/preview" in path) or "/notifications/" in path
            barred = (403, 404) if people or "/work/" in path else (303,) if leads_back else (404,)
            if there != absent or there not in barred or world.leaks(viewer, replies[0].text):
                wrong.append((method, path, there, absent))
    assert wrong == [], wrong
