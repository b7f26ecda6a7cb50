"""Real orders of a real sample, from the first request to the sealed audit, all through the API."""

import asyncio
import time
from collections import Counter
from decimal import Decimal

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.upkeep.verify_audit import verify_audit
from tests.acceptance import northwind
from tests.web.site import open_site

pytestmark = pytest.mark.slow
AT_ONCE = 8


async def all_of(work, items):
    """Run `work` on all items, a few at a time, in order of the items."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(item):
        async with gate:
            return await work(item)

    return await asyncio.gather(*(one(item) for item in items))


async def done(client, method, path, expected, **more):
    reply = await client.request(method, path, **more)
    assert reply.status_code == expected, f"{method} {path}: {reply.status_code} {reply.text}"
    return reply


class Load:
    """The sample in a workspace: who is who, and what became of each order."""

    def __init__(self, site, data):
        self.site, self.data = site, data
        self.people, self.clients = {}, {}
        self.accounts, self.products, self.orders = {}, {}, {}

    async def everybody(self):
        admin = await self.site.person("Admin", "admin")
        self.admin = await self.site.api(admin.user.id)
        team = (await done(self.admin, "POST", "/api/v1/records/team", 201, json={"name": "Sales"})).json()
        self.team = team["id"]
        more = {northwind.FULLER: ["manager", "director"], "5": ["manager"]}
        waiting = list(self.data.employees)
        while waiting:
            row = next(r for r in waiting if not r["reports_to"] or r["reports_to"] in self.people)
            waiting.remove(row)
            id_ = row["employee_id"]
            self.people[id_] = await self.add_person(
                f"{row['first_name']} {row['last_name']}",
                ["rep", *more.get(id_, ())],
                self.people.get(row["reports_to"]),
            )
            self.clients[id_] = await self.site.api(int(self.people[id_]))

    async def add_person(self, name, roles, manager):
        email = f"{name.lower().replace(' ', '.')}@northwind.example"
        content = {"name": name, "email": email, "roles": roles, "team": self.team, "manager": manager}
        return (await done(self.admin, "POST", "/api/v1/users", 201, json=content)).json()["id"]

    async def everything(self):
        async def customer(row):
            names = {"company_name": "name", "customer_id": "code", "postal_code": "postal_code"}
            content = {to: row[name] for name, to in names.items() if row[name]}
            content |= {k: row[k] for k in ("address", "city", "region", "country", "phone") if row[k]}
            content |= {"currency": "USD", "owner": self.people[northwind.FULLER]}
            made = await done(self.admin, "POST", "/api/v1/records/account", 201, json=content)
            self.accounts[row["customer_id"]] = made.json()["id"]

        async def product(row):
            price = {"amount": northwind.plain(northwind.rounded(row["unit_price"])), "currency": "USD"}
            content = {"code": row["product_id"], "name": row["product_name"], "currency": "USD"}
            made = await done(
                self.admin, "POST", "/api/v1/records/product", 201, json=content | {"price": price}
            )
            self.products[row["product_id"]] = made.json()["id"]

        await all_of(customer, self.data.customers)
        await all_of(product, self.data.products)
        await all_of(self.draft, self.data.orders)

    async def draft(self, order):
        lines = [
            {
                "product": self.products[line.product],
                "quantity": northwind.plain(line.quantity),
                "price": {"amount": northwind.plain(line.price), "currency": "USD"},
                "discount": northwind.plain(line.discount),
            }
            for line in order.lines
        ]
        content = {"account": self.accounts[order.customer], "ordered_on": order.day, "lines": lines}
        if order.discount > 10:
            content["discount_reason"] = "As agreed with the customer."
        client = self.clients[order.employee]
        made = await done(client, "POST", "/api/v1/records/order", 201, json=content)
        self.orders[order.number] = made.json()["id"]
        assert made.json()["total"] == {"amount": f"{order.total:.2f}", "currency": "USD"}, order
        assert len(made.json()["lines"]) == len(order.lines)

    async def submit(self, order):
        path = f"/api/v1/records/order/{self.orders[order.number]}/actions/submit"
        reply = await done(self.clients[order.employee], "POST", path, 200, headers={"If-Match": '"1"'})
        return reply.json()["record"]["status"]

    async def status_of(self, order):
        path = f"/api/v1/records/order/{self.orders[order.number]}"
        return (await done(self.clients[order.employee], "GET", path, 200)).json()

    async def tasks(self, client, box="waiting"):
        items, after = [], None
        while True:
            query = {"box": box, "limit": "200"} | ({"after": after} if after else {})
            page = (await done(client, "GET", "/api/v1/tasks", 200, params=query)).json()
            items += page["items"]
            after = page["next"]
            if after is None:
                return items

    async def decide_all(self):
        """Every task of everybody, until nobody has one; returns how many each person decided."""
        decided: Counter[str] = Counter()
        rounds = 0
        while True:
            rounds += 1
            found = [(who, task) for who, c in self.clients.items() for task in await self.tasks(c)]
            if not found:
                return decided
            assert rounds < 10, "the inbox never empties"
            # In two directors' inboxes is one and the same task: the first of them has it.
            once = {task["id"]: (who, task) for who, task in reversed(found)}

            async def decide(pair):
                who, task = pair
                await done(self.clients[who], "POST", f"/api/v1/tasks/{task['id']}/approve", 200)
                decided[who] += 1

            await all_of(decide, once.values())


async def test_northwind(database_url, tmp_path, capsys):
    data = northwind.read()
    sizes = [len(rows) for rows in (data.customers, data.employees, data.products, data.orders)]
    assert sizes == [91, 9, 77, 830]
    assert sum(len(order.lines) for order in data.orders) == 2155
    assert len(data.differences) == 869
    over10 = [order for order in data.orders if order.discount > 10]
    over20 = {order.number for order in data.orders if order.discount > 20}
    fullers = [order for order in over10 if order.employee == northwind.FULLER]
    assert (len(over10), len(over20), len(fullers)) == (220, 72, 20)
    start = time.monotonic()
    async with open_site(database_url, tmp_path) as site:
        load = Load(site, data)
        await load.everybody()
        await load.everything()
        loaded = time.monotonic()
        states = Counter(await all_of(load.submit, data.orders))
        assert states == {"waiting": 220, "approved": 610}
        submitted = time.monotonic()
        await held_orders_are_assigned(load, fullers)
        await some_are_rejected_and_come_again(load)
        decided = await load.decide_all()
        ended = time.monotonic()
        carried, of_director = await chains(load, over10)
        # Fuller is the manager of those who report to him, and the second director holds all of Fuller's own.
        both = [o for o in over10 if o.number in over20 and data.manager_of(o.employee) in (None, "2")]
        assert carried == {order.number for order in both}
        assert of_director == over20
        assert sum(decided.values()) == len(over10) + len(over20) - len(both)
        finals = await all_of(load.status_of, data.orders)
        assert Counter(record["status"] for record in finals) == {"approved": 830}
        for order, record in zip(data.orders, finals, strict=True):
            assert Decimal(record["total"]["amount"]) == order.total
        checked = await verify_audit(site.workspace, OPERATOR)
        assert (checked.broken, checked.unsealed) == (None, 0)
        assert checked.sealed > 2 * 830
    with capsys.disabled():
        shown = ", ".join(f"{o}/{p}: {raw} -> {taken}" for o, p, raw, taken in data.differences[:3])
        print(f"\nNorthwind: {len(data.differences)} prices rounded ({shown}, ...)")
        print(
            f"Northwind: {loaded - start:.1f} s to load, {submitted - loaded:.1f} s to submit, "
            f"{ended - submitted:.1f} s to decide {dict(decided)}, {len(both)} carried over"
        )


async def held_orders_are_assigned(load, fullers):
    held = await load.tasks(load.admin, "held")
    ids = {load.orders[order.number] for order in fullers}
    assert len(held) == 20
    assert {task["record"]["id"] for task in held} == ids
    second = await load.add_person("Ada Second", ["rep", "director"], None)
    load.people["second"] = second
    load.clients["second"] = await load.site.api(int(second))
    for task in held:
        path = f"/api/v1/tasks/{task['id']}/assign"
        own = await load.admin.post(path, json={"person": load.people[northwind.FULLER]})
        assert own.status_code in (403, 422)
        await done(load.admin, "POST", path, 200, json={"person": second})
    assert await load.tasks(load.admin, "held") == []


async def some_are_rejected_and_come_again(load):
    """Three of Buchanan's tasks: back to draft with the reason, submitted again by the employees."""
    by_id = {load.orders[order.number]: order for order in load.data.orders}
    for task in (await load.tasks(load.clients["5"]))[:3]:
        order = by_id[task["record"]["id"]]
        path = f"/api/v1/tasks/{task['id']}/reject"
        await done(load.clients["5"], "POST", path, 200, json={"comment": "Say which contract."})
        record = await load.status_of(order)
        assert (record["status"], record["_actions"]) == ("draft", ["submit"])
        client = load.clients[order.employee]
        address = f"/api/v1/records/order/{record['id']}"
        match = {"If-Match": f'"{record["version"]}"'}
        changed = await done(client, "PATCH", address, 200, json={"note": "Contract 7."}, headers=match)
        match = {"If-Match": changed.headers["etag"]}
        again = await done(client, "POST", f"{address}/actions/submit", 200, headers=match)
        assert again.json()["record"]["status"] == "waiting"


async def chains(load, orders):
    """Of the waiting orders: where consent was carried over, and where a director was asked for."""
    by_id = {load.orders[order.number]: order.number for order in orders}
    carried, of_director = set(), set()
    for client in load.clients.values():
        for task in await load.tasks(client, "done"):
            whole = (await done(client, "GET", f"/api/v1/tasks/{task['id']}", 200)).json()
            number = by_id[task["record"]["id"]]
            for step in whole["card"]["chain"]:
                if step["name"] == "director_ok" and step["state"] in ("done", "carried"):
                    of_director.add(number)
                if step["state"] == "carried":
                    assert step["by"] is not None
                    carried.add(number)
    return carried, of_director
