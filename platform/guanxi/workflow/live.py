"""What a walk of the tree finds open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from guanxi.definitions.flow.steps import Step
from guanxi.workflow.run import Run
from guanxi.workflow.seats import Result
from guanxi.workflow.state import Child, Status, Task


@dataclass(slots=True)
class Live:
    """Open tasks, timers and sub-processes by their keys, and the steps that wait."""

    tasks: dict[str, Task] = field(default_factory=dict)
    timers: dict[str, datetime] = field(default_factory=dict)
    children: dict[str, Child] = field(default_factory=dict)
    waits: list[str] = field(default_factory=list)

    def take(self, other: "Live") -> None:
        """Add what another walk found."""
        self.tasks |= other.tasks
        self.timers |= other.timers
        self.children |= other.children
        self.waits += other.waits


Walk: TypeAlias = Callable[[Run, tuple[Step, ...], Live], Result]
"""Walks a sequence of steps, up to the first that is not done."""


class WentBack(Exception):
    """Marks were cleared by a step that goes back: the walk begins again."""


class Ended(Exception):
    """A step ended the instance."""

    def __init__(self, status: Status) -> None:
        super().__init__(status)
        self.status: Status = status
