"""The step function: one event, one new state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, get_args

from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.process import Process
from guanxi.errors import N_
from guanxi.workflow.events import ChildEnded, Event, Move, NamedEvent, OnTask, Remove, Submit, Tick, Timer
from guanxi.workflow.events_json import event_from_json
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

_JUDGED = frozenset({*get_args(OnTask), Remove, Move, Timer, NamedEvent, ChildEnded})
"""Events that are judged on what is open, and so on content and organisation as they are at their moment."""


_BY_ITSELF = frozenset({Timer, NamedEvent, ChildEnded, Tick})
"""Events behind which no person stands who could be refused."""


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
        return used_facts(self.run.facts, self.run.process.reads, self.run.organisation, self.run.answers)


def step(process: Process, state: State | None, event: Event, now: datetime, facts: Facts) -> Step:
    """Apply an event to an instance (None: not submitted yet) at a moment, knowing the facts.

    Pure: the same arguments give the same step. Raises a refusal when the event is not possible;
    `ProcessMoved` carries a step of its own that must be stored first.
    """
    if state is None:
        if not isinstance(event, Submit):
            raise NotRunning(NOT_SUBMITTED)
        submitter = event.by if event.behalf is None else event.behalf
        state = State(0, "running", submitter, event.by)
    run = Run(process, state, now, facts)
    # Time goes on though a table has no answer: what it should have named is held for an administrator.
    run.answers.lenient = type(event) in _BY_ITSELF
    if type(event) in _JUDGED and state.status == "running":
        _look_again(run, state, event)
    handle(run, event)
    derive(run)
    return _made(run, state, event)


def needed(process: Process, submitter: int, now: datetime, facts: Facts) -> bool:
    """Whether a record needs this approval; when not, the transition that names it completes at once."""
    variables = facts.variables(submitter, now)
    return process.when is None or process.when.holds(facts.record, variables)


def replay(
    process: Process,
    rows: Iterable[tuple[Mapping[str, Any], datetime, Mapping[str, Any]]],
    versions: Mapping[str, Process] | None = None,
) -> State | None:
    """The state that stored rows of (event, moment, facts used), all in their JSON form, lead to.

    `versions` are the definitions by digest that the instance moved to, if it did.
    """
    state = None
    for event, now, facts in rows:
        if event["type"] == "migrate":
            process = (versions or {})[event["version"]]
        state = step(process, state, event_from_json(event), now, Facts.from_json(facts)).state
    return state


def _look_again(run: Run, state: State, event: Event) -> None:
    """Content and organisation as they are now decide what is open; then the event is judged.

    Raises ProcessMoved when what the event is about is closed by that: what was found must be kept, not lost
    with the refused event.
    """
    reconcile(run)
    if all(run.marks.get(name) is mark for name, mark in state.marks.items()) and holders_stand(run):
        return
    derive(run)
    key = getattr(event, "task", getattr(event, "key", None))
    before = (state.tasks, state.timers, state.children)
    after = (run.tasks, run.timers, run.children)
    if any(key in was and key not in now for was, now in zip(before, after, strict=True)):
        raise ProcessMoved(step(run.process, state, Tick(), run.now, run.facts))


def _made(run: Run, before: State, event: Event) -> Step:
    run.seq += 1
    _give_out(run, before, event)
    state = run.state()
    return Step(state, tuple(run.outputs) + changes(before, state, run.content), run)


def _give_out(run: Run, before: State, event: Event) -> None:
    """The effects of the status that was reached."""
    process = run.process
    if not isinstance(process, Approval):
        return
    if run.status == "running" or (run.status == before.status and not isinstance(event, Submit)):
        return
    hook, effects = {
        "approved": ("onApproved", process.on_approved),
        "rejected": ("onRejected", process.on_rejected),
        "returned": ("onReturned", process.on_returned),
        "recalled": ("onRecalled", process.on_recalled),
        "cancelled": ("onCancelled", process.on_cancelled),
        "done": ("onApproved", process.on_approved),
    }[run.status]
    run.carry_out(effects, f"{hook}@{run.seq}")
