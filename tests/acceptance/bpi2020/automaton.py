"""Which traces are possible, as a regular language that knows nothing of the engine.

A declaration is saved and submitted; the administration or a pre-approver may look at it, then a budget owner
and at last the supervisor, or the supervisor alone; anybody asked may reject it. Who declared it submits it
again or gives up. What was approved is paid, or the payment is refused. A case is complete when it is paid,
given up, or was never submitted.
"""

from collections.abc import Iterable, Mapping
from typing import Final

STATES: Final[Mapping[str, Mapping[str, str]]] = {
    "draft": {"SAVED by EMPLOYEE": "draft", "SUBMITTED by EMPLOYEE": "submitted"},
    "submitted": {
        "APPROVED by ADMINISTRATION": "seen",
        "APPROVED by PRE_APPROVER": "seen",
        "FINAL_APPROVED by SUPERVISOR": "approved",
        "REJECTED by ADMINISTRATION": "rejected",
        "REJECTED by PRE_APPROVER": "rejected",
        "REJECTED by SUPERVISOR": "rejected",
        "REJECTED by EMPLOYEE": "given up",
    },
    "seen": {
        "APPROVED by BUDGET OWNER": "affordable",
        "FINAL_APPROVED by SUPERVISOR": "approved",
        "REJECTED by BUDGET OWNER": "rejected",
        "REJECTED by SUPERVISOR": "rejected",
    },
    "affordable": {"FINAL_APPROVED by SUPERVISOR": "approved", "REJECTED by SUPERVISOR": "rejected"},
    "rejected": {"SUBMITTED by EMPLOYEE": "submitted", "REJECTED by EMPLOYEE": "given up"},
    "given up": {"SUBMITTED by EMPLOYEE": "submitted"},
    "approved": {"Request Payment": "requested", "REJECTED by MISSING": "given up"},
    "requested": {"Payment Handled": "paid", "REJECTED by MISSING": "given up"},
    "paid": {},
}
COMPLETE: Final = frozenset({"draft", "given up", "paid"})


def accepts(trace: Iterable[str]) -> bool:
    """Whether a case can run like this, to its end."""
    state = "draft"
    for activity in trace:
        after = STATES[state].get(activity)
        if after is None:
            return False
        state = after
    return state in COMPLETE
