"""A workspace with a small entity of its own, which tests change while it runs."""

import copy
from contextlib import asynccontextmanager
from typing import Any

from guanxi.cli.running import OPERATOR
from guanxi.clock import SystemClock
from guanxi.commands.actor import Actor
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.update_record import update_record
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.documents import put_over
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.releases.roll_back import plan_roll_back
from guanxi.commands.workspace import Workspace
from guanxi.definitions import Document
from guanxi.settings import from_environ

FIELDS = {
    "name": {"type": "text", "required": True},
    "size": {"type": "text"},
    "seats": {"type": "integer"},
    "kind": {"type": "select", "options": [{"name": "van"}, {"name": "bus"}]},
}
CAR: dict[str, Any] = {
    "kind": "entity",
    "name": "car",
    "label": {"en": "Car"},
    "title": "name",
    "fields": FIELDS,
}
ROLE: dict[str, Any] = {
    "kind": "role",
    "name": "driver",
    "label": {"en": "Driver"},
    "grants": {"car": [{"rows": "all", "can": ["read", "create", "update", "delete"]}]},
}
DRIVER = Actor(user_id=None, name="driver", channel="system", roles=frozenset({"driver"}))


class Shop:
    """The workspace, and how its definitions and records are changed."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.driver = DRIVER

    async def documents(self):
        return [
            Document(one.file, copy.deepcopy(one.data), one.pack)
            for one in (await self.workspace.live()).documents
        ]

    async def edited(self, change, kind="entity", name="car"):
        documents = await self.documents()
        change(next(one.data for one in documents if (one.kind, one.name) == (kind, name)))
        return documents

    async def plan(self, change, **where):
        return await plan_change(self.workspace, OPERATOR, await self.edited(change, **where))

    async def apply(self, change, *, accept=(), **where):
        return await apply_plan(
            self.workspace, OPERATOR, await self.plan(change, **where), accept=accept, note="edited"
        )

    async def put(self, *definitions):
        documents = put_over(
            await self.documents(), [Document(d["name"], copy.deepcopy(d)) for d in definitions]
        )
        return await apply_plan(
            self.workspace, OPERATOR, await plan_change(self.workspace, OPERATOR, documents)
        )

    async def without(self, *gone):
        documents = [one for one in await self.documents() if (one.kind, one.name) not in gone]
        return await apply_plan(
            self.workspace, OPERATOR, await plan_change(self.workspace, OPERATOR, documents)
        )

    async def back(self, digest="", accept=()):
        plan = await plan_roll_back(self.workspace, OPERATOR, digest)
        return await apply_plan(self.workspace, OPERATOR, plan, accept=accept)

    async def add(self, **values):
        return (await create_record(self.workspace, DRIVER, "car", values)).id

    async def change(self, id_, **values):
        view = await read_record(self.workspace, DRIVER, "car", id_)
        await update_record(self.workspace, DRIVER, "car", id_, values, version=view.version)

    async def remove(self, id_):
        view = await read_record(self.workspace, DRIVER, "car", id_)
        await delete_record(self.workspace, DRIVER, "car", id_, version=view.version)

    async def values(self, id_):
        return (await read_record(self.workspace, DRIVER, "car", id_)).values


def fields(**changes):
    """A change of the car: fields to put, or to remove with None."""

    def change(data):
        for name, field in changes.items():
            if field is None:
                del data["fields"][name]
            else:
                data["fields"][name] = field

    return change


@asynccontextmanager
async def open_workspace(url, folder):
    environ = {"GUANXI_DATABASE_URL": url, "GUANXI_HOME": str(folder)}
    workspace = await Workspace.open(from_environ(environ), SystemClock())
    try:
        yield workspace
    finally:
        await workspace.close()


@asynccontextmanager
async def open_shop(url, folder):
    async with open_workspace(url, folder) as workspace:
        shop = Shop(workspace)
        await shop.put(CAR, ROLE)
        yield shop
