"""What an approval instance remembers. Small, plain JSON, with a schema number.

    State   schema, seq, status, submitter, editors{field: [person]}, marks{step: mark}, visits, tasks
    Mark    one a step that was reached: visit, since, chose{path: value}, and what its type keeps
    Seat    one vote: a line of entries, all of which must consent
    Entry   who is asked, and what was answered on which content
    Task    an open entry; its key is `step#visit.seat.entry.ask`

`ask` rises whenever an entry is asked anew or changes hands, `visit` whenever a step is entered anew, so
a link or form of before can never decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

SCHEMA = 1

Answer = Literal["approve", "reject"]
Status = Literal["running", "approved", "rejected", "recalled", "cancelled"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One request to decide.

    `who` may answer it (nobody: an administrator must assign). `by` decided, for the represented `behalf`
    where somebody acted for another. `saw` is the content at the decision; it stays when the answer is
    emptied, so the difference can be shown. `carried` names the step whose consent counts here.
    """

    id: int
    who: tuple[int, ...]
    ask: int = 0
    answer: Answer | None = None
    by: int | None = None
    behalf: int | None = None
    at: datetime | None = None
    comment: str = ""
    saw: Mapping[str, Any] = field(default_factory=dict)
    carried: str | None = None
    assigned: int | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """One vote: its entries are asked in turn."""

    line: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered of a step that was reached.

    `chose` are the values it was chosen from. `outcome` is the branch of a choice, or the result of an
    approval. `people` are those named by the definition, before stand-ins.
    """

    visit: int
    since: datetime
    chose: Mapping[str, Any] = field(default_factory=dict)
    skipped: bool = False
    outcome: str | None = None
    people: tuple[int, ...] = ()
    seats: tuple[Seat, ...] = ()
    quorum: int = 0

    def put(self, seats: tuple[Seat, ...], outcome: str | None) -> "Mark":
        """The mark with these seats and this outcome (a third of the time of `dataclasses.replace`)."""
        return Mark(
            self.visit, self.since, self.chose, self.skipped, outcome, self.people, seats, self.quorum
        )


@dataclass(frozen=True, slots=True)
class Task:
    """Something open. Of kind `hold`, nobody may decide it and an administrator must assign somebody."""

    step: str
    who: tuple[int, ...]
    kind: Literal["decide", "hold"]


@dataclass(frozen=True, slots=True)
class State:
    """Everything an instance remembers between two events.

    `submitter` is the person whose submission it is, `sender` the one who really sent it (the same unless
    somebody acted for another). `editors` are the last editors of each field, real and represented.
    """

    seq: int
    status: Status
    submitter: int
    sender: int
    editors: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    tasks: Mapping[str, Task] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The state as JSON; `from_json` gives the same state again."""
        return {
            "schema": SCHEMA,
            "seq": self.seq,
            "status": self.status,
            "submitter": self.submitter,
            "sender": self.sender,
            "editors": {name: list(people) for name, people in self.editors.items()},
            "marks": {name: _mark_to_json(mark) for name, mark in self.marks.items()},
            "visits": dict(self.visits),
            "tasks": {key: _task_to_json(task) for key, task in self.tasks.items()},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "State":
        """Read a stored state. Raises ValueError for a schema this version does not know."""
        if data["schema"] != SCHEMA:
            raise ValueError(f"workflow state of schema {data['schema']}: this version reads schema {SCHEMA}")
        return cls(
            seq=data["seq"],
            status=data["status"],
            submitter=data["submitter"],
            sender=data["sender"],
            editors={name: tuple(people) for name, people in data["editors"].items()},
            marks={name: _mark_from_json(mark) for name, mark in data["marks"].items()},
            visits=dict(data["visits"]),
            tasks={key: Task(t["step"], tuple(t["who"]), t["kind"]) for key, t in data["tasks"].items()},
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
    return {"step": task.step, "who": list(task.who), "kind": task.kind}


def _mark_to_json(mark: Mark) -> dict[str, Any]:
    data: dict[str, Any] = {"visit": mark.visit, "since": mark.since.isoformat(), "chose": dict(mark.chose)}
    if mark.skipped:
        data["skip"] = True
    if mark.outcome is not None:
        data["outcome"] = mark.outcome
    if mark.seats:
        data["people"], data["quorum"] = list(mark.people), mark.quorum
        data["seats"] = [{"line": [_entry_to_json(entry) for entry in seat.line]} for seat in mark.seats]
    return data


def _mark_from_json(data: Mapping[str, Any]) -> Mark:
    return Mark(
        visit=data["visit"],
        since=datetime.fromisoformat(data["since"]),
        chose=data["chose"],
        skipped=data.get("skip", False),
        outcome=data.get("outcome"),
        people=tuple(data.get("people", ())),
        seats=tuple(Seat(tuple(_entry_from_json(e) for e in seat["line"])) for seat in data.get("seats", ())),
        quorum=data.get("quorum", 0),
    )


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    data: dict[str, Any] = {"id": entry.id, "who": list(entry.who), "ask": entry.ask}
    optional = {
        "answer": entry.answer,
        "by": entry.by,
        "for": entry.behalf,
        "at": entry.at.isoformat() if entry.at else None,
        "comment": entry.comment or None,
        "saw": dict(entry.saw) or None,
        "carried": entry.carried,
        "assigned": entry.assigned,
    }
    return data | {name: value for name, value in optional.items() if value is not None}


def _entry_from_json(data: Mapping[str, Any]) -> Entry:
    return Entry(
        id=data["id"],
        who=tuple(data["who"]),
        ask=data["ask"],
        answer=data.get("answer"),
        by=data.get("by"),
        behalf=data.get("for"),
        at=datetime.fromisoformat(data["at"]) if "at" in data else None,
        comment=data.get("comment", ""),
        saw=data.get("saw", {}),
        carried=data.get("carried"),
        assigned=data.get("assigned"),
    )
