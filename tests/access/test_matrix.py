"""Every person, record, field and channel: what is answered is what the role files say, and nothing more."""

import itertools

from guanxi.rules import access
from tests.access.world import ROLES

ENTITIES = ("team", "user", "account", "contact", "product", "order", "activity")
COLLECTIONS = ("lines", "references")
"""What a list leaves out."""
UNSORTED = (*COLLECTIONS, "multiSelect")
REFERENCES = {"contact": ["account"], "order": ["account"], "activity": ["account", "contact", "order"]}


async def reading_differs(world):
    """Where a record as the API reads or lists it is not what the oracle says."""
    wrong: list[object] = []
    for viewer, entity in itertools.product(ROLES, ENTITIES):
        client, oracle = world.clients[viewer], world.oracle
        listed = await client.get(f"/api/v1/records/{entity}", params={"limit": "200"})
        items = {int(i["id"]): i for i in listed.json().get("items", ())}
        if items.keys() != oracle.visible(viewer, entity):
            wrong.append((viewer, entity, "list", sorted(items)))
        for id_ in world.records[entity]:
            reply = await client.get(f"/api/v1/records/{entity}/{id_}")
            if (reply.status_code == 200) != oracle.sees(viewer, entity, id_):
                wrong.append((viewer, entity, id_, reply.status_code))
                continue
            if reply.status_code != 200:
                wrong += [(viewer, entity, id_, leak) for leak in world.leaks(viewer, reply.text)]
                continue
            for content in filter(None, (reply.json(), items.get(id_))):
                wrong += record_differs(world, viewer, entity, id_, content)
    return wrong


def record_differs(world, viewer, entity, id_, content):
    stored = world.records[entity][id_]
    for name, field in world.fields[entity].items():
        if field["type"] in COLLECTIONS and name not in content:
            continue
        level = world.oracle.level(viewer, entity, id_, name)
        seen = ("_masked" in content and name in content["_masked"], name in content)
        if seen != (level == "masked", level != "hidden"):
            yield (viewer, entity, id_, name, level, seen)
        elif level == "masked" and content[name] not in (None, []):
            yield (viewer, entity, id_, name, "masked, but there")
        elif level in ("read", "write") and not same(field, content[name], stored[name]):
            yield (viewer, entity, id_, name, "not what is stored")


def same(field, seen, stored):
    """A reference may be without its title; which one it is stays the same."""
    if field["type"] == "reference" and stored is not None:
        return seen is not None and seen["id"] == str(stored["id"] if isinstance(stored, dict) else stored)
    return seen == stored


async def test_reading_and_listing(world):
    assert await reading_differs(world) == []


async def test_a_seeded_leak_is_noticed(world, monkeypatch):
    honest = access.level_in
    monkeypatch.setattr(
        access, "level_in", lambda grant, field: "read" if field == "phone" else honest(grant, field)
    )
    wrong = await reading_differs(world)
    assert {(row[1], row[3]) for row in wrong} >= {("account", "phone"), ("contact", "phone")}


async def asked(client, entity, **params):
    reply = await client.get(f"/api/v1/records/{entity}", params={"limit": "200", **params})
    items = {int(item["id"]) for item in reply.json().get("items", ())}
    return reply, items


async def test_conditions_find_only_what_may_be_read(world):
    wrong: list[object] = []
    for viewer, entity in itertools.product(ROLES, ENTITIES):
        for name in world.fields[entity]:
            if world.fields[entity][name]["type"] == "lines":
                continue
            clear = {
                id_
                for id_ in world.records[entity]
                if world.oracle.clear(viewer, entity, id_, name)
                and world.records[entity][id_][name] not in (None, [])
            }
            several = world.fields[entity][name]["type"] == "references"
            there = f"count({name}) > 0" if several else f"not missing({name})"
            reply, found = await asked(world.clients[viewer], entity, where=there)
            if found != clear or world.leaks(viewer, reply.text):
                wrong.append((viewer, entity, name, "missing", reply.status_code, sorted(found ^ clear)))
            texts = world.texts(entity, name)
            if texts:
                where = f"{name} in {list(texts.values())}"
                _, found = await asked(world.clients[viewer], entity, where=where)
                if found != (texts.keys() & clear):
                    wrong.append((viewer, entity, name, sorted(found)))
    assert wrong == [], wrong[:6]


async def test_conditions_behind_references_find_only_what_may_be_read(world):
    wrong: list[object] = []
    for viewer, (entity, names) in itertools.product(ROLES, REFERENCES.items()):
        for reference in names:
            for name in world.fields[reference]:
                texts = world.texts(reference, name)
                if not texts:
                    continue
                path = f"{reference}.{name}"
                where = f"{path} in {list(texts.values())}"
                reply, found = await asked(world.clients[viewer], entity, where=where)
                clear = {str(id_) for id_ in texts if world.oracle.clear(viewer, reference, id_, name)}
                expected = {
                    holder
                    for holder, record in world.records[entity].items()
                    if record[reference]["id"] in clear
                    and world.oracle.clear(viewer, entity, holder, reference)
                }
                if found != expected:
                    wrong.append((viewer, entity, path, reply.status_code, sorted(found ^ expected)))
    assert wrong == [], wrong[:6]


async def test_nothing_is_sorted_by_what_may_not_be_read(world):
    wrong: list[object] = []
    for viewer, entity in itertools.product(ROLES, ENTITIES):
        visible = world.oracle.visible(viewer, entity)
        for name, field in world.fields[entity].items():
            reply, found = await asked(world.clients[viewer], entity, sort=f"-{name}")
            clear = all(world.oracle.clear(viewer, entity, id_, name) for id_ in visible)
            if field["type"] in UNSORTED or not visible or not clear:
                ok = reply.status_code != 200 or not visible
            else:
                ok = found == visible
            if not ok:
                wrong.append((viewer, entity, name, reply.status_code))
    assert wrong == [], wrong[:6]


async def test_searches_and_look_ups_find_only_what_may_be_read(world):
    wrong: list[object] = []
    for viewer, (text, (entity, id_, name)) in itertools.product(ROLES, world.marks.items()):
        searched = name in world.oracle.entities[entity].get("search", ())
        expected = (
            {(entity, str(id_))} if searched and world.oracle.clear(viewer, entity, id_, name) else set()
        )
        reply = await world.clients[viewer].get("/api/v1/search", params={"q": text})
        found = {(hit["entity"], hit["id"]) for hit in reply.json()["items"]}
        if found != expected or world.leaks(viewer, reply.text):
            wrong.append((viewer, text, sorted(found ^ expected)))
        if entity in ("account", "contact"):
            offered = await world.browsers[viewer].get(f"/look-up/activity/{entity}", params={"q": text})
            there = f'value="{id_}"' in offered.text or f'data-value="{id_}"' in offered.text
            if there != bool(expected) or world.leaks(viewer, offered.text, said=[text]):
                wrong.append((viewer, "look-up", text, offered.status_code))
    assert wrong == [], wrong[:6]


async def test_pages_and_histories_show_only_what_may_be_read(world):
    wrong: list[object] = []
    shown = 0
    for viewer, entity in itertools.product(ROLES, ENTITIES):
        api, browser = world.clients[viewer], world.browsers[viewer]
        texts = [(await browser.get(f"/records/{entity}")).text]
        for id_ in world.records[entity]:
            page = await browser.get(f"/records/{entity}/{id_}")
            history = await api.get(f"/api/v1/records/{entity}/{id_}/history")
            expected = 200 if world.oracle.sees(viewer, entity, id_) else 404
            if (page.status_code, history.status_code) != (expected, expected):
                wrong.append((viewer, entity, id_, page.status_code, history.status_code))
            form = await browser.get(f"/records/{entity}/{id_}/edit")
            if form.status_code == 200 and not world.oracle.can(viewer, entity, id_, "update"):
                wrong.append((viewer, entity, id_, "form"))
            texts += [page.text, history.text, form.text]
        shown += sum("zz" in text for text in texts)
        wrong += [(viewer, entity, leak) for text in texts for leak in world.leaks(viewer, text)]
    assert wrong == [], wrong[:6]
    assert shown > 100
