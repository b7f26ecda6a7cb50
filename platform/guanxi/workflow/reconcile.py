"""The content may have changed: clear just what does not follow from it any more.

Run before every event, so that what is approved is the content at that moment, also when a related record
changed without an edit of this one.
"""

from dataclasses import replace
from typing import Any

from guanxi.definitions.flow.steps import Approve, Asking, Choose, Parallel, Step, walk
from guanxi.workflow.blocks import pick, taken
from guanxi.workflow.marks import Entry, Mark, Seat, people_in
from guanxi.workflow.outputs import Reask
from guanxi.workflow.people import barred, candidates
from guanxi.workflow.run import Run
from guanxi.workflow.tree import skips


def reconcile(run: Run) -> None:
    """Go through the marks in document order and clear what does not hold any more."""
    for name, place in run.process.places.items():
        mark = run.marks.get(name)
        if mark is None:
            continue
        if not run.same(mark.chose, place.chose):
            if chosen_otherwise(run, place.step, mark):
                clear_answered(run, place.inside)
                continue
            mark = run.marks[name] = replace(mark, chose=run.values(place.chose))
            if isinstance(place.step, Parallel) and mark.done:
                mark = _other_branches(run, place.step, mark)
        if isinstance(place.step, Approve) and mark.seats:
            _empty(run, place.step, mark)


def chosen_otherwise(run: Run, step: Step, mark: Mark) -> bool:
    """Whether a step would be skipped, take another way, or ask other people, now."""
    if skips(run, step) != mark.skipped:
        return True
    if mark.skipped:
        return False
    if isinstance(step, Choose):
        return pick(run, step) != mark.outcome
    if isinstance(step, Asking) and mark.seats:
        return candidates(run, step, barred(run, step)) != mark.people
    return False


def clear_answered(run: Run, steps: tuple[str, ...]) -> None:
    """Clear the marks of steps, and tell whose answers are dropped with them."""
    for name in steps:
        mark = run.marks.get(name)
        people = people_in(mark, answered=True) if mark else ()
        if mark is not None and people:
            then = {path: value for path, value in mark.chose.items() if value != run.value(path)}
            run.outputs.append(Reask(name, people, {path: (v, run.value(path)) for path, v in then.items()}))
    run.clear(steps)


def differences(run: Run, entry: Entry, watch: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    """(then, now) of each watched path that differs from what an entry's decider saw."""
    pairs = {path: (entry.saw.get(path), run.value(path)) for path in watch if path in entry.saw}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def _other_branches(run: Run, step: Parallel, mark: Mark) -> Mark:
    """Branches whose condition holds no more leave; others come in, and those that stay are not disturbed."""
    go = taken(run, step)
    for branch in step.branches:
        if branch.name in mark.go and branch.name not in go:
            clear_answered(run, tuple(inner.name for inner in walk(branch.steps)))
    off = tuple(name for name in mark.off if name in go)
    mark = run.marks[step.name] = replace(mark, go=go, off=off)
    return mark


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
