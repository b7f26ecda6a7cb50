"""A few people and records on a site, and the API as each of them."""

from dataclasses import dataclass

import httpx


@dataclass
class Crm:
    """A rep with a manager above and a director above both; a customer and a product."""

    rep: httpx.AsyncClient
    manager: httpx.AsyncClient
    director: httpx.AsyncClient
    admin: httpx.AsyncClient
    ids: dict
    account: str = ""
    product: str = ""

    def order(self, discount="0", **more):
        line = {"product": self.product, "quantity": "2", "discount": discount}
        return {"account": self.account, "lines": [line], **more}

    async def draft(self, discount="0", **more):
        """An order by the rep; returns id and ETag."""
        reply = await self.rep.post("/api/v1/records/order", json=self.order(discount, **more))
        assert reply.status_code == 201, reply.text
        return reply.json()["id"], reply.headers["etag"]

    async def submitted(self, discount):
        """An order that the rep has submitted; returns its id."""
        reason = {"discount_reason": "They buy every month."} if float(discount) > 10 else {}
        id_, etag = await self.draft(discount, **reason)
        reply = await self.rep.post(f"/api/v1/records/order/{id_}/actions/submit", headers={"If-Match": etag})
        assert reply.status_code == 200, reply.text
        return id_


async def make_crm(site):
    director = (await site.person("Chen Jing", "director")).user.id
    manager = (await site.person("Wang Fang", "manager", manager=director)).user.id
    rep = (await site.person("Li Wei", "rep", manager=manager)).user.id
    admin = (await site.person("Lin Tao", "admin")).user.id
    ids = {"rep": rep, "manager": manager, "director": director, "admin": admin}
    crm = Crm(**{name: await site.api(id_) for name, id_ in ids.items()}, ids=ids)
    account = await crm.rep.post("/api/v1/records/account", json={"name": "华信 Huaxin"})
    price = {"amount": "100.00", "currency": "CNY"}
    product = await crm.admin.post(
        "/api/v1/records/product", json={"code": "P1", "name": "Printer", "price": price, "cost": "60"}
    )
    crm.account, crm.product = account.json()["id"], product.json()["id"]
    return crm
