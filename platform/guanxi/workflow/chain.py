"""The chain as people see it: who decided, who is asked, who comes next; also before submitting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.steps import Approve, Choose, Step
from guanxi.definitions.labels import Label
from guanxi.workflow.facts import Facts
from guanxi.workflow.run import Run
from guanxi.workflow.seats import seated
from guanxi.workflow.state import Answer, Mark, State
from guanxi.workflow.tree import pick, skips

Stand = Literal["done", "now", "todo", "skipped", "held", "rejected", "carried"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer at a step. `carried` names the step at which it was really given."""

    by: int
    behalf: int | None
    answer: Answer
    at: datetime
    comment: str
    carried: str | None


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One approve step of the chain.

    `people` are asked and have not answered (of a step to come: would be asked, as things are). `by`, `at`
    and `comment` are of the last decision; `decisions` are all. `given` of `needed` consents are there.
    `assigned_by` is the administrator who assigned an open task.
    """

    step: str
    label: Label
    state: Stand
    people: tuple[int, ...] = ()
    by: int | None = None
    at: datetime | None = None
    comment: str = ""
    decisions: tuple[Decision, ...] = ()
    given: int = 0
    needed: int = 1
    assigned_by: int | None = None


def chain(approval: Approval, state: State, now: datetime, facts: Facts) -> list[ChainStep]:
    """The steps of an instance in order; while it runs, also those not reached, as far as can be said now."""
    return _steps(Run(approval, state, now, facts), approval.steps)


def preview(approval: Approval, submitter: int, now: datetime, facts: Facts) -> list[ChainStep]:
    """Who would decide if the record were submitted now."""
    return chain(approval, State(0, "running", submitter, submitter), now, facts)


def _steps(run: Run, steps: tuple[Step, ...]) -> list[ChainStep]:
    found: list[ChainStep] = []
    for step in steps:
        mark = run.marks.get(step.name)
        if mark is None and run.status != "running":
            continue
        if mark.skipped if mark else skips(run, step):
            found += [ChainStep(step.name, step.label, "skipped")] if isinstance(step, Approve) else []
        elif isinstance(step, Choose):
            found += _steps(
                run, step.branch(mark.outcome if mark and mark.outcome else pick(run, step)).steps
            )
        elif isinstance(step, Approve):
            found.append(_reached(run, step, mark) if mark and mark.seats else _to_come(run, step))
    return found


def _to_come(run: Run, step: Approve) -> ChainStep:
    """Whom a step that was not reached would ask."""
    mark = seated(run, step, Mark(0, run.now))
    people = tuple(dict.fromkeys(p for seat in mark.seats for entry in seat.line for p in entry.who))
    vacant = any(not entry.who for seat in mark.seats for entry in seat.line)
    return ChainStep(step.name, step.label, "held" if vacant else "todo", people, needed=mark.quorum)


def _reached(run: Run, step: Approve, mark: Mark) -> ChainStep:
    entries = [entry for seat in mark.seats for entry in seat.line]
    decisions = tuple(
        Decision(e.by, e.behalf, e.answer, e.at, e.comment, e.carried)
        for e in sorted((e for e in entries if e.at), key=lambda e: str(e.at))
        if e.answer and e.by is not None and e.at
    )
    last = decisions[-1] if decisions else None
    waiting = run.status == "running" and mark.outcome is None
    open_ = [entry for entry in entries if entry.answer is None] if waiting else []
    return ChainStep(
        step.name,
        step.label,
        _stand(run, step, mark, decisions),
        tuple(dict.fromkeys(person for entry in open_ for person in entry.who)),
        last.by if last else None,
        last.at if last else None,
        last.comment if last else "",
        decisions,
        sum(decision.answer == "approve" for decision in decisions),
        len(entries) if step.need.kind == "inTurn" else mark.quorum,
        next((entry.assigned for entry in open_ if entry.assigned is not None), None),
    )


def _stand(run: Run, step: Approve, mark: Mark, decisions: tuple[Decision, ...]) -> Stand:
    if mark.outcome == "rejected":
        return "rejected"
    if mark.outcome == "approved":
        return "carried" if decisions and all(decision.carried for decision in decisions) else "done"
    if run.status != "running":
        return "skipped"
    tasks = [task for task in run.tasks.values() if task.step == step.name]
    if not tasks:
        return "todo"
    return "held" if any(task.kind == "hold" for task in tasks) else "now"
