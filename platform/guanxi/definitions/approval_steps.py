"""The compiled steps of an approval, and where each stands in the tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from guanxi.definitions.labels import Label
from guanxi.definitions.who import Selector
from guanxi.expressions import Formula

NeedKind: TypeAlias = Literal["any", "all", "inTurn", "atLeast", "percent"]

OTHERWISE = "otherwise"
"""The name of the branch that is taken when no condition of a choice holds."""


@dataclass(frozen=True, slots=True)
class Need:
    """How many of the people asked must consent.

    `any`: one of them. `inTurn`: all, one after the other. `all`: all, at once. `atLeast`: `number` of them.
    `percent`: `number` percent of them, rounded up.
    """

    kind: NeedKind = "any"
    number: int = 0

    def quorum(self, people: int) -> int:
        """How many seats must consent when so many people are asked; never fewer than one."""
        if self.kind == "all":
            return max(people, 1)
        if self.kind == "atLeast":
            return self.number
        if self.kind == "percent":
            return max(-(-people * self.number // 100), 1)
        return 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Approve:
    """A step in which people consent or reject. `watch` narrows what their consent is bound to."""

    name: str
    label: Label
    by: tuple[Selector, ...]
    need: Need = Need()
    when: Formula | None = None
    watch: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """One way of a choice."""

    name: str
    label: Label
    when: Formula | None
    steps: tuple["Step", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choose:
    """A step that takes the first branch whose condition holds; the last branch is `otherwise`."""

    name: str
    label: Label
    branches: tuple[Branch, ...]
    when: Formula | None = None

    def branch(self, name: str) -> Branch:
        """The branch of a name."""
        return next(branch for branch in self.branches if branch.name == name)


Step: TypeAlias = Approve | Choose


@dataclass(frozen=True, slots=True)
class Place:
    """A step as the engine finds it by name.

    `inside` are the names of the step and of all steps within it. `chose` are the paths that decide whether
    and whom it asks, or which way it takes. `watch` are the paths that a consent given here is bound to.
    """

    step: Step
    inside: tuple[str, ...]
    chose: tuple[str, ...]
    watch: tuple[str, ...]


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Every step, outer before inner, in document order."""
    for step in steps:
        yield step
        if isinstance(step, Choose):
            for branch in step.branches:
                yield from walk(branch.steps)


def conditions(step: Step) -> tuple[Formula, ...]:
    """The conditions that decide whether a step is taken and which way it goes."""
    branches = step.branches if isinstance(step, Choose) else ()
    return tuple(holder.when for holder in (step, *branches) if holder.when is not None)


def index(steps: tuple[Step, ...], watch: tuple[str, ...]) -> Mapping[str, Place]:
    """The place of every step by name; `watch` is what consents are bound to unless a step narrows it."""
    return {step.name: _place(step, watch) for step in walk(steps)}


def _place(step: Step, watch: tuple[str, ...]) -> Place:
    chose = frozenset().union(*(condition.reads for condition in conditions(step)))
    if isinstance(step, Approve):
        chose = chose.union(*(selector.reads for selector in step.by))
        watch = watch if step.watch is None else step.watch
    return Place(step, tuple(inner.name for inner in walk((step,))), tuple(sorted(chose)), watch)
