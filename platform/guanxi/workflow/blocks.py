"""Steps that hold others: one way of several, several ways at once, the first way that moves."""

from dataclasses import replace

from guanxi.definitions.flow.steps import (
    OTHERWISE,
    Branch,
    Choose,
    Do,
    Parallel,
    Race,
    Step,
    Wait,
    branches_of,
    walk,
)
from guanxi.workflow.live import Live, Walk
from guanxi.workflow.marks import Mark, people_in
from guanxi.workflow.run import Run
from guanxi.workflow.seats import Result, tally


def pick(run: Run, step: Choose) -> str:
    """The branch that a choice takes on the record as it is now."""
    return next((branch.name for branch in step.branches if run.holds(branch.when)), OTHERWISE)


def taken(run: Run, step: Step) -> tuple[str, ...]:
    """The branches that are taken at once on the record as it is now."""
    return tuple(b.name for b in branches_of(step) if b.when is None or run.holds(b.when))


def choose(run: Run, step: Choose, mark: Mark, live: Live, walk_steps: Walk) -> Result:
    """As the branch that is taken."""
    if mark.outcome is None:
        mark = run.marks[step.name] = mark.put((), pick(run, step))
    return walk_steps(run, step.branch(str(mark.outcome)).steps, live)


def parallel(run: Run, step: Parallel, mark: Mark, live: Live, walk_steps: Walk) -> Result:
    """Done when enough branches are, no when too few can be; then the rest is closed or runs on."""
    if not mark.done:
        mark = run.marks[step.name] = replace(mark, done=True, go=taken(run, step))
    branches = [branch for branch in step.branches if branch.name in mark.go]
    running = [branch for branch in branches if branch.name not in mark.off]
    found = _walked(run, running, walk_steps)
    result = _joined(step, found)
    if mark.outcome == "rejected" and mark.off and result is not Result.NO:
        # A rejection that closed the others does not stand any more, so they count again.
        mark = replace(mark, off=(), outcome=None)
        found |= _walked(run, [branch for branch in branches if branch.name not in found], walk_steps)
        result = _joined(step, found)
    if result is Result.OPEN or (result is Result.DONE and step.rest == "letRun"):
        _keep(live, found, tuple(found))
        off: tuple[str, ...] = ()
    else:
        off = tuple(name for name, (one, _) in found.items() if one is Result.OPEN)
        _keep(live, found, tuple(name for name in found if name not in off))
        _forget(run, [branch for branch in running if branch.name in off])
    outcome = {Result.DONE: "approved", Result.NO: "rejected", Result.OPEN: None}[result]
    run.marks[step.name] = replace(mark, outcome=outcome, off=mark.off + off)
    return result


def race(run: Run, step: Race, mark: Mark, live: Live, walk_steps: Walk) -> Result:
    """The first branch, in document order, in which something happened is taken; the others vanish."""
    if mark.outcome is not None:
        winner = next(branch for branch in step.branches if branch.name == mark.outcome)
        return walk_steps(run, winner.steps, live)
    open_ = Live()
    for branch in step.branches:
        found = Live()
        result = walk_steps(run, branch.steps, found)
        if result is not Result.OPEN or _moved(run, branch):
            run.marks[step.name] = mark.put((), branch.name)
            live.take(found)
            _forget(run, [other for other in step.branches if other is not branch])
            return result
        open_.take(found)
    live.take(open_)
    return Result.OPEN


def _walked(run: Run, branches: list[Branch], walk_steps: Walk) -> dict[str, tuple[Result, Live]]:
    """What became of each branch, and what is open in it."""
    found = {}
    for branch in branches:
        live = Live()
        found[branch.name] = (walk_steps(run, branch.steps, live), live)
    return found


def _joined(step: Parallel, found: dict[str, tuple[Result, Live]]) -> Result:
    return tally((result for result, _ in found.values()), step.join.quorum(len(found)))


def _keep(live: Live, found: dict[str, tuple[Result, Live]], names: tuple[str, ...]) -> None:
    for name in names:
        live.take(found[name][1])


def _forget(run: Run, branches: list[Branch]) -> None:
    for branch in branches:
        run.clear(inner.name for inner in walk(branch.steps))


def _moved(run: Run, branch: Branch) -> bool:
    """Whether something was decided, has fired or has ended in a branch."""
    for inner in walk(branch.steps):
        mark = run.marks.get(inner.name)
        if mark is None:
            continue
        if mark.done and isinstance(inner, Wait | Do):
            return True
        if any(outcome is not None for outcome in mark.kids.values()) or people_in(mark, answered=True):
            return True
    return False
