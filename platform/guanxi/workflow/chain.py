"""The chain as people see it: who decided, who is asked, who comes next; also before submitting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Approve, Asking, Step, branches_of
from guanxi.definitions.labels import Label
from guanxi.workflow.facts import Facts
from guanxi.workflow.marks import ADVICE, Answer, Entry, Mark
from guanxi.workflow.routes import skips, ways
from guanxi.workflow.run import Run
from guanxi.workflow.seats import seated
from guanxi.workflow.standing import Stand, standing
from guanxi.workflow.state import State

Path = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer at a step. `carried` names the step at which it was really given.

    `by` is None of one that the deadline `deadline` decided. An answer `advice` is no decision.
    """

    by: int | None
    behalf: int | None
    answer: Answer
    at: datetime
    comment: str
    carried: str | None
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step of the chain.

    `people` are asked and have not answered (of a step to come: would be asked, as things are). `by`, `at`
    and `comment` are of the last decision; `decisions` are all. `given` of `needed` consents are there.
    `assigned_by` is the administrator who assigned an open task. `due` is until when it should be decided.
    `path` are the blocks and branches around it: steps whose paths part at a parallel block stand side by
    side. `why` a skipped step was left out: its own `condition`, or somebody left the task out (`person`).
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
    due: datetime | None = None
    path: Path = ()
    type: Literal["approve", "task"] = "approve"
    why: Literal["condition", "person", ""] = ""


def chain(process: Process, state: State, now: datetime, facts: Facts) -> list[ChainStep]:
    """The steps of an instance in which people are asked, in order.

    While it runs, also those not reached, as far as can be said now.
    """
    return _steps(Run(process, state, now, facts), process.steps)


def preview(
    process: Process,
    submitter: int,
    now: datetime,
    facts: Facts,
    chosen: dict[str, tuple[int, ...]] | None = None,
) -> list[ChainStep]:
    """Who would decide if the record were submitted now, with these people `chosen` for steps."""
    return chain(process, State(0, "running", submitter, submitter, chosen=chosen or {}), now, facts)


def _steps(run: Run, steps: tuple[Step, ...]) -> list[ChainStep]:
    found: list[ChainStep] = []
    for step in steps:
        mark = run.marks.get(step.name)
        if mark is None and run.status not in ("running", "returned"):
            continue
        if mark.skipped if mark else skips(run, step):
            found += [_skipped(run, step, mark)] if isinstance(step, Asking) else []
        elif isinstance(step, Asking):
            found.append(_reached(run, step, mark) if mark and mark.seats else _to_come(run, step))
        else:
            going = ways(run, step, mark)
            for branch in branches_of(step):
                found += _steps(run, branch.steps) if branch.name in going else []
    return found


def _skipped(run: Run, step: Asking, mark: Mark | None) -> ChainStep:
    why: Literal["condition", "person"] = "person" if mark and mark.seats else "condition"
    return ChainStep(
        step.name, step.label, "skipped", path=run.place(step.name).up, type=_type(step), why=why
    )


def _to_come(run: Run, step: Asking) -> ChainStep:
    """Whom a step that was not reached would ask."""
    mark = seated(run, step, Mark(0, run.now))
    people = tuple(dict.fromkeys(p for seat in mark.seats for entry in seat.line for p in entry.who))
    vacant = any(not entry.who for seat in mark.seats for entry in seat.line)
    return ChainStep(
        step.name,
        step.label,
        "held" if vacant else "todo",
        people,
        needed=mark.quorum,
        path=run.place(step.name).up,
        type=_type(step),
    )


def _reached(run: Run, step: Asking, mark: Mark) -> ChainStep:
    entries = [entry for seat in mark.seats for entry in seat.line]
    decisions = tuple(
        Decision(e.by, e.behalf, e.answer, e.at, e.comment, e.carried, e.deadline)
        for e in sorted((e for e in entries if e.at), key=lambda e: str(e.at))
        if e.answer and e.at
    )
    given = [decision for decision in decisions if decision.answer != ADVICE]
    last = given[-1] if given else None
    waiting = run.status == "running" and mark.outcome is None
    open_ = [entry for entry in entries if entry.answer is None] if waiting else []
    return ChainStep(
        step.name,
        step.label,
        standing(run, step, mark),
        tuple(dict.fromkeys(person for entry in open_ for person in entry.who)),
        last.by if last else None,
        last.at if last else None,
        last.comment if last else "",
        decisions,
        sum(decision.answer == "approve" for decision in decisions),
        _needed(step, mark, entries),
        next((entry.assigned for entry in open_ if entry.assigned is not None), None),
        mark.due if waiting else None,
        run.place(step.name).up,
        _type(step),
    )


def _needed(step: Asking, mark: Mark, entries: list[Entry]) -> int:
    if isinstance(step, Approve) and step.need.kind == "inTurn":
        return sum(entry.kind == "decide" for entry in entries)
    return mark.quorum + sum(seat.must for seat in mark.seats)


def _type(step: Asking) -> Literal["approve", "task"]:
    return "approve" if isinstance(step, Approve) else "task"
