"""What each kind of event does to the draft. A refusal leaves nothing behind: the draft is dropped."""

from collections.abc import Callable, Mapping
from typing import Any

from guanxi.workflow.adding import add, remove
from guanxi.workflow.administering import assign, cancel, migrate, move
from guanxi.workflow.arriving import child_ended, edit, fire, hear
from guanxi.workflow.deciding import decide, reply, skip
from guanxi.workflow.events import (
    Add,
    Ask,
    Assign,
    Cancel,
    ChildEnded,
    Claim,
    Decide,
    Delegate,
    Edit,
    Event,
    Migrate,
    Move,
    NamedEvent,
    Recall,
    Release,
    Remove,
    Reply,
    Return,
    Skip,
    Submit,
    Tick,
    Timer,
    Transfer,
)
from guanxi.workflow.handing import ask, claim, delegate, release, transfer
from guanxi.workflow.reconcile import reconcile
from guanxi.workflow.refusals import NotRunning
from guanxi.workflow.returning import send_back
from guanxi.workflow.run import Run
from guanxi.workflow.submitting import NOT_RUNNING, recall, submit


def handle(run: Run, event: Event) -> None:
    """Apply an event to the draft. Raises a refusal when it is not possible."""
    _HANDLERS[type(event)](run, event)


def _tick(run: Run, _: Tick) -> None:
    if run.status != "running":
        raise NotRunning(NOT_RUNNING)
    reconcile(run)


_HANDLERS: Mapping[type[Event], Callable[[Run, Any], None]] = {
    Submit: submit,
    Decide: decide,
    Reply: reply,
    Skip: skip,
    Return: send_back,
    Transfer: transfer,
    Delegate: delegate,
    Ask: ask,
    Claim: claim,
    Release: release,
    Add: add,
    Remove: remove,
    Recall: recall,
    Assign: assign,
    Move: move,
    Cancel: cancel,
    Migrate: migrate,
    Edit: edit,
    Timer: fire,
    NamedEvent: hear,
    ChildEnded: child_ended,
    Tick: _tick,
}
