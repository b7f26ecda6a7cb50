"""Who may act on an open task, and on whom it may be laid."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from guanxi.definitions.flow.steps import Approve, Asking
from guanxi.errors import N_, Invalid, Problem, Text
from guanxi.rules.who import named_by_any
from guanxi.workflow.events import OnTask
from guanxi.workflow.marks import Entry, people_in
from guanxi.workflow.people import barred
from guanxi.workflow.refusals import NotAllowed, TaskClosed, closed
from guanxi.workflow.run import Run
from guanxi.workflow.state import entry_of

Power: TypeAlias = Literal["transfer", "delegate", "add", "ask"]
"""What lays a task on somebody else; each within the people whom the definition names for it."""

NO_SEAT = N_("Nobody can be assigned here. Move it to an earlier step, or end it.")
NOT_YOURS = N_("This task is not yours to decide.")


@dataclass(frozen=True, slots=True)
class Asked:
    """An open task: its step, the number of its seat, its entry."""

    step: Asking
    seat: int
    entry: Entry


def asked_entry(run: Run, key: str) -> Asked:
    """The open task of a key, held ones included. Raises a refusal when it is not open, or has no seat."""
    task = run.tasks.get(key)
    if task is None:
        raise closed(run.state(), key)
    step, found = run.place(task.step).step, entry_of(run.marks, key)
    if not isinstance(step, Asking) or found is None:
        raise TaskClosed(run.status, NO_SEAT)
    return Asked(step, *found)


def task_of(run: Run, event: OnTask, *, decides: bool) -> Asked:
    """The open task of an event, when who acts may act on it.

    `decides`: the event decides it, so that also separation, the last edit and a vote already given count, of
    the real and of the represented person. Raises a refusal otherwise.
    """
    behalf: int | None = getattr(event, "behalf", None)
    asked = asked_entry(run, event.task)
    if run.tasks[event.task].kind == "hold":
        raise TaskClosed(run.status, N_("Nobody may decide this until an administrator assigns somebody."))
    if decides:
        _may_decide(run, asked, {event.by} if behalf is None else {event.by, behalf})
    if (event.by if behalf is None else behalf) not in asked.entry.who:
        raise NotAllowed(NOT_YOURS)
    if behalf is not None and not run.acts_for(event.by, behalf):
        raise NotAllowed(N_("Only the deputy of somebody who is absent today decides for them."))
    return asked


def _may_decide(run: Run, asked: Asked, who: set[int]) -> None:
    if asked.entry.kind == "advise":
        raise NotAllowed(N_("You were asked for information here, not for a decision. Write a reply."))
    if who & barred(run, asked.step):
        if isinstance(asked.step, Approve):
            raise NotAllowed(N_("Nobody decides on what they submitted, or on what they changed last."))
        raise NotAllowed(N_("Somebody else must do this, because you decided a step that is kept separate."))
    if who.intersection(people_in(run.marks[asked.step.name], answered=True)):
        raise NotAllowed(N_("One person has one vote at a step."))


def reach(run: Run, step: Asking, power: Power) -> tuple[int, ...]:
    """The people on whom a task of the step may be laid, by a power of its holders."""
    people = named_by_any(getattr(step.may, power), run.asking(step.name))
    bad = barred(run, step) if power != "ask" else set()
    voting = people_in(run.marks[step.name], answered=False) if power in ("transfer", "add") else ()
    return tuple(p for p in people if p not in bad and p not in voting and run.organisation.active(p))


def check_reach(run: Run, step: Asking, power: Power, who: int) -> None:
    """Raises a refusal when a task of the step may not be laid on this person."""
    if not getattr(step.may, power):
        raise NotAllowed(N_("This process does not allow that at this step."))
    if who not in reach(run, step, power):
        problem = N_("This person cannot be chosen here. Choose one of the people who are offered.")
        raise Invalid(problem, [Problem("/who", "outside", problem)])


def said(comment: str, why: Text) -> str:
    """The comment without spaces around it. Raises Invalid, saying `why`, when nothing was written."""
    if not comment.strip():
        raise Invalid(N_("A comment is needed."), [Problem("/comment", "required", why)])
    return comment.strip()
