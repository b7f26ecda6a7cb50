"""The submitter's events: submit, submit again, recall."""

from collections.abc import Mapping

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.steps import Asking, Call, Choose, Parallel, Race, Step
from guanxi.definitions.who import Chosen
from guanxi.errors import N_, Invalid, Problem
from guanxi.rules.who import named_by_any
from guanxi.workflow.events import Recall, Submit
from guanxi.workflow.marks import Mark
from guanxi.workflow.people import barred
from guanxi.workflow.recalls import recallable
from guanxi.workflow.reconcile import reconcile
from guanxi.workflow.refusals import NotAllowed, NotNeeded, NotRunning, RecallRefused
from guanxi.workflow.run import Run

NEVER_RECALLED = N_("This approval cannot be recalled. Ask an administrator to cancel it.")
DECIDED = N_("This cannot be recalled any more: somebody has decided.")
NOT_RUNNING = N_("This approval is not running, so this is not possible.")


def submit(run: Run, event: Submit) -> None:
    """Start, or start again: after a rejection, return or recall consents can stand, else none."""
    if run.seq and run.status == "running":
        raise NotRunning(N_("This was already submitted."))
    if run.process.when is not None and not run.holds(run.process.when):
        raise NotNeeded(N_("This needs no approval."))
    submitter = event.by if event.behalf is None else event.behalf
    if run.status == "returned" and not {submitter, event.by} & {run.submitter, run.sender}:
        raise NotAllowed(N_("This went back to the person who submitted it. Only they can submit it again."))
    same = (submitter, event.by) == (run.submitter, run.sender)
    if same and run.status in ("rejected", "recalled", "returned") and _keeps(run):
        run.clear([name for name, mark in run.marks.items() if not _stands(run, name, mark)])
    else:
        run.clear(list(run.marks))
    run.editors.update(event.editors)
    run.submitted(submitter, event.by)
    _choose(run, event.chosen)
    run.end("running")
    if isinstance(run.process, Approval):
        run.carry_out(run.process.on_submitted, f"onSubmitted@{run.seq + 1}")
    reconcile(run)


def recall(run: Run, event: Recall) -> None:
    """Take it back, as far as the policy allows."""
    if run.status not in ("running", "returned"):
        raise NotRunning(NOT_RUNNING)
    if event.by not in (run.submitter, run.sender):
        raise NotAllowed(N_("Only the person who submitted it can recall it."))
    if not recallable(run.process, run.state(), event.by, decided_below=event.decided_below):
        never = run.process.policies.recall == "never"
        raise RecallRefused(NEVER_RECALLED if never else DECIDED)
    run.end("recalled")


def choices(run: Run, step: Step) -> tuple[Chosen, tuple[int, ...]] | None:
    """Out of whom the submitter chooses people for a step, if the definition leaves it to them."""
    if not isinstance(step, Asking):
        return None
    chosen = next((selector.chosen for selector in step.by if selector.chosen), None)
    if chosen is None:
        return None
    bad = barred(run, step)
    found = named_by_any(chosen.source, run.asking(step.name))
    return chosen, tuple(p for p in found if p not in bad and run.organisation.active(p))


def _keeps(run: Run) -> bool:
    return run.process.policies.resubmit == "askAffected"


def _stands(run: Run, name: str, mark: Mark) -> bool:
    """Whether a mark may stay when it is submitted again.

    After a return, all that the return left. Else all but what was rejected or left open.
    """
    if run.status == "returned":
        return True
    step = run.place(name).step
    if isinstance(step, Asking):
        return mark.skipped or mark.outcome not in (None, "rejected")
    if isinstance(step, Choose | Race):
        return True
    if isinstance(step, Parallel | Call):
        return mark.skipped or mark.outcome == "approved"
    return mark.skipped or mark.done


def _choose(run: Run, chosen: Mapping[str, tuple[int, ...]]) -> None:
    """Note whom the submitter chose. Raises Invalid for a step that leaves no choice, or another choice."""
    problems = []
    for name, people in chosen.items():
        place = run.process.places.get(name)
        offered = choices(run, place.step) if place else None
        if offered is None:
            problems.append(Problem(f"/chosen/{name}", "unknown", N_("Nobody is chosen for this step.")))
            continue
        rule, allowed = offered
        if not set(people) <= set(allowed):
            message = N_("Choose only people who are offered.")
            problems.append(Problem(f"/chosen/{name}", "outside", message))
        elif not rule.least <= len(set(people)) <= rule.most:
            message = N_("Choose {least} to {most} people.", least=rule.least, most=rule.most)
            problems.append(Problem(f"/chosen/{name}", "number", message))
        elif run.chosen.get(name) != people:
            run.clear((name,))
    if problems:
        raise Invalid(N_("The people for a step cannot be chosen like this."), problems)
    run.choose(chosen)
