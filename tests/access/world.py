"""A small workspace: two teams in a tree, six people, records of each; every text in them is unique."""

import re
from typing import Any

from guanxi.storage.credentials import set_password
from tests.access.oracle import Oracle
from tests.web.site import hash_of_password

ROLES = {
    "rep": ("rep", "East"),
    "peer": ("rep", "East"),
    "boss": ("manager", "North"),
    "chief": ("director", None),
    "root": ("admin", None),
    "nobody": (None, "East"),
}
OWNERS = ("rep", "peer", "boss", "chief", "root")
MARK = re.compile(r"zz[a-z]{3}q[a-z]{1,6}q[a-z]{1,4}zz")
"""How a value of the world looks: entity, field and owner, so that a leak names itself."""


def mark(entity, field, owner):
    """A text that occurs nowhere else."""
    return f"zz{entity[:3]}q{field.replace('_', '')[:6]}q{owner[:4]}zz"


class World:
    """The people with their clients and browsers, the records, and the oracle over them."""

    def __init__(self, site):
        self.site = site
        self.people, self.clients, self.browsers = {}, {}, {}
        self.records: dict[str, dict[int, dict[str, Any]]] = {
            name: {} for name in ("team", "user", "account", "contact", "product", "order", "activity")
        }
        self.marks = {}

    async def made(self, entity, owner, content):
        """Create a record as the administrator; what is text in it is marked."""
        texts = {
            name: mark(entity, name, owner)
            for name, field in self.fields[entity].items()
            if field["type"] in ("text", "longText") and name not in content
        }
        reply = await self.clients["root"].post(f"/api/v1/records/{entity}", json=texts | content)
        assert reply.status_code == 201, (entity, reply.text)
        return self.keep(entity, reply.json())

    def keep(self, entity, record):
        id_ = int(record["id"])
        owner = record.get("owner")
        values = {**record, "owner": int(owner["id"]) if owner else None}
        values["created_by"] = int(record["created_by"]["id"]) if record["created_by"] else None
        self.records[entity][id_] = values
        for name, value in record.items():
            if name in self.fields[entity] and isinstance(value, str) and MARK.fullmatch(value):
                self.marks[value] = (entity, id_, name)
        return str(id_)

    async def fill(self):
        self.fields = {n: d["fields"] for n, d in Oracle({}, {}, {}).entities.items()}
        root = await self.site.person("root", "admin")
        self.clients["root"] = await self.site.api(root.user.id)
        north = await self.made("team", "north", {"name": mark("team", "name", "north")})
        east = await self.made("team", "east", {"parent_team": north})
        teams = {"North": int(north), "East": int(east), None: None}
        self.above = {int(east): int(north)}
        for name, (role, team) in ROLES.items():
            id_ = root.user.id
            if name != "root":
                added = await self.site.person(name, *([role] if role else []), team=teams[team])
                id_ = added.user.id
                self.clients[name] = await self.site.api(id_)
            self.people[name] = (id_, role, teams[team])
            async with self.site.workspace.database.transaction() as session:
                await set_password(session, id_, hash_of_password(), self.site.clock.now())
            self.browsers[name] = await self.site.browser(name)
            self.keep("user", (await self.clients["root"].get(f"/api/v1/records/user/{id_}")).json())
        price = {"amount": "100", "currency": "CNY"}
        product = await self.made("product", "root", {"price": price, "cost": "71625.34"})
        for name in OWNERS:
            await self._records_of(name, str(self.people[name][0]), product)
        self.oracle = Oracle(self.people, self.above, self.records)
        return self

    async def _records_of(self, name, owner, product):
        several = {"interests": [product], "channels": ["email"]} if name != "boss" else {}
        account = await self.made("account", name, {"owner": owner, **several})
        contact = await self.made("contact", name, {"owner": owner, "account": account})
        lines = [{"product": product, "discount": "15"}]
        order = await self.made("order", name, {"owner": owner, "account": account, "lines": lines})
        above = {"account": account, "contact": contact, "order": order}
        await self.made("activity", name, {"owner": owner, **above})

    def leaks(self, viewer, text, said=()):
        """Marks in a text that the viewer may not read where they stand; `said` were sent by the viewer."""
        found = set(MARK.findall(text)) - set(said)
        unknown = found - self.marks.keys()
        assert not unknown, unknown
        return sorted(m for m in found if not self.oracle.clear(viewer, *self.marks[m]))

    def texts(self, entity, field):
        """id -> mark of a field."""
        return {i: m for m, (name, i, f) in self.marks.items() if (name, f) == (entity, field)}
