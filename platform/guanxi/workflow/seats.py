"""Seats: the one arithmetic of consent.

`any` is one seat with many holders, `inTurn` one seat with a line of entries, `all`, `atLeast` and `percent`
a seat a person with a quorum. A seat is no when an entry rejects, done when all entries are answered. A step
is done when enough seats are done and all those that must be, and no when too few can still become so, or one
that must be is not. Short of people, seats stay vacant for an administrator to fill: a quorum never falls.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from enum import Enum

from guanxi.definitions.flow.steps import Approve, Asking, Need
from guanxi.workflow.marks import Entry, Mark, Seat
from guanxi.workflow.people import barred, candidates, eligible, stand_in
from guanxi.workflow.run import Run

ANY = Need()


class Result(Enum):
    """What became of a seat, a step, a sequence."""

    OPEN = "open"
    DONE = "done"
    NO = "no"


def verdict(step: Asking, seat: Seat) -> Result:
    """What became of one seat; a task is done however it is answered."""
    result = Result.DONE
    for entry in seat.line:
        if entry.answer is None:
            result = Result.OPEN
        elif entry.answer == "reject" and entry.kind == "decide" and isinstance(step, Approve):
            return Result.NO
    return result


def settled(step: Asking, mark: Mark) -> Result:
    """What becomes of a step with these seats."""
    done = undecided = 0
    waits = False
    for seat in mark.seats:
        result = verdict(step, seat)
        if not seat.must:
            done += result is Result.DONE
            undecided += result is Result.OPEN
        elif result is Result.NO:
            return Result.NO
        else:
            waits = waits or result is Result.OPEN
    if done + undecided < mark.quorum:
        return Result.NO
    return Result.DONE if done >= mark.quorum and not waits else Result.OPEN


def tally(verdicts: Iterable[Result], quorum: int) -> Result:
    """What becomes of several of which so many are needed."""
    done = undecided = 0
    for result in verdicts:
        done += result is Result.DONE
        undecided += result is Result.OPEN
    if done >= quorum:
        return Result.DONE
    return Result.OPEN if done + undecided >= quorum else Result.NO


def asked(step: Asking, mark: Mark) -> list[tuple[int, Entry]]:
    """The first unanswered entry of every seat that still counts, with the number of the seat.

    When the quorum is reached and only seats that must consent are open, the others are asked no more.
    """
    found = [
        (number, next(entry for entry in seat.line if entry.answer is None))
        for number, seat in enumerate(mark.seats)
        if verdict(step, seat) is Result.OPEN
    ]
    if any(seat.must for seat in mark.seats):
        base = tally((verdict(step, seat) for seat in mark.seats if not seat.must), mark.quorum)
        return [pair for pair in found if base is Result.OPEN or mark.seats[pair[0]].must]
    return found


def seated(run: Run, step: Asking, mark: Mark) -> Mark:
    """The mark with its seats: people resolved, stand-ins applied, vacancies kept."""
    bad = barred(run, step)
    people = candidates(run, step, bad)
    need = step.need if isinstance(step, Approve) else ANY
    quorum = need.quorum(len(people))
    if need.kind == "any":
        seats: tuple[Seat, ...] = (Seat((Entry(0, _holders(run, people, bad)),)),)
    elif need.kind == "inTurn":
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
    found = [stand_in(run, person, bad) for person in people]
    once = [p for i, p in enumerate(found) if p is None or p not in found[:i]] or [None]
    return tuple(Entry(i, () if person is None else (person,)) for i, person in enumerate(once))


def _each(run: Run, people: tuple[int, ...], bad: AbstractSet[int], quorum: int) -> tuple[Seat, ...]:
    """A seat a person. One person has one vote, so nobody who has a seat stands in for another."""
    taken = set(bad).union(person for person in people if eligible(run, person, bad))
    seats = []
    for person in people:
        found = person if eligible(run, person, bad) else stand_in(run, person, taken)
        if found is not None:
            taken.add(found)
        seats.append(Seat((Entry(0, () if found is None else (found,)),)))
    vacant = max(quorum - len(people), 0)
    return tuple(seats) + (Seat((Entry(0, ()),)),) * vacant
