"""Who may take a submission back, and until when."""

from guanxi.definitions.flow.approval import Approval
from guanxi.workflow.state import State


def recallable(approval: Approval, state: State, person: int | None) -> bool:
    """Whether the person submitted it and the policy still allows it to be recalled.

    A consent that still stands from a former submission counts as a decision.
    """
    if state.status != "running" or person not in (state.submitter, state.sender):
        return False
    policy = approval.policies.recall
    return policy == "anyTime" or (policy == "beforeFirstDecision" and not _decided(state))


def _decided(state: State) -> bool:
    entries = (entry for mark in state.marks.values() for seat in mark.seats for entry in seat.line)
    return any(entry.answer is not None for entry in entries)
