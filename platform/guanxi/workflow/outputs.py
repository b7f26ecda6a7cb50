"""What follows from an event: what the caller must store, show and tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from guanxi.workflow.state import State, Status, Task


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
    """A task is not open any more; whoever decided it is in the state."""

    key: str
    step: str


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
    found: list[Output] = [
        Close(key, task.step) for key, task in before.tasks.items() if key not in after.tasks
    ]
    for key, task in after.tasks.items():
        if key not in before.tasks:
            found.append(Hold(key, task) if task.kind == "hold" else Open(key, task))
    if after.status != "running":
        found.append(Finished(after.status, content()))
    return tuple(found)
