"""Who may take a submission back, and until when."""

from guanxi.definitions.flow.process import Process
from guanxi.workflow.marks import people_in
from guanxi.workflow.state import State


def recallable(process: Process, state: State, person: int | None, *, decided_below: bool = False) -> bool:
    """Whether the person submitted it and the policy still allows it to be recalled.

    A consent that still stands from a former submission counts as a decision, and so does one in a
    sub-process (`decided_below`). What came back to the submitter can always be given up.
    """
    if person not in (state.submitter, state.sender):
        return False
    if state.status != "running":
        return state.status == "returned"
    policy = process.policies.recall
    decided = decided_below or _decided(state)
    return policy == "anyTime" or (policy == "beforeFirstDecision" and not decided)


def _decided(state: State) -> bool:
    return any(
        people_in(mark, answered=True)
        or any(entry.deadline for seat in mark.seats for entry in seat.line)
        or any(outcome is not None for outcome in mark.kids.values())
        for mark in state.marks.values()
    )
