"""What each kind of event does to the draft. A refusal leaves nothing behind: the draft is dropped."""

from dataclasses import replace

from guanxi.definitions.flow.steps import Approve
from guanxi.errors import N_, Invalid, Problem
from guanxi.workflow.events import Assign, Cancel, Decide, Edit, Event, Recall, Submit, Tick
from guanxi.workflow.people import barred
from guanxi.workflow.recalls import recallable
from guanxi.workflow.reconcile import reconcile
from guanxi.workflow.refusals import NotAllowed, NotNeeded, NotRunning, RecallRefused, TaskClosed, closed
from guanxi.workflow.run import Run, people_in
from guanxi.workflow.state import Entry, Mark, entry_of

NEVER_RECALLED = N_("This approval cannot be recalled. Ask an administrator to cancel it.")
DECIDED = N_("This cannot be recalled any more: somebody has decided.")
NOT_RUNNING = N_("This approval is not running, so this is not possible.")


def handle(run: Run, event: Event) -> None:
    """Apply an event to the draft. Raises a refusal when it is not possible."""
    match event:
        case Submit():
            _submit(run, event)
        case Decide():
            _decide(run, event)
        case Recall():
            _recall(run, event)
        case Assign():
            _assign(run, event)
        case Cancel():
            _need_running(run)
            run.end("cancelled")
        case Edit():
            _edit(run, event)
        case Tick():
            _need_running(run)
            reconcile(run)


def _need_running(run: Run) -> None:
    if run.status != "running":
        raise NotRunning(NOT_RUNNING)


def _submit(run: Run, event: Submit) -> None:
    """Start, or start again: after a rejection or recall consents can stand, after another end none does."""
    if run.seq and run.status == "running":
        raise NotRunning(N_("This was already submitted."))
    if run.approval.when is not None and not run.holds(run.approval.when):
        raise NotNeeded(N_("This needs no approval."))
    submitter = event.behalf or event.by
    same = (submitter, event.by) == (run.submitter, run.sender) and run.status in ("rejected", "recalled")
    keep = same and run.approval.policies.resubmit == "askAffected"
    run.clear([name for name, mark in run.marks.items() if not keep or not _stands(mark)])
    run.editors.update(event.editors)
    run.submitted(submitter, event.by)
    run.end("running")
    reconcile(run)


def _stands(mark: Mark) -> bool:
    """Whether a mark may stay when the record is submitted again: all but what was rejected or left open."""
    return not mark.seats or mark.outcome == "approved"


def _decide(run: Run, event: Decide) -> None:
    step, seat, entry = _asked(run, event.task)
    who = {event.by} if event.behalf is None else {event.by, event.behalf}
    mark = run.marks[step.name]
    if who & barred(run, step):
        raise NotAllowed(N_("Nobody decides on what they submitted, or on what they changed last."))
    if who.intersection(people_in(mark, answered=True, but=seat)):
        raise NotAllowed(N_("One person has one vote at a step."))
    if (event.behalf or event.by) not in entry.who:
        raise NotAllowed(N_("This task is not yours to decide."))
    if event.answer == "reject" and not event.comment.strip():
        problem = Problem("/comment", "required", N_("Say why, so that the submitter knows what to change."))
        raise Invalid(N_("To reject, a comment is needed."), [problem])
    decided = Entry(
        id=entry.id,
        who=entry.who,
        ask=entry.ask,
        answer=event.answer,
        by=event.by,
        behalf=event.behalf,
        at=run.now,
        comment=event.comment.strip(),
        saw=run.values(run.approval.seen),
        assigned=entry.assigned,
    )
    run.put_entry(step.name, seat, decided)


def _asked(run: Run, key: str) -> tuple[Approve, int, Entry]:
    """The step, seat and entry of an open task that people decide."""
    task = run.tasks.get(key)
    if task is None:
        raise closed(run.state(), key)
    if task.kind == "hold":
        raise TaskClosed(run.status, N_("Nobody may decide this until an administrator assigns somebody."))
    return _entry(run, key)


def _entry(run: Run, key: str) -> tuple[Approve, int, Entry]:
    task = run.tasks[key]
    step, entry = run.place(task.step).step, entry_of(run.marks, key)
    if not isinstance(step, Approve) or entry is None:
        raise LookupError(f"the state has a task {key} that none of its marks asks")
    return step, *entry


def _recall(run: Run, event: Recall) -> None:
    _need_running(run)
    if event.by not in (run.submitter, run.sender):
        raise NotAllowed(N_("Only the person who submitted it can recall it."))
    if not recallable(run.approval, run.state(), event.by):
        never = run.approval.policies.recall == "never"
        raise RecallRefused(NEVER_RECALLED if never else DECIDED)
    run.end("recalled")


def _assign(run: Run, event: Assign) -> None:
    """Fill a vacancy or replace a holder. Nobody barred, and nobody who has a vote at the step."""
    if event.task not in run.tasks:
        raise closed(run.state(), event.task)
    step, seat, entry = _entry(run, event.task)
    problem = None
    if not run.organisation.active(event.who):
        problem = N_("This person is not active. Choose somebody else.")
    elif event.who in barred(run, step):
        problem = N_("This person submitted it, changed it last, or may not decide this too. Choose another.")
    elif event.who in people_in(run.marks[step.name], answered=False, but=seat):
        problem = N_("This person already has a vote at this step. Choose somebody else.")
    if problem is not None:
        raise Invalid(problem, [Problem("/who", "barred", problem)])
    run.put_entry(step.name, seat, replace(entry, who=(event.who,), ask=entry.ask + 1, assigned=event.by))


def _edit(run: Run, event: Edit) -> None:
    _need_running(run)
    people = (event.by,) if event.behalf is None else (event.by, event.behalf)
    run.editors.update(dict.fromkeys(event.fields, people))
    reconcile(run)
