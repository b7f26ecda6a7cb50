"""One step in the making: a draft of the state, and the questions it asks of the facts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.places import Place
from guanxi.expressions import Formula
from guanxi.rules.organisation import Recorded
from guanxi.rules.who import Asking
from guanxi.workflow.content import digest_remembered, read_path, remembered
from guanxi.workflow.facts import Facts
from guanxi.workflow.outputs import Output
from guanxi.workflow.state import Entry, Mark, Seat, State, Status


class Run:
    """A draft that the engine changes; the state it came from stays as it is.

    Marks are frozen and replaced, so only what an event touches is copied.
    """

    __slots__ = (
        "_asking",
        "_together",
        "_values",
        "approval",
        "editors",
        "facts",
        "marks",
        "now",
        "organisation",
        "outputs",
        "sender",
        "seq",
        "status",
        "submitter",
        "tasks",
        "variables",
        "visits",
    )

    def __init__(self, approval: Approval, state: State, now: datetime, facts: Facts) -> None:
        self.approval, self.now, self.facts = approval, now, facts
        self.seq, self.status = state.seq, state.status
        self.submitter, self.sender = state.submitter, state.sender
        self.editors, self.tasks = dict(state.editors), dict(state.tasks)
        self.marks, self.visits = dict(state.marks), dict(state.visits)
        self.organisation = Recorded(facts.organisation)
        self.variables = facts.variables(self.submitter, now)
        self.outputs: list[Output] = []
        self._values: dict[str, Any] = {}
        self._together: dict[tuple[str, ...], dict[str, Any]] = {}
        self._asking: Asking | None = None

    def state(self) -> State:
        """The draft as a state; take it when the draft is finished, they share their parts."""
        return State(
            self.seq,
            self.status,
            self.submitter,
            self.sender,
            self.editors,
            self.marks,
            self.visits,
            self.tasks,
        )

    def place(self, step: str) -> Place:
        """The place of a step in the tree."""
        return self.approval.places[step]

    def holds(self, condition: Formula | None) -> bool:
        """Whether a condition is there and true on the record as it is now."""
        return condition is not None and condition.holds(self.facts.record, self.variables)

    def value(self, path: str) -> Any:
        """The value at a path of the record, in remembered form."""
        if path not in self._values:
            self._values[path] = remembered(read_path(self.facts.record, path))
        return self._values[path]

    def values(self, paths: Iterable[str]) -> dict[str, Any]:
        """The values at several paths."""
        return {path: self.value(path) for path in paths}

    def same(self, then: Mapping[str, Any], paths: tuple[str, ...]) -> bool:
        """Whether the content at these paths is what it was."""
        now = self._together.get(paths)
        if now is None:
            now = self._together[paths] = self.values(paths)
        return then == now or all(path in then and then[path] == now[path] for path in paths)

    def content(self) -> str:
        """The hash of everything that a consent is bound to, as it is now."""
        return digest_remembered(self.values(self.approval.seen))

    def asking(self) -> Asking:
        """What selectors are resolved against."""
        if self._asking is None:
            self._asking = Asking(
                self.facts.record, self.variables, self.organisation, self.submitter, self.deciders
            )
        return self._asking

    def deciders(self, step: str) -> tuple[int, ...]:
        """Who decided a step, really or as the represented person."""
        mark = self.marks.get(step)
        return people_in(mark, answered=True) if mark else ()

    def clear(self, steps: Iterable[str]) -> None:
        """Forget the marks of steps; the walk will enter them anew."""
        for step in steps:
            self.marks.pop(step, None)

    def put_entry(self, step: str, seat: int, entry: Entry) -> None:
        """Put an entry in the place of the one with its id."""
        mark = self.marks[step]
        line = tuple(entry if old.id == entry.id else old for old in mark.seats[seat].line)
        seats = (*mark.seats[:seat], Seat(line), *mark.seats[seat + 1 :])
        self.marks[step] = mark.put(seats, mark.outcome)

    def submitted(self, submitter: int, sender: int) -> None:
        """Note whose submission it is, and who sent it."""
        self.submitter, self.sender, self._asking = submitter, sender, None
        self.variables = self.facts.variables(submitter, self.now)

    def end(self, status: Status) -> None:
        """Give the instance another status."""
        self.status = status


def people_in(mark: Mark, *, answered: bool, but: int = -1) -> tuple[int, ...]:
    """The people who answered at a step, or also those who are asked, leaving out one seat."""
    found: dict[int, None] = {}
    for number, seat in enumerate(mark.seats):
        for entry in seat.line if number != but else ():
            if entry.answer is not None:
                found.update(dict.fromkeys(p for p in (entry.by, entry.behalf) if p is not None))
            elif not answered:
                found.update(dict.fromkeys(entry.who))
    return tuple(found)
