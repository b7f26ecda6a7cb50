"""The sample data: told as a story of the last weeks, and carried out by its people through the commands."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from guanxi import resources
from guanxi.cli.sample_people import Actors, add_people
from guanxi.cli.story import StoryClock
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.tasks.decide_task import decide_task
from guanxi.commands.tasks.list_tasks import list_tasks
from guanxi.commands.workspace import Workspace

BEFORE = 30
"""Days before today on which everything is there but orders and activities."""

Happening = tuple[datetime, Callable[[], Awaitable[None]]]


def read_sample(name: str) -> Any:
    """One file of the sample data."""
    return json.loads((resources.folder("seeds") / "demo" / f"{name}.json").read_text("utf-8"))


@dataclass(slots=True)
class Sample:
    """The story on its way: who acts, and the ids of what was made so far, by key."""

    workspace: Workspace
    clock: StoryClock
    actors: Actors = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)

    async def tell(self) -> None:
        """Make everything."""
        self.clock.go_to(self.clock.at(BEFORE))
        self.actors = await add_people(self.workspace, read_sample("people"))
        await self._basics()
        for number, order in enumerate(read_sample("orders")["orders"]):
            self._plan_order(number, order)
        for number, activity in enumerate(read_sample("activities")["activities"]):
            moment = self.clock.at(activity["daysAgo"], minutes=number * 53 % 420)
            self.happenings.append((moment, partial(self._add_activity, activity)))
        for moment, happen in sorted(self.happenings, key=lambda happening: happening[0]):
            self.clock.go_to(moment)
            await happen()

    async def _basics(self) -> None:
        for product in read_sample("products")["products"]:
            await self._create("lin.tao", "product", product)
        for account in read_sample("accounts")["accounts"]:
            payload = {name: value for name, value in account.items() if name != "owner"}
            await self._create(account["owner"], "account", payload)
        owners = {account["key"]: account["owner"] for account in read_sample("accounts")["accounts"]}
        for contact in read_sample("contacts")["contacts"]:
            await self._create(owners[contact["account"]], "contact", contact)

    async def _create(self, by: str, entity: str, told: Mapping[str, Any]) -> int:
        payload = {name: value for name, value in told.items() if name != "key"}
        for name in ("account", "parent_account"):
            if name in payload:
                payload[name] = str(self.ids[payload[name]])
        if "interests" in payload:
            payload["interests"] = [str(self.ids[product]) for product in payload["interests"]]
        view = await create_record(self.workspace, self.actors[by], entity, payload)
        if "key" in told:
            self.ids[told["key"]] = view.id
        return view.id

    def _plan_order(self, number: int, told: Mapping[str, Any]) -> None:
        key, days, minutes = f"order {number}", told["daysAgo"], number * 37 % 240
        steps: list[tuple[float, Callable[[], Awaitable[None]]]] = [(0, partial(self._add_order, key, told))]
        steps += [
            (0.5 + step.get("hoursLater", 0), partial(self._take_step, key, told, step))
            for step in told["steps"]
        ]
        self.happenings += [(self.clock.at(days, hours, minutes=minutes), happen) for hours, happen in steps]

    async def _add_order(self, key: str, told: Mapping[str, Any]) -> None:
        day = self.clock.now().astimezone(self.workspace.settings.timezone).date()
        payload: dict[str, Any] = {
            "key": key,
            "account": told["account"],
            "ordered_on": day.isoformat(),
            "lines": [{**line, "product": str(self.ids[line["product"]])} for line in told["lines"]],
        }
        payload |= {name: told[name] for name in ("discount_reason", "note") if name in told}
        await self._create(told["by"], "order", payload)

    async def _take_step(self, key: str, told: Mapping[str, Any], step: Mapping[str, Any]) -> None:
        order = self.ids[key]
        if step["do"] in ("approve", "reject"):
            await self._decide(order, step)
            return
        actor = self.actors[told["by"]]
        version = (await read_record(self.workspace, actor, "order", order)).version
        await perform_action(self.workspace, actor, "order", order, step["do"], version=version, payload={})

    async def _decide(self, order: int, step: Mapping[str, Any]) -> None:
        actor = self.actors[step["by"]]
        page = await list_tasks(self.workspace, actor, "waiting", 100, None)
        task = next(task for task in page.items if task.record_id == order)
        await decide_task(self.workspace, actor, task.id, step["do"], step["comment"])

    async def _add_activity(self, told: Mapping[str, Any]) -> None:
        moment = self.clock.start - timedelta(days=told["daysAgo"])
        payload = {name: value for name, value in told.items() if name not in ("by", "daysAgo")}
        payload["happened_on"] = moment.replace(minute=0, second=0, microsecond=0).isoformat()
        await self._create(told["by"], "activity", payload)
