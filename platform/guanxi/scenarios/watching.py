"""Watching the instances of a workspace, and holding them to their own events.

What a step led to is not stored. So each stored event is carried out again, with the facts that decided it:
that gives the outputs, and must lead to the state that is stored.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.commands.actor import SYSTEM
from guanxi.commands.approvals.case import open_case, process_of
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.flow.process import Process
from guanxi.scenarios.seeing import Seen
from guanxi.storage.instance_list import instance_ids
from guanxi.storage.instances import Instance, events_of, instance_of
from guanxi.workflow import Facts, Output, State, Task, event_from_json, step


class NotReplayed(AssertionError):
    """Stored events of an instance do not lead to its stored state."""


@dataclass(slots=True)
class _Followed:
    state: State | None = None
    process: Process | None = None
    seq: int = 0
    outputs: list[Output] = field(default_factory=list)
    seen: Seen | None = None


class Watch:
    """All instances, as they are and with what the last step led to."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.instances: dict[int, _Followed] = {}
        self.rows: dict[int, Instance] = {}
        self.former: list[tuple[int, str, Task]] = []

    def forget(self) -> None:
        """A new step begins."""
        for one in self.instances.values():
            one.outputs = []

    @property
    def seen(self) -> Mapping[int, Seen]:
        """Every instance by id."""
        return {id_: one.seen for id_, one in self.instances.items() if one.seen is not None}

    def of_record(self, entity: str, id_: int) -> Seen | None:
        """The newest instance of a record."""
        found = self.id_of_record(entity, id_)
        return self.instances[found].seen if found is not None else None

    def id_of_record(self, entity: str, id_: int) -> int | None:
        """The id of the newest instance of a record that no other started."""
        found = (
            key
            for key, row in self.rows.items()
            if (row.entity, row.record_id) == (entity, id_) and row.parent_id is None
        )
        return max(found, default=None)

    async def look(self) -> None:
        """Look at all instances as they are now."""

        async def work(turn: Turn) -> None:
            for id_ in await instance_ids(turn.session):
                row = await instance_of(turn.session, id_)
                if row is not None:
                    await self._follow(turn, row)

        await self.workspace.read(SYSTEM, work)

    async def _follow(self, turn: Turn, row: Instance) -> None:
        one = self.instances.setdefault(row.id, _Followed())
        self.rows[row.id] = row
        for event in await events_of(turn.session, row.id):
            if event.seq <= one.seq:
                continue
            if one.process is None or event.kind == "migrate":
                digest = event.event.get("version", row.catalog) if event.kind == "migrate" else row.catalog
                catalog = await turn.catalogs.get(turn.session, digest)
                one.process = process_of(catalog, row.kind, row.approval)
            made = step(
                one.process, one.state, event_from_json(event.event), event.at, Facts.from_json(event.facts)
            )
            if one.state is not None:
                tasks = one.state.tasks.items()
                self.former += [(row.id, key, task) for key, task in tasks if key not in made.state.tasks]
            one.state, one.seq = made.state, event.seq
            one.outputs += made.outputs
        stored = State.from_json(row.state)
        if one.state != stored:
            raise NotReplayed(f"the events of instance {row.id} do not lead to its state")
        case = await open_case(turn, row)
        one.seen = Seen(case.process, stored, case.facts, turn.now, tuple(one.outputs))


def as_json(value: Any) -> Any:
    """A value as it would arrive by the API."""
    return json.loads(json.dumps(value, default=str))
