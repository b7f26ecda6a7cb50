"""Seats: the one arithmetic of consent.

`any` is one seat with many holders, `inTurn` one seat with a line of entries, `all`, `atLeast` and `percent`
a seat a person with a quorum. A seat is no when an entry rejects, done when all entries consent. A step is
done when enough seats are done, and no when too few can still become so. Short of people, seats stay vacant
for an administrator to fill: a quorum never falls.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from enum import Enum

from guanxi.definitions.flow.steps import Approve
from guanxi.workflow.people import barred, candidates, eligible, stand_in
from guanxi.workflow.run import Run
from guanxi.workflow.state import Entry, Mark, Seat


class Result(Enum):
    """What became of a seat, a step, a sequence."""

    OPEN = "open"
    DONE = "done"
    NO = "no"


def verdict(seat: Seat) -> Result:
    """What became of one seat."""
    if any(entry.answer == "reject" for entry in seat.line):
        return Result.NO
    return Result.DONE if all(entry.answer == "approve" for entry in seat.line) else Result.OPEN


def tally(verdicts: Iterable[Result], quorum: int) -> Result:
    """What becomes of a step with these seats."""
    done = undecided = 0
    for result in verdicts:
        done += result is Result.DONE
        undecided += result is Result.OPEN
    if done >= quorum:
        return Result.DONE
    return Result.OPEN if done + undecided >= quorum else Result.NO


def seated(run: Run, step: Approve, mark: Mark) -> Mark:
    """The mark with its seats: people resolved, stand-ins applied, vacancies kept."""
    bad = barred(run, step)
    people = candidates(run, step, bad)
    quorum = step.need.quorum(len(people))
    if step.need.kind == "any":
        seats: tuple[Seat, ...] = (Seat((Entry(0, _holders(run, people, bad)),)),)
    elif step.need.kind == "inTurn":
        seats = (Seat(_line(run, people, bad)),)
    else:
        seats = _each(run, people, bad, quorum)
    return Mark(mark.visit, mark.since, mark.chose, people=people, seats=seats, quorum=quorum)


def _holders(run: Run, people: tuple[int, ...], bad: AbstractSet[int]) -> tuple[int, ...]:
    """Everybody named who may decide, else the first stand-in."""
    able = sorted(person for person in people if eligible(run, person, bad))
    if able:
        return tuple(able)
    found = (stand_in(run, person, bad) for person in people)
    return tuple(person for person in found if person is not None)[:1]


def _line(run: Run, people: tuple[int, ...], bad: AbstractSet[int]) -> tuple[Entry, ...]:
    """One entry a person; somebody who also stands in for another of the line is asked once."""
    asked = [stand_in(run, person, bad) for person in people]
    once = [p for i, p in enumerate(asked) if p is None or p not in asked[:i]] or [None]
    return tuple(Entry(i, () if person is None else (person,)) for i, person in enumerate(once))


def _each(run: Run, people: tuple[int, ...], bad: AbstractSet[int], quorum: int) -> tuple[Seat, ...]:
    """A seat a person. One person has one vote, so nobody who has a seat stands in for another."""
    taken = set(bad).union(person for person in people if eligible(run, person, bad))
    seats = []
    for person in people:
        asked = person if eligible(run, person, bad) else stand_in(run, person, taken)
        if asked is not None:
            taken.add(asked)
        seats.append(Seat((Entry(0, () if asked is None else (asked,)),)))
    vacant = max(quorum - len(people), 0)
    return tuple(seats) + (Seat((Entry(0, ()),)),) * vacant
