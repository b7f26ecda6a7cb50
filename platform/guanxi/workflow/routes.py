"""Whether a step would be chosen otherwise now: skipped, another way, other people."""

from dataclasses import replace
from typing import Any

from guanxi.definitions.flow.places import Place
from guanxi.definitions.flow.steps import Asking, Choose, Parallel, Race, Step, walk
from guanxi.workflow.blocks import pick, taken
from guanxi.workflow.marks import Mark, people_in
from guanxi.workflow.outputs import Reask
from guanxi.workflow.people import barred, candidates
from guanxi.workflow.run import Run


def skips(run: Run, step: Step) -> bool:
    """Whether the step's own condition leaves it out."""
    return step.when is not None and not run.holds(step.when)


def chosen_from(run: Run, place: Place) -> dict[str, Any]:
    """What a step is chosen from, as it is now: paths of the record, and how other steps came out."""
    found = run.values(place.chose)
    for name in place.came_out:
        found[name] = run.variables[name]
    return found


def follow(run: Run, place: Place, mark: Mark) -> Mark | None:
    """The mark of a step whose reasons have changed, as it is now; None when it had to be cleared."""
    step = place.step
    if _otherwise(run, step, mark):
        clear_answered(run, place.inside)
        return None
    mark = replace(mark, chose=chosen_from(run, place))
    if isinstance(step, Parallel) and mark.done:
        mark = _other_branches(run, step, mark)
    run.marks[step.name] = mark
    return mark


def ways(run: Run, step: Step, mark: Mark | None) -> tuple[str, ...]:
    """The branches of a block that are taken, or as things are would be."""
    if isinstance(step, Choose):
        return (mark.outcome if mark and mark.outcome else pick(run, step),)
    if isinstance(step, Race) and mark and mark.outcome:
        return (mark.outcome,)
    if isinstance(step, Parallel) and mark and mark.done:
        return tuple(name for name in mark.go if name not in mark.off)
    return taken(run, step)


def clear_answered(run: Run, steps: tuple[str, ...]) -> None:
    """Clear the marks of steps, and tell whose answers are dropped with them."""
    for name in steps:
        mark = run.marks.get(name)
        people = people_in(mark, answered=True) if mark else ()
        if mark is not None and people:
            then = {path: mark.chose.get(path) for path in run.place(name).chose}
            now = run.values(then)
            changed = {path: (then[path], now[path]) for path in then if then[path] != now[path]}
            run.outputs.append(Reask(name, people, changed))
    run.clear(steps)


def _otherwise(run: Run, step: Step, mark: Mark) -> bool:
    if skips(run, step) != mark.skipped and not (mark.skipped and mark.seats):
        return True
    if mark.skipped:
        return False
    if isinstance(step, Choose):
        return pick(run, step) != mark.outcome
    if isinstance(step, Asking) and mark.seats:
        return candidates(run, step, barred(run, step)) != mark.people
    return False


def _other_branches(run: Run, step: Parallel, mark: Mark) -> Mark:
    """Branches whose condition holds no more leave; others come in, and those that stay are not disturbed."""
    go = taken(run, step)
    for branch in step.branches:
        if branch.name in mark.go and branch.name not in go:
            clear_answered(run, tuple(inner.name for inner in walk(branch.steps)))
    return replace(mark, go=go, off=tuple(name for name in mark.off if name in go))
