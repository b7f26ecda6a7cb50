"""What follows from an event: what the caller must store, show and tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from guanxi.workflow.state import Entry, State, Status, Task, entry_of


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
class Finished:
    """The instance ended. `content` is the hash of the watched content at this moment."""

    status: Status
    content: str


Output: TypeAlias = Open | Hold | Close | Reask | Finished


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
    if after.status != "running":
        found.append(Finished(after.status, content()))
    return tuple(found)
