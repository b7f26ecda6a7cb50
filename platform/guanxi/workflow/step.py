"""The step function: one event, one new state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from guanxi.definitions.flow.approval import Approval
from guanxi.errors import N_
from guanxi.workflow.events import Assign, Decide, Event, Submit, Tick, event_from_json
from guanxi.workflow.facts import Facts, used_facts
from guanxi.workflow.handle import handle
from guanxi.workflow.holders import holders_stand
from guanxi.workflow.outputs import Output, changes
from guanxi.workflow.reconcile import reconcile
from guanxi.workflow.refusals import NotRunning, ProcessMoved
from guanxi.workflow.run import Run
from guanxi.workflow.state import State
from guanxi.workflow.tree import derive

NOT_SUBMITTED = N_("This was not submitted yet.")


@dataclass(frozen=True, slots=True)
class Step:
    """What came of an event: the new state, what follows, and the facts used, for the event's row."""

    state: State
    outputs: tuple[Output, ...]
    run: Run = field(repr=False, compare=False)

    def content(self) -> str:
        """The hash of everything that consents are bound to, as it was at this step."""
        return self.run.content()

    def facts_used(self) -> dict[str, Any]:
        """The facts that the step used, as JSON; call it before the record is changed."""
        return used_facts(self.run.facts, self.run.approval.reads, self.run.organisation)


def step(approval: Approval, state: State | None, event: Event, now: datetime, facts: Facts) -> Step:
    """Apply an event to an instance (None: not submitted yet) at a moment, knowing the facts.

    Pure: the same arguments give the same step. Raises a refusal when the event is not possible;
    `ProcessMoved` carries a step of its own that must be stored first.
    """
    if state is None:
        if not isinstance(event, Submit):
            raise NotRunning(NOT_SUBMITTED)
        state = State(0, "running", event.behalf or event.by, event.by)
    run = Run(approval, state, now, facts)
    if isinstance(event, Decide | Assign) and state.status == "running":
        _look_again(run, state, event)
    handle(run, event)
    derive(run)
    return _made(run, state)


def needed(approval: Approval, submitter: int, now: datetime, facts: Facts) -> bool:
    """Whether a record needs this approval; when not, the transition that names it completes at once."""
    variables = facts.variables(submitter, now)
    return approval.when is None or approval.when.holds(facts.record, variables)


def replay(
    approval: Approval, rows: Iterable[tuple[Mapping[str, Any], datetime, Mapping[str, Any]]]
) -> State | None:
    """The state that stored rows of (event, moment, facts used), all in their JSON form, lead to."""
    state = None
    for event, now, facts in rows:
        state = step(approval, state, event_from_json(event), now, Facts.from_json(facts)).state
    return state


def _look_again(run: Run, state: State, event: Decide | Assign) -> None:
    """Content and organisation as they are now decide what is open; then the event is judged.

    Raises ProcessMoved when the event's task is closed by that: what was found must be kept, not lost with
    the refused event.
    """
    reconcile(run)
    if all(run.marks.get(name) is mark for name, mark in state.marks.items()) and holders_stand(run):
        return
    derive(run)
    if event.task in state.tasks and event.task not in run.tasks:
        raise ProcessMoved(step(run.approval, state, Tick(), run.now, run.facts))


def _made(run: Run, before: State) -> Step:
    run.seq += 1
    state = run.state()
    return Step(state, tuple(run.outputs) + changes(before, state, run.content), run)
