"""What an activity of the log is in the terms of the definitions: who does it, and what they do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal

Verb = Literal["save", "submit", "give_up", "decide", "press"]
ROLES: Final = (
    "traveller",
    "administration",
    "pre_approver",
    "budget_owner",
    "supervisor",
    "department_director",
    "payment",
)
_APPROVERS: Final[Mapping[str, str]] = {
    "ADMINISTRATION": "administration",
    "PRE_APPROVER": "pre_approver",
    "BUDGET OWNER": "budget_owner",
    "SUPERVISOR": "supervisor",
    "DIRECTOR": "department_director",
}
_OTHERS: Final[Mapping[str, tuple[str, Verb, str]]] = {
    "SAVED by EMPLOYEE": ("traveller", "save", ""),
    "SUBMITTED by EMPLOYEE": ("traveller", "submit", ""),
    "REJECTED by EMPLOYEE": ("traveller", "give_up", ""),
    "Request Payment": ("payment", "press", "request_payment"),
    "Payment Handled": ("payment", "press", "handle_payment"),
    "REJECTED by MISSING": ("payment", "press", "refuse_payment"),
}
_ANSWERS: Final = {"APPROVED": "approve", "FINAL_APPROVED": "approve", "REJECTED": "reject"}
_ADDED: Final = ("budget_owner", "department_director")
"""Whom nobody asks unless an approver adds them."""


class UnknownActivity(ValueError):
    """The definitions know no such activity."""


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody of a role does something; `what` is the answer or the transition, `add` the role added."""

    role: str
    verb: Verb
    what: str = ""
    add: str | None = None


def acts_of(trace: Sequence[str]) -> list[Act]:
    """The acts of a trace. Who approves adds whoever is to approve next because nobody else asks them.

    Raises:
        UnknownActivity: naming the activity.
    """
    plain = [_act(activity) for activity in trace]
    return [_with_added(act, after) for act, after in zip_longest(plain, plain[1:])]


def _with_added(act: Act, after: Act | None) -> Act:
    asks = act.verb == "decide" and act.what == "approve"
    if asks and act.role != "budget_owner" and after and after.role in _ADDED and act.role != after.role:
        return Act(act.role, act.verb, act.what, after.role)
    return act


def _act(activity: str) -> Act:
    if activity in _OTHERS:
        return Act(*_OTHERS[activity])
    answer, _, who = activity.partition(" by ")
    if answer not in _ANSWERS or who not in _APPROVERS:
        raise UnknownActivity(activity)
    return Act(_APPROVERS[who], "decide", _ANSWERS[answer])
