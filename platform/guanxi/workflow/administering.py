"""What process administrators do. That somebody is one, the caller has checked."""

from dataclasses import replace

from guanxi.errors import N_, Invalid, Problem
from guanxi.workflow.acting import asked_entry
from guanxi.workflow.events import Assign, Cancel, Migrate, Move
from guanxi.workflow.marks import people_in
from guanxi.workflow.people import barred
from guanxi.workflow.reconcile import reconcile
from guanxi.workflow.refusals import NotRunning
from guanxi.workflow.routes import clear_answered, follow
from guanxi.workflow.run import Run
from guanxi.workflow.submitting import NOT_RUNNING


def assign(run: Run, event: Assign) -> None:
    """Fill a vacancy or replace a holder. Nobody barred, and nobody who has a vote at the step."""
    asked = asked_entry(run, event.task)
    others = people_in(run.marks[asked.step.name], answered=True)
    seated = people_in(run.marks[asked.step.name], answered=False, but=asked.seat)
    problem = None
    if not run.organisation.active(event.who):
        problem = N_("This person is not active. Choose somebody else.")
    elif asked.entry.kind == "decide" and event.who in barred(run, asked.step):
        problem = N_("This person submitted it, changed it last, or may not decide this too. Choose another.")
    elif asked.entry.kind == "decide" and event.who in (*others, *seated):
        problem = N_("This person already has a vote at this step. Choose somebody else.")
    if problem is not None:
        raise Invalid(problem, [Problem("/who", "barred", problem)])
    entry = asked.entry
    replaced = replace(entry, who=(event.who,), ask=entry.ask + 1, assigned=event.by, offered=())
    run.put_entry(asked.step.name, asked.seat, replaced)


def move(run: Run, event: Move) -> None:
    """Go back to a step that was reached; it and all behind it in its sequence are asked again."""
    if run.status != "running":
        raise NotRunning(NOT_RUNNING)
    if event.to not in run.marks or event.to not in run.process.places:
        problem = N_("It was never there, so it cannot be moved there. Choose a step that was reached.")
        raise Invalid(problem, [Problem("/to", "unknown", problem)])
    clear_answered(run, run.place(event.to).behind)


def cancel(run: Run, _: Cancel) -> None:
    """End it without a decision."""
    if run.status not in ("running", "returned"):
        raise NotRunning(NOT_RUNNING)
    run.end("cancelled")


def migrate(run: Run, event: Migrate) -> None:
    """Go on under another version. Its timers are set anew; what it cannot keep is asked again."""
    if run.status not in ("running", "returned"):
        raise NotRunning(NOT_RUNNING)
    gone = tuple(name for name in run.marks if name not in run.process.places)
    known = tuple(name for name in event.clear if name in run.process.places)
    clear_answered(run, known)
    run.clear(gone)
    run.moved, run.timers = run.now, {}
    if run.status == "running":
        for name, place in run.process.places.items():
            mark = run.marks.get(name)
            if mark is not None:
                follow(run, place, mark)
        reconcile(run)
