"""What a person may do with a task, for the page that offers it; the events check the same again."""

from dataclasses import dataclass
from datetime import datetime

from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Approve, Asking
from guanxi.definitions.flow.steps import Task as TaskStep
from guanxi.errors import Refused
from guanxi.rules.who import named_by_any
from guanxi.workflow.acting import asked_entry, reach, task_of
from guanxi.workflow.events import Decide, Reply
from guanxi.workflow.facts import Facts
from guanxi.workflow.returning import previous, targets
from guanxi.workflow.run import Run
from guanxi.workflow.state import State
from guanxi.workflow.submitting import choices


@dataclass(frozen=True, slots=True)
class Powers:
    """What may be done with a task; empty and False are what may not.

    `answers` to decide by; `reply` instead, where only information is asked for. `returns`: where it may go
    back to, each with the step (or `submitter`) that it then goes to. `transfer`, `delegate`, `ask` and `add`
    are the people who may be chosen. `added` are those who were added and may be taken out again.
    """

    answers: tuple[str, ...] = ()
    reply: bool = False
    returns: tuple[tuple[str, str], ...] = ()
    transfer: tuple[int, ...] = ()
    delegate: tuple[int, ...] = ()
    ask: tuple[int, ...] = ()
    add: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    claim: bool = False
    release: bool = False
    skip: bool = False


NONE = Powers()


@dataclass(frozen=True, slots=True)
class Choice:
    """People whom the submitter chooses for a step: from `least` to `most` of `people`."""

    step: str
    least: int
    most: int
    people: tuple[int, ...]


def powers(
    process: Process,
    state: State,
    key: str,
    by: int,
    now: datetime,
    facts: Facts,
    behalf: int | None = None,
) -> Powers:
    """What somebody may do with an open task, for themselves or on behalf of another."""
    run = Run(process, state, now, facts)
    try:
        task_of(
            run, Reply(by, key, "") if behalf is None else Decide(by, key, "", behalf=behalf), decides=False
        )
        asked = asked_entry(run, key)
    except Refused:
        return NONE
    if asked.entry.kind == "advise":
        return Powers(reply=True)
    step = asked.step
    try:
        task_of(run, Decide(by, key, "", behalf=behalf), decides=True)
    except Refused:
        decides = False
    else:
        decides = True
    return Powers(
        answers=_answers(step) if decides else (),
        returns=tuple((to, previous(run, step) if to == "previous" else to) for to in targets(run, step))
        if decides
        else (),
        transfer=reach(run, step, "transfer"),
        delegate=reach(run, step, "delegate"),
        ask=reach(run, step, "ask"),
        add=reach(run, step, "add"),
        added=_added(run, step, by),
        claim=len(asked.entry.who) > 1 and behalf is None,
        release=bool(asked.entry.offered),
        skip=decides and isinstance(step, TaskStep) and step.may.skip,
    )


def may_remind(process: Process, state: State, by: int, step: str) -> bool:
    """Whether somebody may remind those who are asked at an open step: its submitter, where it is allowed."""
    place = process.places.get(step)
    if place is None or not isinstance(place.step, Asking) or not place.step.may.remind:
        return False
    return by in (state.submitter, state.sender) and any(task.step == step for task in state.tasks.values())


def may_comment(process: Process, state: State, step: str) -> bool:
    """Whether those who see the instance may write remarks at a step that was reached."""
    place = process.places.get(step)
    return (
        place is not None
        and isinstance(place.step, Asking)
        and place.step.may.comment
        and step in state.marks
    )


def may_copy_to(process: Process, state: State, step: str, now: datetime, facts: Facts) -> tuple[int, ...]:
    """Whom the people of an open step may send a copy."""
    place = process.places.get(step)
    if place is None or not isinstance(place.step, Asking) or step not in state.marks:
        return ()
    run = Run(process, state, now, facts)
    people = named_by_any(place.step.may.cc, run.asking(step))
    return tuple(person for person in people if run.organisation.active(person))


def to_choose(process: Process, submitter: int, now: datetime, facts: Facts) -> tuple[Choice, ...]:
    """The steps for which the submitter chooses people."""
    run = Run(process, State(0, "running", submitter, submitter), now, facts)
    found = []
    for name, place in process.places.items():
        offered = choices(run, place.step)
        if offered is not None:
            rule, people = offered
            found.append(Choice(name, rule.least, rule.most, people))
    return tuple(found)


def _answers(step: Asking) -> tuple[str, ...]:
    if isinstance(step, Approve):
        return ("approve", "reject")
    return tuple(outcome.name for outcome in step.outcomes)


def _added(run: Run, step: Asking, by: int) -> tuple[int, ...]:
    mark = run.marks[step.name]
    entries = (entry for seat in mark.seats for entry in seat.line)
    mine = (entry for entry in entries if entry.added == by and entry.answer is None)
    return tuple(dict.fromkeys(person for entry in mine for person in entry.who))
