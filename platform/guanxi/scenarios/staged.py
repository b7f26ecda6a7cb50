"""A scenario in a workspace: everything goes through the public commands and is in the database."""

import contextlib
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from guanxi.clock import FixedClock
from guanxi.commands.actor import SYSTEM
from guanxi.commands.approvals.read_instance import read_instance
from guanxi.commands.audit import emit
from guanxi.commands.events.consume_events import consume_events
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.read_record import read_record
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.initialise import initialise
from guanxi.commands.releases.planning import plan_change
from guanxi.commands.timers.tick import tick
from guanxi.commands.upkeep.seal_audit import seal_audit
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions import Document
from guanxi.errors import N_, Invalid, NotFound, Unauthenticated
from guanxi.scenarios.doing import DEEDS, Deed, edit
from guanxi.scenarios.names import Names
from guanxi.scenarios.script import Scenario
from guanxi.scenarios.seeing import look, task_of
from guanxi.scenarios.staff import Staff
from guanxi.scenarios.watching import Watch, as_json
from guanxi.settings import from_environ
from guanxi.storage.instance_list import task_by_key
from guanxi.storage.notifications import notifications_of
from guanxi.web.api.record_json import record_json
from guanxi.worker.registry import CONSUMERS, TIMERS

INSTANT, NO_TIME = timedelta(microseconds=1), timedelta(0)
NO_TASK = N_("There is no task “{task}”.")


class StagedWorld:
    """See `guanxi.scenarios.World`."""

    def __init__(self, scenario: Scenario, workspace: Workspace, clock: FixedClock) -> None:
        self.scenario, self.workspace, self.clock = scenario, workspace, clock
        self.names = Names()
        self.staff = Staff(workspace, self.names, scenario.people)
        self.watch = Watch(workspace)
        self.entities = {name: one["entity"] for name, one in scenario.records.items()}
        self.told: dict[int, int] = {}
        """The newest message that each person had before the step."""

    async def begin(self) -> None:
        """Make the people and records with which the scenario begins."""
        await self.staff.hire()
        catalog = await self.workspace.live()
        for name, told in self.scenario.records.items():
            actor = await (self.staff.actor(told["by"]) if "by" in told else self.staff.administrator())
            values = self.names.with_ids(catalog.entities[told["entity"]], told["values"])
            view = await create_record(self.workspace, actor, told["entity"], values)
            self.names.add(told["entity"], name, view.id)

    async def pass_time(self, until: datetime, *, before: bool) -> None:
        """See `World`."""
        due = until - INSTANT if before else until
        self.clock.advance(max(due - self.clock.now(), NO_TIME))
        await tick(self.workspace, TIMERS, due)
        self.clock.advance(until - self.clock.now())
        await seal_audit(self.workspace)
        await consume_events(self.workspace, CONSUMERS)
        await self.watch.look()

    async def change_people(self, people: Mapping[str, Any], roles: Mapping[str, Any]) -> None:
        """See `World`."""
        self.watch.forget()
        self.told = await self._newest()
        await self.staff.change(people, roles)

    async def publish(self, documents: Collection[Document]) -> None:
        """See `World`."""
        live = (await self.workspace.live()).documents
        replaced = {(one.kind, one.name) for one in documents}
        kept = [one for one in live if (one.kind, one.name) not in replaced]
        plan = await plan_change(self.workspace, SYSTEM, [*kept, *documents])
        await apply_plan(self.workspace, SYSTEM, plan)

    async def change_related(self, path: str, value: Any) -> None:
        """See `World`."""
        head, _, name = path.partition(".")
        admin = await self.staff.administrator()
        about = self.scenario.about
        entity = self.entities[about]
        view = await read_record(self.workspace, admin, entity, self.names.id_of(entity, about))
        field = view.entity.fields[head]
        deed = Deed(self.workspace, self.names, admin, field.to or "", view.values[head], {}, {name: value})
        await edit(deed)

    async def act(self, do: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """See `World`."""
        if do["type"] == "tick":
            return  # the worker looks again after every step
        if do["type"] == "event":
            await self._emit(do)
            return
        actor = await self.staff.actor(do["by"])
        about = do.get("record", self.scenario.about)
        entity = self.entities.get(about, "")
        if do["type"] == "create":
            self.entities[do["record"]] = do["entity"]
        record = self.names.id_of(entity, about) if entity else 0
        task = await self._task(do["task"]) if "task" in do else 0
        if do["type"] == "remove":
            task = await self._task(do["step"])
        who = self.names.id_of("user", do["who"]) if "who" in do else 0
        instance = self.watch.id_of_record(entity, record)
        deed = Deed(self.workspace, self.names, actor, entity, record, do, values, task, who, instance or 0)
        if values and do["type"] not in ("edit", "decide"):
            await edit(deed)
        await DEEDS[do["type"]](deed)

    async def see(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        """See `World`."""
        about = self.scenario.about
        entity = self.entities.get(about, "")
        main = self.watch.of_record(entity, self.names.id_of(entity, about)) if entity else None
        found = look(wanted, main, list(self.watch.seen.values()), self.names.people())
        if "record" in wanted:
            found["record"] = await self._values(about, wanted["record"])
        if "records" in wanted:
            found["records"] = {
                name: await self._values(name, one) for name, one in wanted["records"].items()
            }
        if "visible" in wanted:
            record = self.names.id_of(entity, about)
            found["visible"] = await self._lookers(self.watch.id_of_record(entity, record))
        if "messages" in wanted:
            found["messages"] = await self._messages(wanted["messages"])
        return found

    async def _emit(self, do: Mapping[str, Any]) -> None:
        about = do.get("record", self.scenario.about)
        entity = self.entities[about]
        record = self.names.id_of(entity, about)

        async def work(turn: Turn) -> None:
            emit(turn, do["name"], do.get("data", {}), (entity, record))

        await self.workspace.write(SYSTEM, work)

    async def _lookers(self, instance: int | None) -> list[str]:
        """Who may open an instance."""
        found = []
        for name in self.names.people().values() if instance else ():
            with contextlib.suppress(NotFound, Unauthenticated):
                await read_instance(self.workspace, await self.staff.actor(name), instance or 0)
                found.append(name)
        return found

    async def _task(self, said: str) -> int:
        ids = {name: id_ for id_, name in self.names.people().items()}
        found = task_of(said, self.watch.seen, self.watch.former, ids)
        if found is not None:
            async with self.workspace.database.reading() as session:
                stored = await task_by_key(session, *found)
            if stored is not None:
                return stored
        raise Invalid(NO_TASK(task=said))

    async def _values(self, name: str, wanted: Collection[str]) -> dict[str, Any]:
        entity = self.entities[name]
        admin = await self.staff.administrator()
        view = await read_record(self.workspace, admin, entity, self.names.id_of(entity, name))
        told = self.names.with_names(view.entity, as_json(record_json(view)))
        return {field: told.get(field) for field in wanted}

    async def _newest(self) -> dict[int, int]:
        """The newest message of each person."""
        async with self.workspace.database.reading() as session:
            found = {id_: await notifications_of(session, id_, 1) for id_ in self.names.people()}
        return {id_: messages[0].id if messages else 0 for id_, messages in found.items()}

    async def _messages(self, wanted: Collection[str]) -> dict[str, Sequence[str]]:
        """What people were told by this step."""
        found: dict[str, Sequence[str]] = {}
        async with self.workspace.database.reading() as session:
            for name in wanted:
                id_ = self.names.id_of("user", name)
                messages = await notifications_of(session, id_, 100)
                found[name] = [one.title for one in reversed(messages) if one.id > self.told.get(id_, 0)]
        return found


@asynccontextmanager
async def staged(scenario: Scenario, documents: Sequence[Document], url: str) -> AsyncIterator[StagedWorld]:
    """The scenario in an empty database, with these definitions and its people and records.

    Raises:
        DefinitionsRefused: the definitions do not compile.
        Refused: a person or record cannot be made as it is told.
        Unavailable: the database cannot be had.
    """
    settings = from_environ({"GUANXI_DATABASE_URL": url, "GUANXI_TIMEZONE": scenario.zone})
    clock = FixedClock(scenario.start, str(scenario.folder))
    workspace = await Workspace.open(settings, clock)
    try:
        await initialise(workspace, documents)
        world = StagedWorld(scenario, workspace, clock)
        await world.begin()
        yield world
    finally:
        await workspace.close()
