"""What an instance remembers. Small, plain JSON, with a schema number.

    State   schema, seq, status, submitter, chosen{step: [person]}, editors{field: [person]},
            marks{step: mark}, visits, early[event], and what is open: tasks, timers, children, waits
    Task    an open entry; its key is `step#visit.seat.entry.ask`
    timers  when what is due, by `step#visit/name`
    Child   a running sub-process; its key is `step#visit.row`

`ask` rises whenever an entry is asked anew or changes hands, `visit` whenever a step is entered anew, so
a link or form of before can never decide, and a timer of before can never fire.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from guanxi.workflow.marks import Entry, Mark
from guanxi.workflow.marks_json import mark_from_json, mark_to_json

SCHEMA = 2

READ = (1, 2)
"""The schemas that can be read; what an older one lacks is empty."""

Status: TypeAlias = Literal["running", "returned", "approved", "rejected", "recalled", "cancelled", "done"]
"""`returned`: it waits for the submitter. An approval ends `approved`, another process `done`."""

TaskKind: TypeAlias = Literal["decide", "advise", "hold"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something open for people. Of kind `hold`, nobody may decide it and an administrator must act.

    Of kind `advise`, somebody is asked for no decision. `due` is until when it should be decided.
    """

    step: str
    who: tuple[int, ...]
    kind: TaskKind
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A sub-process that a step waits for, or runs beside: of row `row`, or of the record itself."""

    step: str
    process: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Early:
    """A named event that came before the step that waits for it."""

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """Everything an instance remembers between two events.

    `submitter` is the person whose submission it is, `sender` the one who really sent it (the same unless
    somebody acted for another). `chosen` are the people named when it was submitted, by step. `editors` are
    the last editors of each field, real and represented. `waits` are the steps that
    wait for a time, a condition or an event. `moved` is when the instance came under its version
    of the definition, where it began under another.
    """

    seq: int
    status: Status
    submitter: int
    sender: int
    editors: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)
    timers: Mapping[str, datetime] = field(default_factory=dict)
    children: Mapping[str, Child] = field(default_factory=dict)
    waits: tuple[str, ...] = ()
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    early: tuple[Early, ...] = ()
    moved: datetime | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.status not in ("running", "returned")

    def to_json(self) -> dict[str, Any]:
        """The state as JSON; `from_json` gives the same state again."""
        data: dict[str, Any] = {
            "schema": SCHEMA,
            "seq": self.seq,
            "status": self.status,
            "submitter": self.submitter,
            "sender": self.sender,
            "editors": {name: list(people) for name, people in self.editors.items()},
            "marks": {name: mark_to_json(mark) for name, mark in self.marks.items()},
            "visits": dict(self.visits),
            "tasks": {key: _task_to_json(task) for key, task in self.tasks.items()},
        }
        optional = {
            "timers": {key: due.isoformat() for key, due in self.timers.items()},
            "children": {key: _child_to_json(child) for key, child in self.children.items()},
            "waits": list(self.waits),
            "chosen": {step: list(people) for step, people in self.chosen.items()},
            "early": [{"name": event.name, "data": dict(event.data)} for event in self.early],
            "moved": self.moved.isoformat() if self.moved else None,
        }
        return data | {name: value for name, value in optional.items() if value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "State":
        """Read a stored state. Raises ValueError for a schema this version does not know."""
        if data["schema"] not in READ:
            known = " and ".join(map(str, READ))
            raise ValueError(f"workflow state of schema {data['schema']}: this version reads schema {known}")
        return cls(
            seq=data["seq"],
            status=data["status"],
            submitter=data["submitter"],
            sender=data["sender"],
            editors={name: tuple(people) for name, people in data["editors"].items()},
            marks={name: mark_from_json(mark) for name, mark in data["marks"].items()},
            visits=dict(data["visits"]),
            tasks={key: _task_from_json(task) for key, task in data["tasks"].items()},
            timers={key: datetime.fromisoformat(due) for key, due in data.get("timers", {}).items()},
            children={
                key: Child(child["step"], child["process"], child.get("row"))
                for key, child in data.get("children", {}).items()
            },
            waits=tuple(data.get("waits", ())),
            chosen={step: tuple(people) for step, people in data.get("chosen", {}).items()},
            early=tuple(Early(event["name"], event["data"]) for event in data.get("early", ())),
            moved=datetime.fromisoformat(data["moved"]) if "moved" in data else None,
        )


def task_key(step: str, mark: Mark, seat: int, entry: Entry) -> str:
    """The key under which an entry is asked now."""
    return f"{step}#{mark.visit}.{seat}.{entry.id}.{entry.ask}"


def entry_of(marks: Mapping[str, Mark], key: str) -> tuple[int, Entry] | None:
    """The seat and entry that are asked under a key; None when they are asked under another now."""
    step = key.partition("#")[0]
    mark = marks.get(step)
    for number, seat in enumerate(mark.seats if mark else ()):
        for entry in seat.line:
            if mark and task_key(step, mark, number, entry) == key:
                return number, entry
    return None


def _task_to_json(task: Task) -> dict[str, Any]:
    data: dict[str, Any] = {"step": task.step, "who": list(task.who), "kind": task.kind}
    return data | {"due": task.due.isoformat()} if task.due else data


def _task_from_json(data: Mapping[str, Any]) -> Task:
    due = datetime.fromisoformat(data["due"]) if "due" in data else None
    return Task(data["step"], tuple(data["who"]), data["kind"], due)


def _child_to_json(child: Child) -> dict[str, Any]:
    data = {"step": child.step, "process": child.process}
    return data | {"row": child.row} if child.row is not None else data
