"""The content may have changed: clear just what does not follow from it any more.

Run before every event, so that what is approved is the content at that moment, also when a related record
changed without an edit of this one.
"""

from dataclasses import replace
from typing import Any

from guanxi.definitions.flow.steps import Approve
from guanxi.workflow.marks import Entry, Mark, Seat
from guanxi.workflow.outputs import Reask
from guanxi.workflow.people import barred
from guanxi.workflow.routes import follow
from guanxi.workflow.run import Run


def reconcile(run: Run) -> None:
    """Go through the marks in document order and clear what does not hold any more."""
    for name, place in run.process.places.items():
        mark = run.marks.get(name)
        if mark is None:
            continue
        if not run.same(mark.chose, place.chose):
            followed = follow(run, place, mark)
            if followed is None:
                continue
            mark = followed
        if mark.seats and isinstance(place.step, Approve) and _answered(mark):
            _empty(run, place.step, mark)


def _answered(mark: Mark) -> bool:
    return any(entry.answer is not None for seat in mark.seats for entry in seat.line)


def differences(run: Run, entry: Entry, watch: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    """(then, now) of each watched path that differs from what an entry's decider saw."""
    pairs = {path: (entry.saw.get(path), run.value(path)) for path in watch if path in entry.saw}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def _empty(run: Run, step: Approve, mark: Mark) -> None:
    """Empty answers given on other content, and consents of people who may not decide any more."""
    bad, watch = barred(run, step), run.place(step.name).watch
    emptied: list[Entry] = []
    seats = tuple(seat.put(_kept(run, seat, watch, bad, emptied)) for seat in mark.seats)
    if not emptied:
        return
    run.marks[step.name] = mark.put(seats, None)
    people = dict.fromkeys(person for entry in emptied for person in entry.deciders)
    changed: dict[str, tuple[Any, Any]] = {}
    for entry in emptied:
        changed |= differences(run, entry, watch)
    run.outputs.append(Reask(step.name, tuple(people), changed))


def _kept(
    run: Run, seat: Seat, watch: tuple[str, ...], bad: set[int], emptied: list[Entry]
) -> tuple[Entry, ...]:
    """The line; answers that do not stand are asked again, and who comes after them under a new key.

    What was seen stays, to show the difference. An advice is no consent, and stays.
    """
    line: list[Entry] = []
    again = False
    for entry in seat.line:
        if entry.answer is None:
            line.append(replace(entry, ask=entry.ask + 1) if again else entry)
        elif entry.kind == "advise" or (run.same(entry.saw, watch) and not bad.intersection(entry.deciders)):
            line.append(entry)
        else:
            again = True
            emptied.append(entry)
            line.append(_emptied(entry))
    return tuple(line)


def _emptied(entry: Entry) -> Entry:
    return replace(
        entry,
        answer=None,
        by=None,
        behalf=None,
        at=None,
        comment="",
        carried=None,
        deadline=None,
        ask=entry.ask + 1,
    )
