"""The compiled steps of a process.

Every step has a `name`, a `label`, and a condition `when`: where it does not hold, the step is skipped, which
is recorded and is never an approval. Steps that hold others do so in `branches`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Literal, TypeAlias

from guanxi.definitions.effect import Effect
from guanxi.definitions.entity import Value
from guanxi.definitions.flow.powers import USUAL, Deadline, FieldAccess, May, Outcome
from guanxi.definitions.flow.spans import AnySpan
from guanxi.definitions.labels import Label
from guanxi.definitions.who import Selector
from guanxi.expressions import Formula

JoinKind: TypeAlias = Literal["all", "first", "atLeast", "none"]
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


@dataclass(frozen=True, slots=True)
class Join:
    """How many of several branches or children must be done: `all`, the `first`, `none`, or `number` of them.

    With `none`, which only a call has, nothing is waited for.
    """

    kind: JoinKind = "all"
    number: int = 0

    def quorum(self, branches: int) -> int:
        """How many of so many must be done; never more than there are."""
        if self.kind == "none":
            return 0
        wanted = {"all": branches, "first": 1}.get(self.kind, self.number)
        return min(wanted, branches)


@dataclass(frozen=True, kw_only=True, slots=True)
class Approve:
    """People consent or reject.

    `watch` narrows what their consent is bound to. `due` says until when it should be decided, for inboxes;
    what then happens is in `deadlines`. Both count from the last opening of the step. `fields` names the
    fields that the step treats in its own way. With `continues`, a rejection does not end the process: the
    step is done with the outcome `rejected`. The effects run once a visit.
    """

    name: str
    label: Label
    when: Formula | None = None
    by: tuple[Selector, ...]
    need: Need = Need()
    watch: tuple[str, ...] | None = None
    due: AnySpan | None = None
    deadlines: tuple[Deadline, ...] = ()
    may: May = USUAL
    fields: Mapping[str, FieldAccess] = field(default_factory=dict)
    continues: bool = False
    on_entered: tuple[Effect, ...] = ()
    on_approved: tuple[Effect, ...] = ()
    on_rejected: tuple[Effect, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One of several people does something and answers with one of the `outcomes`.

    There is at least one outcome. The other parts are as those of `Approve`.
    """

    name: str
    label: Label
    when: Formula | None = None
    by: tuple[Selector, ...]
    outcomes: tuple[Outcome, ...]
    due: AnySpan | None = None
    deadlines: tuple[Deadline, ...] = ()
    may: May = USUAL
    fields: Mapping[str, FieldAccess] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Do:
    """Effects, once a visit, in the transaction of the event that reached the step."""

    name: str
    label: Label
    when: Formula | None = None
    effects: tuple[Effect, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """Waits for one of four things, of which exactly one is there; the step itself has no condition.

    `span`: so long since the step was reached, and with `at` on to that time of day of the calendar's zone.
    `until`: the moment, or with `at` the day, that an expression gives; one in the past does not wait.
    `condition`: until it holds. `event`: until an event of this name whose data equals `match`, key by key;
    with `accept_early`, one that came before the step was reached counts, too.
    """

    name: str
    label: Label
    span: AnySpan | None = None
    until: Formula | None = None
    at: time | None = None
    condition: Formula | None = None
    event: str | None = None
    match: Mapping[str, Value] = field(default_factory=dict)
    accept_early: bool = False

    @property
    def when(self) -> Formula | None:
        """None: a wait is never skipped. Its `when` in JSON is what it waits for: here, `condition`."""
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """One way of a step that has several; `when` says whether, or in a choice which, way is taken."""

    name: str
    label: Label
    when: Formula | None
    steps: tuple["Step", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choose:
    """Takes the first branch whose condition holds; the last branch is `otherwise`."""

    name: str
    label: Label
    branches: tuple[Branch, ...]
    when: Formula | None = None

    def branch(self, name: str) -> Branch:
        """The branch of a name."""
        return next(branch for branch in self.branches if branch.name == name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parallel:
    """Takes all branches whose condition holds, at once; done when `join` is reached.

    `rest`: what then happens to the others: `cancel` closes them, `letRun` lets them go on beside what
    follows; their end decides nothing any more. Without any branch that holds, the step is done at once.
    """

    name: str
    label: Label
    when: Formula | None = None
    branches: tuple[Branch, ...]
    join: Join = Join()
    rest: Literal["cancel", "letRun"] = "cancel"


@dataclass(frozen=True, kw_only=True, slots=True)
class Race:
    """Opens all branches; the first in which something is decided, fired or ended is taken, the rest vanish.

    Its outcome is the name of that branch. Branches have no condition.
    """

    name: str
    label: Label
    when: Formula | None = None
    branches: tuple[Branch, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """Runs another process and waits for it.

    `kind` and `process` name it. Without `each` it runs once, on the same record. With `each`, a collection
    of the record, it runs once for every row, and follows the rows when they change: on the row itself where
    rows are records of their own (`rows` is their entity), on this record where they are its lines (`rows` is
    None). `join` says how many children must be approved or done. `continues` as in `Approve`.
    """

    name: str
    label: Label
    when: Formula | None = None
    kind: Literal["approval", "automation"]
    process: str
    each: str | None = None
    rows: str | None = None
    join: Join = Join()
    continues: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class GoBack:
    """Goes back to an earlier step `to`; when that would be its visit number `max` + 1, it is held."""

    name: str
    label: Label
    when: Formula | None = None
    to: str
    max: int


@dataclass(frozen=True, kw_only=True, slots=True)
class End:
    """Ends the process with an outcome; everything that is open in it is closed."""

    name: str
    label: Label
    when: Formula | None = None
    outcome: Literal["approved", "rejected", "cancelled", "done"]


Step: TypeAlias = Approve | Task | Do | Wait | Choose | Parallel | Race | Call | GoBack | End

Block = Choose | Parallel | Race
"""The steps that hold others."""

Asking = Approve | Task
"""The steps in which people are asked."""


def branches_of(step: Step) -> tuple[Branch, ...]:
    """The branches of a step; none of one that holds no others."""
    return step.branches if isinstance(step, Block) else ()


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Every step, outer before inner, in document order."""
    for step in steps:
        yield step
        for branch in branches_of(step):
            yield from walk(branch.steps)


def conditions(step: Step) -> tuple[Formula, ...]:
    """The conditions that decide whether a step is taken and which way it goes."""
    return tuple(holder.when for holder in (step, *branches_of(step)) if holder.when is not None)
