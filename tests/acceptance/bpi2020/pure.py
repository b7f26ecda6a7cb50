"""A trace in the pure engine: no database, no commands; the stage of the record by its transitions."""

import functools
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from guanxi.definitions import Catalog, compile_catalog
from guanxi.errors import Refused
from guanxi.rules.organisation import Member, Snapshot
from guanxi.workflow import Decide, Event, Facts, Finished, Recall, State, Submit, step
from tests.acceptance.bpi2020.acts import ROLES, Act, acts_of
from tests.acceptance.bpi2020.office import START, documents
from tests.acceptance.bpi2020.playing import BECAUSE, COMPLETE

PEOPLE = {role: number for number, role in enumerate(ROLES, 1)}
ORGANISATION = Snapshot(
    people={number: Member() for number in PEOPLE.values()},
    roles={role: (number,) for role, number in PEOPLE.items()},
)


class Impossible(Exception):
    """The stage of the record does not allow it, or nobody is asked."""


@functools.cache
def catalog() -> Catalog:
    """The definitions, compiled once."""
    return compile_catalog(documents())


class Run:
    """A declaration and its approval."""

    def __init__(self) -> None:
        self.process = catalog().approvals["travel_declaration"]
        stages = catalog().stages["declaration"]
        assert stages is not None
        self.transitions = stages.transitions
        self.stage = "draft"
        self.state: State | None = None
        self.now = START

    def do(self, act: Act) -> None:
        self.now += timedelta(hours=1)
        match act.verb:
            case "save":
                if self.stage != "draft":
                    raise Impossible("it is locked")
            case "submit":
                self._press("submit")
                self.state = None
                self._happen(Submit(PEOPLE[act.role]))
            case "give_up" if self.state is not None and not self.state.ended:
                self._happen(Recall(PEOPLE[act.role]))
                self._press("give_up")
            case "give_up":
                self._press("give_up")
            case "press":
                self._press(act.what)
            case "decide":
                self._decide(act)

    def _press(self, name: str) -> None:
        transition = self.transitions[name]
        if self.stage not in transition.from_:
            raise Impossible(name)
        self.stage = transition.through or transition.to

    def _decide(self, act: Act) -> None:
        tasks = self.state.tasks if self.state is not None else {}
        by = PEOPLE[act.role]
        key = next((key for key, task in tasks.items() if by in task.who), None)
        if key is None:
            raise Impossible("nobody of the role is asked")
        comment = BECAUSE if act.what == "reject" else ""
        answer: Any = act.what
        self._happen(Decide(by, key, answer, comment, add=PEOPLE[act.add] if act.add else None))

    def _happen(self, event: Event) -> None:
        record = {"id": 1, "status": self.stage, "amount": None, "budget": None}
        made = step(self.process, self.state, event, self.now, Facts(record, ORGANISATION))
        self.state = made.state
        for output in made.outputs:
            if isinstance(output, Finished):
                submit = self.transitions["submit"]
                self.stage = submit.to if output.status == "approved" else submit.back or ""


def possible(trace: Sequence[str]) -> bool:
    """Whether the engine lets a case run like this, to its end."""
    run = Run()
    try:
        for act in acts_of(trace):
            run.do(act)
    except (Refused, Impossible):
        return False
    return run.stage in COMPLETE
