"""Whether an open instance can go on under another version of its definition.

Pure: nothing is moved. What a move would do is found by making it on the state as it is and looking at the
difference, so nothing that was given is dropped without being named here first.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.steps import Approve, Call, Task, Wait
from guanxi.workflow.events import Migrate
from guanxi.workflow.facts import Facts
from guanxi.workflow.marks import people_in
from guanxi.workflow.state import State
from guanxi.workflow.step import step

NOBODY = 0


@dataclass(frozen=True, slots=True)
class Lost:
    """Answers given at a step that would not count under the other version; `people` gave them."""

    step: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """What moving an instance to another version would do.

    `safe`: every consent stays, and the same people are asked for the same. `decision`: somebody must decide
    whether to move it, because answers are `lost`, or other tasks `open` or `close` (by step). `pinned`: it
    cannot be moved, and goes on as it began. `timers` are the moments that change, by key: before and after,
    None where there is none. `clear` is for the `Migrate` event.
    """

    kind: Literal["safe", "decision", "pinned"]
    lost: tuple[Lost, ...] = ()
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    timers: tuple[tuple[str, datetime | None, datetime | None], ...] = ()
    clear: tuple[str, ...] = ()


def fit(old: Process, new: Process, state: State, now: datetime, facts: Facts) -> Fit:
    """How an instance of `old` would go on under `new`; `facts` has what both read of the record."""
    if state.ended or old.of != new.of or not _calls_stay(new, state):
        return Fit("pinned")
    clear = tuple(
        name for name in state.marks if name in new.places and _shape(old, name) != _shape(new, name)
    )
    after = step(new, state, Migrate(NOBODY, "", clear), now, facts).state
    lost = tuple(Lost(name, people) for name in state.marks if (people := _no_more(state, after, name)))
    opens, closes = _asked(after) - _asked(state), _asked(state) - _asked(after)
    same = not lost and not opens and not closes and state.status == after.status
    return Fit(
        "safe" if same and state.children == after.children else "decision",
        lost,
        tuple(name for name, _, _ in opens),
        tuple(name for name, _, _ in closes),
        _timers(state, after),
        clear,
    )


def _calls_stay(new: Process, state: State) -> bool:
    """Whether the sub-processes that run would still be waited for."""
    for child in state.children.values():
        place = new.places.get(child.step)
        if place is None or not isinstance(place.step, Call) or place.step.process != child.process:
            return False
    return True


def _shape(process: Process, name: str) -> tuple[object, ...]:
    """What of a step an answer is bound to: when it differs, the answer was given to something else."""
    place = process.places[name]
    one = place.step
    if isinstance(one, Approve):
        return (Approve, one.by, one.need, place.watch)
    if isinstance(one, Task):
        return (Task, one.by, one.outcomes)
    if isinstance(one, Wait):
        return (Wait, one.span, one.until, one.at, one.condition, one.event)
    return (type(one), one.process, one.each) if isinstance(one, Call) else (type(one),)


def _no_more(before: State, after: State, name: str) -> tuple[int, ...]:
    """Who answered at a step, and would not have."""
    stay = _answerers(after, name)
    return tuple(person for person in _answerers(before, name) if person not in stay)


def _answerers(state: State, name: str) -> tuple[int, ...]:
    mark = state.marks.get(name)
    return people_in(mark, answered=True) if mark else ()


def _asked(state: State) -> Counter[tuple[str, tuple[int, ...], str]]:
    return Counter((task.step, task.who, task.kind) for task in state.tasks.values())


def _timers(before: State, after: State) -> tuple[tuple[str, datetime | None, datetime | None], ...]:
    keys = dict.fromkeys((*before.timers, *after.timers))
    pairs = ((key, before.timers.get(key), after.timers.get(key)) for key in keys)
    return tuple((key, was, will) for key, was, will in pairs if was != will)
