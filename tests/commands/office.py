"""People of two teams, a customer and a product, and commands in the name of each."""

from dataclasses import dataclass
from typing import Any

from guanxi.cli.running import OPERATOR
from guanxi.commands.actor import Actor
from guanxi.commands.people.create_token import create_token
from guanxi.commands.people.token_actor import token_actor
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.tasks.list_tasks import list_tasks


@dataclass
class Office:
    """A rep under a manager under a director, an administrator, and a rep of another team."""

    site: Any
    rep: Actor
    manager: Actor
    director: Actor
    admin: Actor
    other: Actor
    teams: dict[str, int]
    account: int = 0
    product: int = 0

    @property
    def workspace(self):
        return self.site.workspace

    def order(self, discount="0", **more):
        line = {"product": str(self.product), "quantity": "2", "discount": discount}
        reason = {"discount_reason": "They buy every month."} if float(discount) > 10 else {}
        return {"account": str(self.account), "lines": [line], **reason, **more}

    async def draft(self, discount="0", **more):
        return await create_record(self.workspace, self.rep, "order", self.order(discount, **more))

    async def submitted(self, discount):
        view = await self.draft(discount)
        result = await perform_action(
            self.workspace, self.rep, "order", view.id, "submit", version=view.version
        )
        return result.record

    async def task(self, actor, box="waiting"):
        (task,) = (await list_tasks(self.workspace, actor, box)).items
        return task


async def actor_of(site, id_):
    return await token_actor(site.workspace, await create_token(site.workspace, OPERATOR, id_, "test", 30))


async def open_office(site):
    admin = await actor_of(site, (await site.person("Lin Tao", "admin")).user.id)
    workspace = site.workspace
    teams: dict[str, int] = {}
    for name, above in (("North", None), ("North-East", "North"), ("South", None)):
        content = {"name": name} | ({"parent_team": str(teams[above])} if above else {})
        teams[name] = (await create_record(workspace, admin, "team", content)).id

    async def person(name, role, team, manager=None):
        added = await site.person(name, role, manager=manager and manager.user_id, team=teams[team])
        return await actor_of(site, added.user.id)

    director = await person("Chen Jing", "director", "North")
    manager = await person("Wang Fang", "manager", "North", director)
    rep = await person("Li Wei", "rep", "North-East", manager)
    other = await person("Sun Yu", "rep", "South")
    office = Office(site, rep, manager, director, admin, other, teams)
    price = {"amount": "100.00", "currency": "CNY"}
    product: dict[str, Any] = {"code": "P1", "name": "Printer", "price": price, "cost": "60"}
    office.product = (await create_record(workspace, admin, "product", product)).id
    office.account = (await create_record(workspace, rep, "account", {"name": "华信 Huaxin"})).id
    return office
