"""Plays a scenario folder through the engine, with the state written and read again between any two steps.

`definition.json` is the approval, `people.json` the organisation by names, `steps.json` the story: each step
may change the `record` or the `people`, has something to `do`, and says what is expected after it.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from guanxi.errors import Refused
from guanxi.rules.organisation import Member, Snapshot, Team
from guanxi.workflow import (
    Facts,
    ProcessMoved,
    Reask,
    State,
    Tick,
    chain,
    changed_since,
    event_from_json,
    replay,
    step,
)
from guanxi.workflow.events_json import event_to_json
from tests.scenarios.orders import approval_of, order_record

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE_KEYS = ("by", "who", "behalf")


def _absence(days: list[str]) -> tuple[date, date]:
    """`["2026-03-01", "2026-03-09"]`: the first and the last day."""
    first, last = days
    return date.fromisoformat(first), date.fromisoformat(last)


class Player:
    """One run of a scenario."""

    def __init__(self, folder: Path) -> None:
        self.approval = approval_of(json.loads((folder / "definition.json").read_text("utf-8")))
        self.story = json.loads((folder / "steps.json").read_text("utf-8"))
        self._found(json.loads((folder / "people.json").read_text("utf-8")))
        self.values: dict[str, Any] = {}
        self.state: State | None = None
        self.rows: list[tuple[dict[str, Any], datetime, dict[str, Any]]] = []
        self.now = START
        self.old_keys: list[str] = []
        self.reasked: list[str] = []

    def _found(self, data: dict[str, Any]) -> None:
        self.ids = {name: number for number, name in enumerate(data["people"], 1)}
        self.names = {number: name for name, number in self.ids.items()}
        team_ids = {name: number for number, name in enumerate(data.get("teams", {}), 1)}
        teams = {
            team_ids[name]: Team(name, team_ids.get(team.get("parent")), self.ids.get(team.get("manager")))
            for name, team in data.get("teams", {}).items()
        }
        roles = {role: tuple(map(self.ids.__getitem__, who)) for role, who in data.get("roles", {}).items()}
        self.team_ids = team_ids
        people = {self.ids[name]: self._member(name, person) for name, person in data["people"].items()}
        self.org = Snapshot(people, teams, roles)

    def _member(self, name: str, data: dict[str, Any]) -> Member:
        team = self.team_ids.get(data.get("team", ""))
        manager = self.ids.get(data.get("manager", ""))
        deputy = self.ids.get(data.get("deputy", ""))
        absent = tuple(_absence(days) for days in data.get("absent", ()))
        return Member(manager, team, f"{name}@example.com", data.get("active", True), deputy, absent)

    @property
    def facts(self) -> Facts:
        return Facts(order_record(self.values, self.ids), self.org)

    def play(self) -> None:
        for number, item in enumerate(self.story):
            self.values |= item.get("record", {})
            for name, changes in item.get("people", {}).items():
                changed: dict[str, Any] = {
                    k: self.ids[v] if k in ("manager", "deputy") else v for k, v in changes.items()
                }
                if "absent" in changed:
                    changed["absent"] = tuple(_absence(days) for days in changed["absent"])
                member = replace(self.org.people[self.ids[name]], **changed)
                self.org = replace(self.org, people={**self.org.people, self.ids[name]: member})
            for role, who in item.get("roles", {}).items():
                self.org = replace(self.org, roles={**self.org.roles, role: tuple(self.ids[n] for n in who)})
            self.now += timedelta(hours=1)
            refused = self._do(item["do"]) if "do" in item else None
            seen = self._seen(refused, item["expect"])
            assert seen == item["expect"], f"step {number} of the story: {seen} is not {item['expect']}"
        assert replay(self.approval, self.rows) == self.state, "the stored events do not lead to the state"

    def _do(self, given: dict[str, Any]) -> str | None:
        data: dict[str, Any] = {k: self.ids[v] if k in PEOPLE_KEYS else v for k, v in given.items()}
        if "editors" in data:
            data["editors"] = {f: [self.ids[n] for n in who] for f, who in data["editors"].items()}
        if "task" in data:
            data["task"] = self._key(data["task"])
        event = event_from_json(data)
        self.reasked = []
        try:
            self._take(event_to_json(event), step(self.approval, self.state, event, self.now, self.facts))
        except ProcessMoved as moved:
            self._take(event_to_json(Tick()), moved.step)
            return moved.code
        except Refused as refusal:
            return refusal.code
        return None

    def _take(self, event: dict[str, Any], taken: Any) -> None:
        stored, facts = json.loads(json.dumps([event, taken.facts_used()]))
        self.rows.append((stored, self.now, facts))
        if self.state is not None:
            self.old_keys += [key for key in self.state.tasks if key not in taken.state.tasks]
        self.reasked = [output.step for output in taken.outputs if isinstance(output, Reask)]
        self.state = State.from_json(json.loads(json.dumps(taken.state.to_json())))
        assert self.state == taken.state, "the state does not survive being stored"

    def _key(self, given: str) -> str:
        """`manager`: the open task of a step; `manager mia`: the one mia holds; `old manager`: closed."""
        assert self.state is not None
        if given.startswith("old "):
            return next(key for key in reversed(self.old_keys) if key.startswith(f"{given[4:]}#"))
        name, _, holder = given.partition(" ")
        return next(
            key
            for key, task in self.state.tasks.items()
            if task.step == name and (not holder or self.ids[holder] in task.who)
        )

    def _seen(self, refused: str | None, wanted: dict[str, Any]) -> dict[str, Any]:
        """What there is to see, as far as the story speaks of it; a refusal is always told."""
        seen: dict[str, Any] = {} if refused is None else {"refused": refused}
        state = self.state
        if state is None:
            return seen
        looks = {
            "status": lambda: state.status,
            "open": lambda: self._tasks("decide"),
            "held": lambda: sorted(task.step for task in state.tasks.values() if task.kind == "hold"),
            "reasked": lambda: self.reasked,
            "chain": self._chain,
            "changed": self._changed,
        }
        return seen | {name: look() for name, look in looks.items() if name in wanted}

    def _tasks(self, kind: str) -> dict[str, list[Any]]:
        assert self.state is not None
        found: dict[str, list[Any]] = {}
        for task in self.state.tasks.values():
            if task.kind == kind:
                found.setdefault(task.step, []).append(" or ".join(self.names[p] for p in task.who))
        return found

    def _chain(self) -> list[str]:
        assert self.state is not None
        told = []
        for link in chain(self.approval, self.state, self.now, self.facts):
            who = [self.names[p] for p in link.people] or ([self.names[link.by]] if link.by else [])
            told.append(" ".join([link.step, link.state, *who]))
        return told

    def _changed(self) -> dict[str, Any]:
        assert self.state is not None
        found: dict[str, Any] = {}
        for key in self.state.tasks:
            found |= changed_since(self.approval, self.state, key, self.now, self.facts)
        return {path: list(pair) for path, pair in found.items()}
