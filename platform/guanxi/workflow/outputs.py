"""What follows from an event: what the caller must store, show and tell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from guanxi.definitions.effect import Effect
from guanxi.workflow.marks import Entry
from guanxi.workflow.state import Child, State, Status, Task, entry_of


@dataclass(frozen=True, slots=True)
class Open:
    """A task was opened for people."""

    key: str
    task: Task


@dataclass(frozen=True, slots=True)
class Hold:
    """A task was opened for which nobody may decide: administrators must be told."""

    key: str
    task: Task


@dataclass(frozen=True, slots=True)
class Close:
    """A task is not open any more; `decided` is its answered entry, None when nobody decided it."""

    key: str
    step: str
    decided: Entry | None = None


@dataclass(frozen=True, slots=True)
class Reask:
    """Answers given at a step do not count any more, because the content is another.

    `changed` maps paths to (value then, value now), in remembered form.
    """

    step: str
    people: tuple[int, ...]
    changed: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Carried:
    """Consents given at other steps count at this one; `people` gave them."""

    step: str
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Remind:
    """A deadline has passed: tell these people of the open step."""

    step: str
    people: tuple[int, ...]
    deadline: str


@dataclass(frozen=True, slots=True)
class CarryOut:
    """Carry out an effect in the transaction of the event.

    `key` is unique within the instance: with the instance's id in front, it is the key under which the effect
    happens once, whatever is repeated.
    """

    key: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class StartChild:
    """Start a sub-process; its end comes back as a `ChildEnded` with this key."""

    key: str
    child: Child


@dataclass(frozen=True, slots=True)
class CancelChild:
    """Nobody waits for a sub-process any more: cancel it, and what it started."""

    key: str
    child: Child


@dataclass(frozen=True, slots=True)
class TimerSet:
    """A timer is to fire at a moment; one with this key is replaced."""

    key: str
    due: datetime


@dataclass(frozen=True, slots=True)
class TimerGone:
    """A timer fires no more, or has fired."""

    key: str


@dataclass(frozen=True, slots=True)
class Returned:
    """It went back: to the submitter, who may change it and submit it again, or `to` a step."""

    to: str
    by: int
    comment: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The instance ended. `content` is the hash of the watched content at this moment."""

    status: Status
    content: str


Output: TypeAlias = (
    Open
    | Hold
    | Close
    | Reask
    | Carried
    | Remind
    | CarryOut
    | StartChild
    | CancelChild
    | TimerSet
    | TimerGone
    | Returned
    | Finished
)


def changes(before: State, after: State, content: Callable[[], str]) -> tuple[Output, ...]:
    """What closed, opened and ended between two states; `content` gives the hash of the watched content."""
    found: list[Output] = []
    for key, task in before.tasks.items():
        if key not in after.tasks:
            asked = entry_of(after.marks, key)
            found.append(Close(key, task.step, asked[1] if asked and asked[1].answer else None))
    for key, task in after.tasks.items():
        if key not in before.tasks:
            found.append(Hold(key, task) if task.kind == "hold" else Open(key, task))
    if before.timers != after.timers:
        found += _timers(before, after)
    if before.children != after.children:
        found += _children(before, after)
    if after.ended:
        found.append(Finished(after.status, content()))
    return tuple(found)


def _timers(before: State, after: State) -> Iterator[Output]:
    for key in before.timers:
        if key not in after.timers:
            yield TimerGone(key)
    for key, due in after.timers.items():
        if before.timers.get(key) != due:
            yield TimerSet(key, due)


def _children(before: State, after: State) -> Iterator[Output]:
    for key, child in before.children.items():
        if key not in after.children and not _ended(after, key, child):
            yield CancelChild(key, child)
    for key, child in after.children.items():
        if key not in before.children:
            yield StartChild(key, child)


def _ended(state: State, key: str, child: Child) -> bool:
    """Whether a sub-process told its end, and so needs no cancelling."""
    mark = state.marks.get(child.step)
    return mark is not None and mark.kids.get(key.partition(".")[2]) is not None
