"""What an instance remembers of each step that was reached.

Mark    one a step: visit, since, chose{path: value}, and what the type of the step keeps
Seat    one vote: a line of entries, all of which must be answered
Entry   who is asked, and what was answered on which content
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

Answer: TypeAlias = str
"""`approve` or `reject`; of a task, the name of an outcome; `advice`, of who is asked for no decision."""

ADVICE = "advice"

EntryKind: TypeAlias = Literal["decide", "advise"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One request, to decide or to advise.

    `who` may answer it (nobody: an administrator must assign). `by` decided, for the represented `behalf`
    where somebody acted for another; or a `deadline` did, and then nobody. `saw` is the content at the
    decision; it stays when the answer is emptied, so the difference can be shown. `carried` names the step
    whose consent counts here, `assigned` the administrator who assigned it, `added` the person who put it
    into the line. `moved` are those who handed it on, in order; `offered` those who could take it before one
    of them claimed it.
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
    kind: EntryKind = "decide"
    added: int | None = None
    moved: tuple[int, ...] = ()
    offered: tuple[int, ...] = ()
    deadline: str | None = None

    @property
    def deciders(self) -> tuple[int, ...]:
        """Who decided it, really and as the represented person; nobody of one that was not decided."""
        if self.answer is None or self.kind == "advise":
            return ()
        return tuple(person for person in (self.by, self.behalf) if person is not None)


@dataclass(frozen=True, slots=True)
class Seat:
    """One vote: its entries are asked in turn.

    A seat that `must` consent was added beside the others: it is needed besides the quorum, so adding one can
    only make a step stricter.
    """

    line: tuple[Entry, ...]
    must: bool = False

    def put(self, line: tuple[Entry, ...]) -> "Seat":
        """The seat with another line."""
        return Seat(line, self.must)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered of a step that was reached.

    `chose` are the values it was chosen from. `outcome` is the branch of a choice or race, the answer of a
    task, or `approved` or `rejected`. `since` is when it was last opened.

    Where people are asked: `people` are those named by the definition, before stand-ins; `fired` the
    deadlines that have passed since it was opened; `ran` the effects of the step that were given out; `due`
    until when it should be decided. `done`: a wait is over, or effects were given out. `go` are the branches
    that were taken at once, `off` those that were closed when enough others were done. `kids` are the
    outcomes of sub-processes by the id of their row, None while they run.
    """

    visit: int
    since: datetime
    chose: Mapping[str, Any] = field(default_factory=dict)
    skipped: bool = False
    outcome: str | None = None
    people: tuple[int, ...] = ()
    seats: tuple[Seat, ...] = ()
    quorum: int = 0
    fired: tuple[str, ...] = ()
    ran: tuple[str, ...] = ()
    due: datetime | None = None
    done: bool = False
    go: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    kids: Mapping[str, str | None] = field(default_factory=dict)

    def put(self, seats: tuple[Seat, ...], outcome: str | None) -> "Mark":
        """The mark with these seats and this outcome (a third of the time of `dataclasses.replace`)."""
        return Mark(
            self.visit,
            self.since,
            self.chose,
            self.skipped,
            outcome,
            self.people,
            seats,
            self.quorum,
            self.fired,
            self.ran,
            self.due,
            self.done,
            self.go,
            self.off,
            self.kids,
        )


def people_in(mark: Mark, *, answered: bool, but: int = -1) -> tuple[int, ...]:
    """The people who decided at a step, or also those who are asked to, leaving out one seat."""
    found: dict[int, None] = {}
    for number, seat in enumerate(mark.seats):
        for entry in seat.line if number != but else ():
            if entry.kind == "advise":
                continue
            if entry.answer is not None:
                found.update(dict.fromkeys(entry.deciders))
            elif not answered:
                found.update(dict.fromkeys(entry.who))
    return tuple(found)
