"""A scenario in the pure engine: no database, no commands; a record by hand, and every event replayed.

Sub-processes run beside and tell their end, timers fire when they are due, and with `stored` the state is
written and read again between any two events.
"""

import contextlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from guanxi.definitions import Catalog, Document, compile_catalog
from guanxi.definitions.effect import UpdateEffect
from guanxi.errors import Conflict, NotFound, Refused, Unauthenticated
from guanxi.rules.effects import writes_of
from guanxi.rules.organisation import Snapshot
from guanxi.scenarios.script import PERSON_KEYS, Scenario
from guanxi.scenarios.seeing import Seen, look, task_of
from guanxi.workflow import (
    Around,
    CancelChild,
    CarryOut,
    ChildEnded,
    Edit,
    Event,
    Facts,
    Finished,
    Migrate,
    NotAwaited,
    Output,
    ProcessMoved,
    Returned,
    StartChild,
    State,
    Step,
    Submit,
    Task,
    Tick,
    Timer,
    event_from_json,
    event_to_json,
    needed,
    replay,
    step,
)
from guanxi.workflow.events import Cancel
from guanxi.workflow.versions import fit
from tests.scenarios.orders import order_record
from tests.scenarios.organisation import People
from tests.scenarios.running import Running, for_whom, lookers, part_takers

MAIN = ""


class PureWorld:
    """See `guanxi.scenarios.World`."""

    def __init__(self, scenario: Scenario, *, stored: bool) -> None:
        self.scenario, self.stored, self.now = scenario, stored, scenario.start
        self.documents = {(one.kind, one.name): one for one in scenario.definitions}
        self.catalog: Catalog = compile_catalog(list(self.documents.values()))
        self.instances: dict[str, Running] = {}
        self.former: list[tuple[str, str, Task]] = []
        self.effects: list[str] = []
        self.stage = "draft"
        self.values: dict[str, Any] = {}
        self.editors: dict[str, tuple[int, ...]] = {}
        self.people = People(scenario.people)
        self.ids, self.names = self.people.ids, self.people.names
        for name, record in scenario.records.items():
            if name == scenario.about:
                self._write(record["values"], self.ids[record["by"]] if "by" in record else 0)
            elif record["entity"] == "account":
                self.values |= {f"account.{key}": value for key, value in record["values"].items()}
            else:
                self.values.setdefault("items", []).append({"id": name, **record["values"]})

    async def pass_time(self, until: datetime, *, before: bool) -> None:
        self.now = max(self.now, until)
        while due := sorted(
            (moment, order, key)
            for order, one in enumerate(self.instances.values())
            if one.state and not one.state.ended
            for key, moment in one.state.timers.items()
            if moment < until or (moment == until and not before)
        ):
            _, order, key = due[0]
            self._happen(list(self.instances)[order], Timer(key))

    async def change_people(self, people: Mapping[str, Any], roles: Mapping[str, Any]) -> None:
        self.effects = []
        for one in self.instances.values():
            one.outputs = []
        self.people.change(people, roles)

    @property
    def org(self) -> Snapshot:
        return self.people.org

    async def publish(self, documents: Collection[Document]) -> None:
        self.documents |= {(one.kind, one.name): one for one in documents}
        self.catalog = compile_catalog(list(self.documents.values()))
        main = self.instances.get(MAIN)
        if main is None or main.state is None or main.state.ended:
            return
        process = self.catalog.approvals[main.process.name]
        found = fit(main.process, process, main.state, self.now, self._facts(main))
        if found.kind == "safe":
            main.versions[self.catalog.digest] = process
            main.process = process
            self._happen(MAIN, Migrate(0, self.catalog.digest, found.clear))

    async def change_related(self, path: str, value: Any) -> None:
        self.values[path] = value

    async def act(self, do: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        data = {key: self.ids[value] if key in PERSON_KEYS else value for key, value in do.items()}
        kind, main = data["type"], self.instances.get(MAIN)
        if "by" in data and not self.org.active(data["by"]):
            raise Unauthenticated({"en": "gone"})
        if values and kind != "create":
            changed = self._write(values, data.get("by", 0))
            if kind == "edit" or (main and main.state and main.state.status == "running"):
                self._edited(data.get("by", 0), changed)
        if kind == "press":
            self._press(data)
        elif kind == "tick":
            for place, one in list(self.instances.items()):
                if one.state is not None and one.state.status == "running":
                    self._happen(place, Tick())
        elif kind == "create":
            self.values["items"] = [*self.values.get("items", ()), {"id": do["record"], **do["values"]}]
            self._edited(0, ("items",))
        elif kind == "delete":
            self.values["items"] = [item for item in self.values["items"] if item["id"] != data["record"]]
            self._edited(0, ("items",))
        elif kind != "edit":
            self._event(data)

    def _event(self, data: dict[str, Any]) -> None:
        told = {key: value for key, value in data.items() if key != "record"}
        place = MAIN
        if "task" in told:
            every = {name: self._seen(one) for name, one in self.instances.items() if one.state}
            found = task_of(told["task"], every, self.former, self.ids)
            assert found is not None, f"there is no task {told['task']}"
            place, told["task"] = found
            one, day = self.instances[place], self._facts(self.instances[place]).day(self.now)
            former = [task for where, _, task in self.former if where == place]
            if told["by"] not in part_takers(one, former, self.org, day):
                raise NotFound({"en": "no such task"})
            told.update(for_whom(one, told, self.org, day))
        if told["type"] == "event":
            told["broadcast"] = True
        self._happen(place, event_from_json(told))

    def _press(self, data: dict[str, Any]) -> None:
        stages = self.catalog.stages["order"]
        transition = stages.transitions[data["action"]]
        if self.stage not in transition.from_:
            raise Conflict({"en": "not from here"})
        process = self.catalog.approvals[transition.approval or ""]
        running = self.instances.get(MAIN) or Running(process, process)
        if not needed(process, data["by"], self.now, self._facts(running)):
            self.stage = transition.to
            return
        chosen = {name: tuple(self.ids[n] for n in who) for name, who in data.get("chosen", {}).items()}
        self.instances.setdefault(MAIN, running)
        before, self.stage = self.stage, transition.through or transition.to
        try:
            self._happen(MAIN, Submit(data["by"], None, dict(self.editors), chosen))
        except Refused:
            self.stage = before
            raise

    def _edited(self, by: int, fields: Collection[str]) -> None:
        main = self.instances.get(MAIN)
        if main and main.state and main.state.status == "running" and fields:
            self._happen(MAIN, Edit(by, tuple(fields)))

    def _write(self, values: Mapping[str, Any], by: int) -> tuple[str, ...]:
        before = self._stored()
        self.values |= values
        after = self._stored()
        changed = tuple(name for name in after if after[name] != before.get(name))
        self.editors |= {name: (by,) for name in changed if by}
        return changed

    def _stored(self) -> dict[str, Any]:
        """The record without what its lines refer back to, so that two can be compared."""
        lines = [{k: v for k, v in line.items() if k != "parent"} for line in self._record()["lines"]]
        return {**self._record(), "lines": lines}

    def _record(self) -> dict[str, Any]:
        return order_record(self.values, self.ids)

    def _facts(self, one: Running) -> Facts:
        record = self._record()
        if one.row is not None:
            row: dict[str, Any] = next(
                (item for item in self.values.get("items", ()) if item["id"] == one.row), {}
            )
            owner = self.ids.get(row.get("owner", ""))
            record = {"id": one.row, "name": None, **row, "owner": owner}
        calendar = self.catalog.calendars.get(one.process.calendar or "")
        submitter = one.state.submitter if one.state else 0
        variables = Facts(record, self.org).variables(submitter, self.now)
        around = Around(record, variables, self.catalog.decisions, calendar, self.scenario.zone)
        return Facts(record, self.org, outside=around)

    def _happen(self, place: str, event: Event) -> None:
        one = self.instances[place]
        try:
            made = step(one.process, one.state, event, self.now, self._facts(one))
        except ProcessMoved as moved:
            self._take(place, Tick(), moved.step)
            raise
        self._take(place, event, made)

    def _take(self, place: str, event: Event, made: Step) -> None:
        one = self.instances[place]
        stored, facts = json.loads(json.dumps([event_to_json(event), made.facts_used()]))
        one.rows.append((stored, self.now, facts))
        if one.state is not None:
            tasks = one.state.tasks.items()
            self.former += [(place, key, task) for key, task in tasks if key not in made.state.tasks]
        one.state = made.state
        if self.stored:
            one.state = State.from_json(json.loads(json.dumps(made.state.to_json())))
            assert one.state == made.state, "the state does not survive being stored"
        assert replay(one.begun, one.rows, one.versions) == one.state, "the events do not lead to the state"
        one.outputs += made.outputs
        for output in made.outputs:
            self._follow(place, output)

    def _follow(self, place: str, output: Output) -> None:
        one = self.instances[place]
        assert one.state is not None
        below = f"{place}>{getattr(output, 'key', '')}"
        match output:
            case StartChild(key=key, child=child):
                process = self.catalog.approvals[child.process]
                self.instances[below] = Running(process, process, place, key, child.row)
                self._happen(below, Submit(one.state.submitter))
            case CancelChild() if below in self.instances:
                state = self.instances[below].state
                if state and not state.ended:
                    self._happen(below, Cancel(None))
            case Finished(status=status) if place == MAIN:
                self.stage = "approved" if status == "approved" else "draft"
            case Finished(status=status) if one.above is not None and status != "cancelled":
                with contextlib.suppress(NotAwaited):
                    self._happen(one.above, ChildEnded(one.key, status))
            case Returned(to="submitter") if place == MAIN:
                self.stage = "draft"
            case CarryOut(effect=UpdateEffect() as effect):
                facts = self._facts(one)
                variables = facts.variables(one.state.submitter, self.now)
                entity = self.catalog.entities[one.process.of]
                for write in writes_of(
                    effect, entity, {"id": 1, **facts.record}, self.catalog.entities, variables
                ):
                    self.values |= write.reading.values
            case _:
                pass

    def _seen(self, one: Running) -> Seen:
        assert one.state is not None
        return Seen(one.process, one.state, self._facts(one), self.now, tuple(one.outputs))

    async def see(self, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
        every = {name: self._seen(one) for name, one in self.instances.items() if one.state}
        found = look(wanted, every.get(MAIN), list(every.values()), self.names)
        if "visible" in wanted:
            main = self.instances[MAIN]
            looking = lookers(main, self._facts(main), self.now)
            found["visible"] = [name for name, id_ in self.ids.items() if id_ in looking]
        if "record" in wanted:
            record = {**self.values, "status": self.stage}
            found["record"] = {name: record.get(name) for name in wanted["record"]}
        return found
