"""Deriving the tree: which steps are open, done or no, and so which tasks there are."""

from dataclasses import replace
from typing import Literal

from guanxi.definitions.flow.steps import OTHERWISE, Approve, Choose, Step
from guanxi.workflow.holders import carry_over, refresh
from guanxi.workflow.run import Run
from guanxi.workflow.seats import Result, seated, tally, verdict
from guanxi.workflow.state import Mark, Task, task_key


def derive(run: Run) -> None:
    """Walk the tree; put the open tasks in the draft, and end it when all is decided."""
    live: dict[str, Task] = {}
    if run.status == "running":
        result = _sequence(run, run.approval.steps, live)
        if result is not Result.OPEN:
            run.end("approved" if result is Result.DONE else "rejected")
    run.tasks = live if run.status == "running" else {}


def pick(run: Run, step: Choose) -> str:
    """The branch that a choice takes on the record as it is now."""
    return next((branch.name for branch in step.branches if run.holds(branch.when)), OTHERWISE)


def skips(run: Run, step: Step) -> bool:
    """Whether the step's own condition leaves it out."""
    return step.when is not None and not run.holds(step.when)


def _sequence(run: Run, steps: tuple[Step, ...], live: dict[str, Task]) -> Result:
    """Up to the first step that is not done."""
    for step in steps:
        result = _node(run, step, live)
        if result is not Result.DONE:
            return result
    return Result.DONE


def _node(run: Run, step: Step, live: dict[str, Task]) -> Result:
    mark = run.marks.get(step.name) or _enter(run, step)
    if mark.skipped:
        return Result.DONE
    if isinstance(step, Choose):
        if mark.outcome is None:
            mark = run.marks[step.name] = mark.put((), pick(run, step))
        return _sequence(run, step.branch(str(mark.outcome)).steps, live)
    if isinstance(step, Approve):
        return _approve(run, step, mark, live)
    raise TypeError(f"{step.name} is no step of an approval")


def _enter(run: Run, step: Step) -> Mark:
    """A fresh mark: what the step was chosen from is remembered, so that a change is noticed."""
    visit = run.visits.get(step.name, 0) + 1
    run.visits[step.name] = visit
    chose = run.values(run.place(step.name).chose)
    mark = run.marks[step.name] = Mark(visit, run.now, chose, skipped=skips(run, step))
    return mark


def _approve(run: Run, step: Approve, mark: Mark, live: dict[str, Task]) -> Result:
    if not mark.seats:
        mark = seated(run, step, mark)
    prefix = f"{step.name}#{mark.visit}."
    opening = mark.outcome is None and not any(key.startswith(prefix) for key in run.tasks)
    if opening and run.approval.policies.same_approver_again == "carryOver":
        mark = carry_over(run, step, mark)
    result = tally(map(verdict, mark.seats), mark.quorum)
    if result is Result.OPEN:
        mark = refresh(run, step, mark)
        mark = replace(mark, outcome=None, since=run.now) if opening else mark
        _ask(step, mark, live)
    else:
        outcome: Literal["approved", "rejected"] = "approved" if result is Result.DONE else "rejected"
        mark = mark if mark.outcome == outcome else mark.put(mark.seats, outcome)
    run.marks[step.name] = mark
    return result


def _ask(step: Approve, mark: Mark, live: dict[str, Task]) -> None:
    """A task for the first unanswered entry of every undecided seat."""
    for number, seat in enumerate(mark.seats):
        if verdict(seat) is Result.OPEN:
            entry = next(entry for entry in seat.line if entry.answer is None)
            kind: Literal["decide", "hold"] = "decide" if entry.who else "hold"
            live[task_key(step.name, mark, number, entry)] = Task(step.name, entry.who, kind)
