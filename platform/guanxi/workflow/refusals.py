"""Why an event is refused. None of them changes anything."""

from datetime import datetime
from typing import TYPE_CHECKING

from guanxi.errors import N_, Conflict, Forbidden, Sentence
from guanxi.workflow.marks import Answer, Entry, Mark
from guanxi.workflow.state import State, Status, entry_of

if TYPE_CHECKING:
    from guanxi.workflow.step import Step


class AlreadyDecided(Conflict):
    """Somebody was faster. Says who (`by`, acting for `behalf`), what, when and why."""

    code = "already_decided"

    def __init__(self, entry: Entry) -> None:
        self.by: int | None = entry.by
        self.behalf: int | None = entry.behalf
        self.answer: Answer | None = entry.answer
        self.at: datetime | None = entry.at
        self.comment = entry.comment
        super().__init__(N_("This was already decided. Reload the page to see by whom."))


class TaskClosed(Conflict):
    """The task is not open any more and nobody decided it: the approval ended, or asks anew.

    `stands` is the status of the approval.
    """

    code = "task_closed"

    def __init__(self, stands: Status, message: Sentence) -> None:
        self.stands: Status = stands
        super().__init__(message)


class ProcessMoved(Conflict):
    """Content or organisation changed without an edit, and the process moved before the event came.

    `step` is the move, to be stored with a `Tick`; then the person sees the new question.
    """

    code = "process_moved"

    def __init__(self, step: "Step") -> None:
        self.step = step
        super().__init__(
            N_("What this approval depends on has changed. Reload the page to see what is asked.")
        )


class NotRunning(Conflict):
    """The approval has ended, or was not submitted."""

    code = "not_running"


class NotNeeded(Conflict):
    """The entry condition does not hold, so there is nothing to approve."""

    code = "not_needed"


class RecallRefused(Conflict):
    """It cannot be taken back any more."""

    code = "recall_refused"


class NotAwaited(Conflict):
    """A timer, named event or end of a sub-process that nothing waits for now."""

    code = "not_awaited"


class NotAllowed(Forbidden):
    """This person may not decide this: not asked, or barred by an invariant."""

    code = "may_not_decide"


def closed(state: State, key: str) -> Conflict:
    """Why a task that is not open cannot be decided: who was faster, or what happened to it."""
    asked = entry_of(state.marks, key)
    if asked is not None:
        deciding = _deciding(state.marks[key.partition("#")[0]], asked[1])
        if deciding is not None:
            return AlreadyDecided(deciding)
    if state.status != "running":
        return TaskClosed(state.status, N_("This approval has ended, so the task is closed."))
    return TaskClosed(state.status, N_("This is asked anew now. Reload the page to see the open task."))


def _deciding(mark: Mark, asked: Entry) -> Entry | None:
    """The answer to an entry, or the last of those that settled its step without it."""
    if asked.answer is not None:
        return asked
    answered = [entry for seat in mark.seats for entry in seat.line if entry.answer and entry.at]
    return max(answered, key=lambda entry: str(entry.at)) if mark.outcome and answered else None
