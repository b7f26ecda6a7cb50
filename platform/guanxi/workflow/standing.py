"""How far a step has come, in the words that people are shown."""

from typing import Literal, TypeAlias

from guanxi.definitions.flow.steps import Asking, Call, Do, Step, Wait, branches_of
from guanxi.workflow.marks import Mark
from guanxi.workflow.run import Run
from guanxi.workflow.seats import Result, settled

Stand: TypeAlias = Literal["done", "now", "todo", "skipped", "held", "rejected", "carried", "cancelled"]


def standing(run: Run, step: Step, mark: Mark | None) -> Stand:
    """How far a step has come; `cancelled` is one that was open when it was closed from outside."""
    if mark is None:
        return "todo" if run.status in ("running", "returned") else "skipped"
    if mark.skipped:
        return "skipped"
    tasks = [task for task in run.tasks.values() if task.step == step.name]
    if any(task.kind == "hold" for task in tasks):
        return "held"
    if tasks:
        return "now"
    if isinstance(step, Asking):
        return _answered(run, step, mark)
    return _other(run, step, mark)


def _answered(run: Run, step: Asking, mark: Mark) -> Stand:
    if mark.outcome is None or not mark.seats or settled(step, mark) is Result.OPEN:
        if run.status in ("running", "returned"):
            return "todo"
        return "cancelled" if any(e.answer for seat in mark.seats for e in seat.line) else "skipped"
    if mark.outcome == "rejected" and settled(step, mark) is Result.NO:
        return "rejected"
    answered = [entry for seat in mark.seats for entry in seat.line if entry.answer]
    return "carried" if answered and all(entry.carried for entry in answered) else "done"


def _other(run: Run, step: Step, mark: Mark) -> Stand:
    if isinstance(step, Call) and any(child.step == step.name for child in run.children.values()):
        return "now"
    if step.name in run.waits:
        return "now"
    if branches_of(step):
        inside = [run.place(name) for name in run.place(step.name).inside[1:]]
        stands = [standing(run, one.step, run.marks.get(one.step.name)) for one in inside]
        if "held" in stands or "now" in stands:
            return "held" if "held" in stands else "now"
    if mark.outcome == "rejected":
        return "rejected"
    if mark.done or mark.outcome is not None or not isinstance(step, Do | Wait | Call):
        return "done"
    return "todo" if run.status in ("running", "returned") else "cancelled"
