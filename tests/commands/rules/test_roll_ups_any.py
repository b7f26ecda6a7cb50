"""Whatever is created, changed, moved and deleted: roll-ups equal what computing them from all rows gives."""

import asyncio
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from tests.commands.rules.test_roll_ups import give

FIELDS = {
    "n": {"type": "integer", "formula": "count(orders)"},
    "sum_all": {"type": "money", "currency": "= currency", "formula": "sum(orders.total)"},
    "sum_ok": {
        "type": "money", "currency": "= currency",
        "formula": "sum(o.total for o in orders if o.status == 'approved')",
    },
    "first": {"type": "date", "formula": "min(orders.ordered_on)"},
    "some": {"type": "boolean", "formula": "any(o.largest_discount > 5 for o in orders)"},
    "mean": {"type": "money", "currency": "= currency", "formula": "avg(orders.total)"},
    "double": {"type": "decimal", "formula": "n * 2"},
}  # fmt: skip


def expected(orders):
    totals = [one["total"] for one in orders]
    approved = [one["total"] for one in orders if one["status"] == "approved"]
    return {
        "n": len(orders),
        "double": len(orders) * 2,
        "sum_all": sum(totals, Decimal(0)),
        "sum_ok": sum(approved, Decimal(0)),
        "first": min((one["ordered_on"] for one in orders), default=None),
        "some": any(one["largest_discount"] > 5 for one in orders),
        "mean": (sum(totals) / len(totals)).quantize(Decimal("0.01"), ROUND_HALF_UP) if totals else None,
    }


class Story:
    """Random changes of orders of three customers, one after the other or several at once."""

    def __init__(self, office, random):
        self.office, self.random = office, random
        self.accounts: list[int] = []
        self.orders: list[int] = []

    async def begin(self):
        live = await self.office.workspace.live()
        if "sum_ok" not in live.entities["account"].fields:
            await give(self.office, "account", FIELDS)
        for name in ("First", "Second", "Third"):
            made = await create_record(self.office.workspace, self.office.rep, "account", {"name": name})
            self.accounts.append(made.id)

    def content(self):
        lines = [
            {
                "product": str(self.office.product),
                "quantity": str(self.random.randint(1, 9)),
                "discount": str(self.random.choice((0, 3, 9))),
            }
            for _ in range(self.random.randint(1, 3))
        ]
        day = f"2026-01-{self.random.randint(10, 30)}"
        return {"account": str(self.random.choice(self.accounts)), "ordered_on": day, "lines": lines}

    async def create(self):
        made = await create_record(self.office.workspace, self.office.rep, "order", self.content())
        self.orders.append(made.id)

    async def read(self, id_):
        return await read_record(self.office.workspace, self.office.admin, "order", id_)

    async def change(self, id_):
        view = await self.read(id_)
        if view.values["status"] != "draft":
            return
        workspace, content = self.office.workspace, self.content()
        await update_record(workspace, self.office.rep, "order", id_, content, version=view.version)

    async def submit(self, id_):
        if (await self.read(id_)).values["status"] == "draft":
            await perform_action(self.office.workspace, self.office.rep, "order", id_, "submit")

    async def delete(self, id_):
        view = await self.read(id_)
        if view.values["status"] == "draft":
            await delete_record(self.office.workspace, self.office.admin, "order", id_, version=view.version)
            self.orders.remove(id_)

    def act(self, id_):
        return self.random.choice((self.change, self.change, self.submit, self.delete))(id_)

    async def agree(self):
        orders = [(await self.read(id_)).values for id_ in self.orders]
        for account in self.accounts:
            view = await read_record(self.office.workspace, self.office.admin, "account", account)
            own = [one for one in orders if one["account"] == account]
            assert {name: view.values[name] for name in FIELDS} == expected(own)


few = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@few
@given(chance=st.randoms(use_true_random=False))
async def test_after_any_story_they_are_as_computed_from_all(office, chance):
    story = Story(office, chance)
    await story.begin()
    for _ in range(15):
        if len(story.orders) < 4 or story.random.random() < 0.3:
            await story.create()
        else:
            await story.act(story.random.choice(story.orders))
        await story.agree()


@few
@given(chance=st.randoms(use_true_random=False))
async def test_after_a_story_of_many_at_once_too(office, chance):
    story = Story(office, chance)
    await story.begin()
    for _ in range(8):
        await story.create()
    for _ in range(3):
        chosen = story.random.sample(story.orders, min(5, len(story.orders)))
        await asyncio.gather(*(story.act(id_) for id_ in chosen), *(story.create() for _ in range(4)))
        await story.agree()
