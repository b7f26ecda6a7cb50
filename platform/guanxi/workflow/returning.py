"""Sending it back: to the submitter, or to an earlier step."""

from guanxi.definitions.flow.powers import PREVIOUS
from guanxi.definitions.flow.steps import Asking
from guanxi.definitions.who import SUBMITTER
from guanxi.errors import N_
from guanxi.workflow.acting import said, task_of
from guanxi.workflow.deciding import WHY
from guanxi.workflow.events import Return
from guanxi.workflow.marks import people_in
from guanxi.workflow.outputs import Returned
from guanxi.workflow.refusals import NotAllowed
from guanxi.workflow.run import Run


def send_back(run: Run, event: Return) -> None:
    """Clear the target and what must be asked again behind it.

    With `askAll`, all behind the target; with `askAffected`, only the target and the step that sent it back:
    the consents between stand, so that it comes straight back to that step when nothing relevant changed.
    """
    asked = task_of(run, event, decides=True)
    if event.to not in targets(run, asked.step):
        raise NotAllowed(N_("From this step it cannot go back there."))
    comment = said(event.comment, WHY)
    to = previous(run, asked.step) if event.to == PREVIOUS else event.to
    keep = run.process.policies.resubmit == "askAffected"
    if to == SUBMITTER:
        run.end("returned")
        cleared = (asked.step.name,) if keep else tuple(run.marks)
    else:
        place = run.place(to)
        cleared = (*place.inside, asked.step.name) if keep else place.behind
    run.clear(cleared)
    run.outputs.append(Returned(to, event.by, comment))


def targets(run: Run, step: Asking) -> tuple[str, ...]:
    """Where it may go back to from a step, as far as it was there: words and names, as declared."""
    return tuple(to for to in step.may.return_to if to in (SUBMITTER, PREVIOUS) or _reached(run, to))


def previous(run: Run, step: Asking) -> str:
    """The nearest earlier step in which somebody decided, on the way that was taken; else the submitter."""
    for name in reversed(run.place(step.name).before):
        inside = run.place(name).inside
        if any(people_in(run.marks[one], answered=True) for one in inside if one in run.marks):
            return name
    return SUBMITTER


def _reached(run: Run, step: str) -> bool:
    mark = run.marks.get(step)
    return mark is not None and not mark.skipped
