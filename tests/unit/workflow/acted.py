"""One made-up case, acted out through the engine by people's names; every step is stored and read again."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from guanxi.definitions.flow.approval import Approval
from guanxi.errors import Refused
from guanxi.rules.organisation import Member, Snapshot
from guanxi.workflow import Event, Facts, Output, State, Submit, event_to_json, replay, step
from guanxi.workflow import events as e
from tests.scenarios.orders import approval_of, order_record

NAMES = ("rep", "mia", "dora", "fuller", "lea", "bo", "ana", "fin", "adm", "eva")
ID = {name: number for number, name in enumerate(NAMES, 1)}
NAME = {number: name for name, number in ID.items()}
ROLES = {"director": ("fuller",), "legal": ("lea", "eva"), "board": ("bo", "ana", "eva"), "admin": ("adm",)}
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def approve(name: str, *who: str, **more: Any) -> dict[str, Any]:
    """An approve step by people, by name."""
    by = [{"people": [f"{one}@example.com" for one in who]}] if who else [{"roles": ["admin"]}]
    return {"name": name, "type": "approve", "by": more.pop("by", by), **more}


def parallel(name: str, *branches: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Branches `b1`, `b2`, ... at once."""
    named = [{"name": f"b{i}", "steps": steps} for i, steps in enumerate(branches, 1)]
    return {"name": name, "type": "parallel", "branches": named, **more}


def anybody(*names: str) -> list[dict[str, Any]]:
    """A `who` of people by name."""
    return [{"people": [f"{one}@example.com" for one in names or NAMES]}]


def process(*steps: dict[str, Any], policies: dict[str, Any] | None = None, **more: Any) -> Approval:
    """An approval of these steps; `total` is what it is about."""
    document = {"kind": "approval", "name": "acted", "of": "order", "steps": list(steps), **more}
    document.setdefault("watch", ["total"])
    return approval_of(document | ({"policies": policies} if policies else {}))


def organisation() -> Snapshot:
    """rep's manager is mia, hers dora; the roles have holders."""
    people = {ID[name]: Member(email=f"{name}@example.com") for name in NAMES}
    people[ID["rep"]] = Member(ID["mia"], email="rep@example.com")
    people[ID["mia"]] = Member(ID["dora"], email="mia@example.com")
    return Snapshot(people, {}, {role: tuple(ID[n] for n in names) for role, names in ROLES.items()})


class Case:
    """An instance of a process, submitted by `rep` unless said otherwise."""

    def __init__(self, of: Approval, by: str = "rep", org: Snapshot | None = None, **values: Any) -> None:
        self.process, self.org, self.now = of, org or organisation(), START
        self.values: dict[str, Any] = {"owner": "rep", "lines": [{"discount": "5"}], **values}
        self.stored: State | None = None
        self.outputs: list[Output] = []
        self.told: tuple[Output, ...] = ()
        self.rows: list[tuple[Any, datetime, Any]] = []
        self.versions: dict[str, Approval] = {}
        self.begun = of
        self.submit(by)

    @property
    def state(self) -> State:
        assert self.stored is not None
        return self.stored

    @property
    def facts(self) -> Facts:
        return Facts(order_record(self.values, ID), self.org)

    @property
    def status(self) -> str:
        return self.state.status

    @property
    def who(self) -> dict[str, list[str]]:
        """Who is asked at each open step; `[]` where it is held."""
        found: dict[str, list[str]] = {}
        for task in self.state.tasks.values():
            found.setdefault(task.step, []).extend(NAME[person] for person in task.who)
        return found

    def take(self, event: Event) -> "Case":
        """Apply an event; what is stored of it leads to the same state again."""
        made = step(self.process, self.stored, event, self.now, self.facts)
        stored, facts = json.loads(json.dumps([event_to_json(event), made.facts_used()]))
        self.rows.append((stored, self.now, facts))
        self.told, self.outputs = made.outputs, self.outputs + list(made.outputs)
        self.stored = State.from_json(json.loads(json.dumps(made.state.to_json())))
        assert self.state == made.state
        assert replay(self.begun, self.rows, self.versions) == self.state
        return self

    def refused(self, event: Event, code: str) -> None:
        """The event is refused with a code."""
        with pytest.raises(Refused) as refusal:
            self.take(event)
        assert refusal.value.code == code

    def submit(self, by: str = "rep", **more: Any) -> "Case":
        return self.take(Submit(ID[by], **more))

    def key(self, name: str, holder: str | None = None) -> str:
        """The key of an open task of a step, of one holder."""
        tasks = self.state.tasks.items()
        return next(k for k, t in tasks if t.step == name and (holder is None or ID[holder] in t.who))

    def decision(self, name: str, by: str, answer: str = "approve", **more: Any) -> e.Decide:
        """The decision of a holder."""
        held = more.get("behalf") or ID[by]
        return e.Decide(ID[by], self.key(name, NAME[held]), answer, "because", **more)

    def do(self, name: str, by: str, answer: str = "approve", **more: Any) -> "Case":
        return self.take(self.decision(name, by, answer, **more))

    def back(self, name: str, by: str, to: str) -> "Case":
        return self.take(e.Return(ID[by], self.key(name, by), to, "because"))

    def edit(self, by: str, **values: Any) -> "Case":
        self.values |= values
        return self.take(e.Edit(ID[by], tuple("total" if name == "lines" else name for name in values)))

    def later(self, **span: float) -> "Case":
        self.now += timedelta(**span)
        return self

    def fire(self) -> "Case":
        """Let the timer fire that is due next."""
        key, due = min(self.state.timers.items(), key=lambda pair: pair[1])
        self.now = max(self.now, due)
        return self.take(e.Timer(key))

    def change(self, name: str, **member: Any) -> "Case":
        """Change somebody in the organisation."""
        changed = replace(self.org.people[ID[name]], **member)
        self.org = replace(self.org, people={**self.org.people, ID[name]: changed})
        return self

    def away(self, name: str, deputy: str) -> "Case":
        """Somebody is absent in March; a deputy may decide for them."""
        return self.change(name, deputy=ID[deputy], absent=((date(2026, 3, 1), date(2026, 3, 31)),))
