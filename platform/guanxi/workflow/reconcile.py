"""The content may have changed: clear just what does not follow from it any more.

Run before every event, so that what is approved is the content at that moment, also when a related record
changed without an edit of this one.
"""

from dataclasses import replace
from typing import Any

from guanxi.definitions.flow.steps import Approve, Choose, Step
from guanxi.workflow.outputs import Reask
from guanxi.workflow.people import barred, candidates
from guanxi.workflow.run import Run, people_in
from guanxi.workflow.state import Entry, Mark, Seat
from guanxi.workflow.tree import pick, skips


def reconcile(run: Run) -> None:
    """Go through the marks in document order and clear what does not hold any more."""
    for name, place in run.approval.places.items():
        mark = run.marks.get(name)
        if mark is None:
            continue
        if not run.same(mark.chose, place.chose):
            if _chosen_otherwise(run, place.step, mark):
                _reask_cleared(run, place.inside)
                run.clear(place.inside)
                continue
            mark = run.marks[name] = replace(mark, chose=run.values(place.chose))
        if isinstance(place.step, Approve) and mark.seats:
            _empty(run, place.step, mark)


def _chosen_otherwise(run: Run, step: Step, mark: Mark) -> bool:
    """Whether a step would be skipped, take another way, or ask other people, now."""
    if skips(run, step) != mark.skipped:
        return True
    if mark.skipped:
        return False
    if isinstance(step, Choose):
        return pick(run, step) != mark.outcome
    if isinstance(step, Approve):
        return bool(mark.seats) and candidates(run, step, barred(run, step)) != mark.people
    return False


def _empty(run: Run, step: Approve, mark: Mark) -> None:
    """Empty answers given on other content, and consents of people who may not decide any more."""
    bad, watch = barred(run, step), run.place(step.name).watch
    emptied: list[Entry] = []
    seats = tuple(Seat(tuple(_kept(run, entry, watch, bad, emptied) for entry in s.line)) for s in mark.seats)
    if not emptied:
        return
    run.marks[step.name] = mark.put(seats, None)
    people = dict.fromkeys(entry.by for entry in emptied if entry.by is not None)
    changed: dict[str, tuple[Any, Any]] = {}
    for entry in emptied:
        changed |= differences(run, entry, watch)
    run.outputs.append(Reask(step.name, tuple(people), changed))


def _kept(run: Run, entry: Entry, watch: tuple[str, ...], bad: set[int], emptied: list[Entry]) -> Entry:
    """The entry, or the entry to be asked again; what was seen stays, to show the difference."""
    if entry.answer is None:
        return entry
    if run.same(entry.saw, watch) and not bad.intersection((entry.by, entry.behalf)):
        return entry
    emptied.append(entry)
    return replace(
        entry, answer=None, by=None, behalf=None, at=None, comment="", carried=None, ask=entry.ask + 1
    )


def differences(run: Run, entry: Entry, watch: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    """(then, now) of each watched path that differs from what an entry's decider saw."""
    pairs = {path: (entry.saw.get(path), run.value(path)) for path in watch if path in entry.saw}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def _reask_cleared(run: Run, steps: tuple[str, ...]) -> None:
    """Tell whose answers are dropped with the steps that are cleared."""
    for name in steps:
        mark = run.marks.get(name)
        people = people_in(mark, answered=True) if mark else ()
        if mark is not None and people:
            then = {path: value for path, value in mark.chose.items() if value != run.value(path)}
            run.outputs.append(Reask(name, people, {path: (v, run.value(path)) for path, v in then.items()}))
