"""A test run: decisions and the passing of time played through the pure engine, and what came of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import get_args

from guanxi.definitions.flow.approval import Approval
from guanxi.errors import N_, Refused, Text
from guanxi.workflow import (
    ChildEnded,
    Close,
    Decide,
    Event,
    Facts,
    Finished,
    Hold,
    Open,
    Output,
    ProcessMoved,
    Remind,
    State,
    Submit,
    Timer,
    needed,
    step,
)
from guanxi.workflow.powers import to_choose
from guanxi.workflow.state import Status

TIME, CHILD = "time", "child"
TRIED = N_("Test run")
MOST = 200
"""So many plays at most: each run is made anew from the first."""


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened at a moment: an output of the engine, or the submission (None)."""

    at: datetime
    output: Output | None


@dataclass(slots=True)
class Ran:
    """How far a run has come. `state` is None where no approval is needed; `refused` ended the run early."""

    now: datetime
    state: State | None = None
    told: list[Told] = field(default_factory=list)
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Possible:
    """Something that can be played next: `answer` of a person to a task, by its key."""

    play: str
    step: str
    person: int
    answer: str


def run(
    process: Approval,
    facts: Facts,
    submitter: int,
    now: datetime,
    editors: Mapping[str, tuple[int, ...]],
    plays: Sequence[str],
) -> Ran:
    """Submit, then play one after the other: `approve:7:step#1.0.0.0`, or `time` until the next timer."""
    ran = Ran(now)
    if not needed(process, submitter, now, facts):
        return ran
    chosen = {one.step: one.people[: one.least] for one in to_choose(process, submitter, now, facts)}
    try:
        made = step(process, None, Submit(by=submitter, editors=editors, chosen=chosen), now, facts)
        ran.state = made.state
        ran.told += [Told(now, None), *(Told(now, one) for one in made.outputs)]
        for play in plays[:MOST]:
            _play(process, facts, ran, play)
    except Refused as refused:
        ran.refused = refused
    return ran


def possible(process: Approval, state: State) -> Iterator[Possible]:
    """What can be answered now, by whom."""
    for key, task in state.tasks.items():
        asked = process.places[task.step].step
        outcomes = tuple(one.name for one in getattr(asked, "outcomes", ()))
        for person in task.who if task.kind == "decide" else ():
            for answer in outcomes or ("approve", "reject"):
                yield Possible(f"{answer}:{person}:{key}", task.step, person, answer)


def _play(process: Approval, facts: Facts, ran: Ran, play: str) -> None:
    event = _event(ran, play)
    if ran.state is None or event is None or ran.state.ended:
        return
    try:
        made = step(process, ran.state, event, ran.now, facts)
    except ProcessMoved as moved:
        made = moved.step
    ran.state = made.state
    ran.told += [Told(ran.now, one) for one in made.outputs]


def _event(ran: Ran, play: str) -> Event | None:
    """The event of a play; None of one that is not possible any more."""
    state = ran.state
    if state is None:
        return None
    if play == TIME:
        if not state.timers:
            return None
        key, due = min(state.timers.items(), key=lambda timer: timer[1])
        ran.now = max(ran.now, due)
        return Timer(key)
    answer, _, rest = play.partition(":")
    who, _, key = rest.partition(":")
    if answer == CHILD:
        outcome: Status | None = next((one for one in _statuses() if one == who), None)
        return ChildEnded(key, outcome) if outcome is not None and key in state.children else None
    if key not in state.tasks or not who.isdigit():
        return None
    return Decide(by=int(who), task=key, answer=answer, comment=str(TRIED))


def _statuses() -> tuple[Status, ...]:
    found: tuple[Status, ...] = get_args(Status)
    return found


TELLS: Mapping[type, Text] = {
    Open: N_("{people}: asked at “{step}”"),
    Hold: N_("Nobody may decide “{step}”: an administrator must assign somebody"),
    Remind: N_("{people}: reminded of “{step}”"),
    Close: N_("{people}: “{step}” – {answer}"),
    Finished: N_("It ends: {status}"),
}
"""What is said of outputs."""
