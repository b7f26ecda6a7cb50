"""Steps in which people are asked: their seats, open tasks, deadlines and effects."""

from dataclasses import replace
from datetime import datetime

from guanxi.definitions.flow.powers import Deadline
from guanxi.definitions.flow.steps import Approve, Asking
from guanxi.workflow.holders import carry_over, refresh
from guanxi.workflow.live import Live
from guanxi.workflow.marks import Entry, Mark
from guanxi.workflow.run import Run
from guanxi.workflow.seats import Result, asked, seated, settled
from guanxi.workflow.state import Task, TaskKind, task_key


def ask_people(run: Run, step: Asking, mark: Mark, live: Live) -> Result:
    """What becomes of the step; while it is open, its tasks and timers are live."""
    first = not mark.seats
    if first:
        mark = seated(run, step, mark)
    prefix = f"{step.name}#{mark.visit}."
    opening = mark.outcome is None and not any(key.startswith(prefix) for key in run.tasks)
    if opening and isinstance(step, Approve) and run.process.policies.same_approver_again == "carryOver":
        mark = carry_over(run, step, mark)
    result = settled(step, mark)
    if result is Result.OPEN:
        mark = mark if first else refresh(run, step, mark)
        if opening:
            mark = _opened(run, step, mark, again=not first)
        _ask(step, mark, live)
        _deadlines(run, step, mark, live, opening=opening)
    else:
        mark = _settled(run, step, mark, result)
    run.marks[step.name] = mark
    return result


def _opened(run: Run, step: Asking, mark: Mark, *, again: bool) -> Mark:
    """Deadlines count from now. Opened again, it asks under new keys, so that no old form can decide."""
    seats = mark.seats
    if again:
        seats = tuple(
            seat.put(tuple(replace(e, ask=e.ask + 1) if e.answer is None else e for e in seat.line))
            for seat in seats
        )
    if again or step.due is not None:
        due = run.after(step.due, run.now) if step.due is not None else None
        mark = replace(mark, seats=seats, outcome=None, since=run.now, fired=(), due=due)
    return _once(run, step, mark, "onEntered") if isinstance(step, Approve) else mark


def _settled(run: Run, step: Asking, mark: Mark, result: Result) -> Mark:
    if not isinstance(step, Approve):
        answers = [entry.answer for seat in mark.seats for entry in seat.line if entry.kind == "decide"]
        return mark if mark.outcome == answers[-1] else mark.put(mark.seats, answers[-1])
    outcome = "approved" if result is Result.DONE else "rejected"
    if mark.outcome == outcome:
        return mark
    hook = "onApproved" if result is Result.DONE else "onRejected"
    return _once(run, step, mark.put(mark.seats, outcome), hook)


def _once(run: Run, step: Approve, mark: Mark, hook: str) -> Mark:
    """Give out effects of the step, once a visit."""
    effects = {
        "onEntered": step.on_entered,
        "onApproved": step.on_approved,
        "onRejected": step.on_rejected,
    }[hook]
    if not effects or hook in mark.ran:
        return mark
    run.carry_out(effects, f"{step.name}#{mark.visit}.{hook}")
    return replace(mark, ran=(*mark.ran, hook))


def _ask(step: Asking, mark: Mark, live: Live) -> None:
    for number, entry in asked(step, mark):
        key = task_key(step.name, mark, number, entry)
        live.tasks[key] = Task(step.name, entry.who, _kind(entry), mark.due)


def _kind(entry: Entry) -> TaskKind:
    return entry.kind if entry.who else "hold"


def _deadlines(run: Run, step: Asking, mark: Mark, live: Live, *, opening: bool) -> None:
    for deadline in step.deadlines:
        if deadline.name in mark.fired:
            continue
        key = f"{step.name}#{mark.visit}/{deadline.name}"
        due = None if opening else run.timers.get(key)
        due = due or run.after(deadline.after, _counts_from(run, deadline, mark))
        if due is not None:
            live.timers[key] = due


def _counts_from(run: Run, deadline: Deadline, mark: Mark) -> datetime:
    """A deadline that decides gives a whole span also after a move to another version."""
    if run.moved is not None and deadline.do in ("approve", "reject"):
        return max(mark.since, run.moved)
    return mark.since
