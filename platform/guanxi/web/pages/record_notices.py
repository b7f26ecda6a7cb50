"""What the page of a record says on top: what was refused, what came back and why, who has it now."""

from guanxi.commands.views import ApprovalView, RecordView
from guanxi.errors import N_, Refused
from guanxi.web.pages.approval_view import names
from guanxi.web.pages.cells import Cells
from guanxi.web.rendering.views.frame import Toast
from guanxi.web.rendering.views.values import Notice

NOT_DONE = N_("Nothing was changed.")
HAS_IT = N_("Submitted. It is now with {names}.")
IS_HELD = N_("Submitted, but nobody may decide it. An administrator has been asked to assign somebody.")
SENT_BACK = N_("Rejected by {name}")
SUBMITTED, HELD = "submitted", "held"


def refused(cells: Cells, refusal: Refused) -> Notice:
    """Why a button did nothing."""
    details = [cells.words.say(problem.message) for problem in refusal.problems]
    text = " ".join(details) or cells.words.say(NOT_DONE)
    return Notice("bad", cells.words.say(refusal.message), text)


def announced(cells: Cells, said: str, view: RecordView, approval: ApprovalView | None) -> tuple[Notice, ...]:
    """A held record says so where it cannot be overlooked; a rejected one why, to who may change it."""
    if said == HELD and approval is not None and not approval.waiting_for and approval.ended_at is None:
        return (Notice("warn", cells.words.say(IS_HELD)),)
    if approval is None or approval.status != "rejected" or view.locked or "update" not in view.can:
        return ()
    by = next((entry.by for entry in reversed(approval.chain) if entry.state == "rejected"), None)
    if by is None:
        return ()
    return (Notice("bad", cells.words.say(SENT_BACK(name=by.name)), approval.comment),)


def confirmed(cells: Cells, said: str, approval: ApprovalView | None) -> Toast | None:
    """After submitting: who has it now, read from the approval itself."""
    if said != SUBMITTED or approval is None or not approval.waiting_for:
        return None
    return Toast(cells.words.say(HAS_IT(names=names(cells, approval.waiting_for))))
