"""What commands answer: records, lists, tasks and approvals as the actor may see them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from guanxi.definitions.action import Action
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import Label
from guanxi.definitions.role import Level
from guanxi.definitions.stages import Stages, Transition
from guanxi.errors import Problem
from guanxi.records.conditions import FieldState
from guanxi.rules.access import RecordAccess

if TYPE_CHECKING:
    from guanxi.commands.process_views import PowersView


@dataclass(slots=True)
class RecordView:
    """One record as the actor may see it.

    `values` are the readable ones (hidden fields are absent, masked ones are None and named in `masked`).
    `titles` names referenced records: `(entity, id) -> title`. `states` say which fields
    apply; they are there for a whole record, not in lists. `actions` are what is offered now;
    `recall` says whether the actor may recall the open approval.
    """

    entity: Entity
    id: int
    version: int
    values: Mapping[str, Any]
    title: str
    titles: Mapping[tuple[str, int], str]
    levels: Mapping[str, Level]
    masked: tuple[str, ...] = ()
    states: Mapping[str, FieldState] = field(default_factory=dict)
    can: frozenset[str] = frozenset()
    actions: tuple[Transition | Action, ...] = ()
    recall: bool = False
    stages: Stages | None = None
    locked: bool = False
    folded: frozenset[str] = frozenset()
    """The sections of the page that are not shown on this record."""

    def level_of(self, name: str) -> Level:
        """What may be done with a field, or with that of which the name is a part."""
        return self.levels.get(name.partition(".")[0], "read")


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A record of a list: what was read of it, and what the actor may do with it.

    What the actor may not see on it was not read; a reference comes with the title behind it.
    """

    record: Mapping[str, Any]
    access: RecordAccess


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of a list. `next` and `previous` are opaque cursors; `total` counts all rows, if asked for.

    `titles` are, of each reference: its name, where it leads to, and the path of the title in the record.
    `named` are the titles of what else the rows lead to.
    A program reads thousands of rows, so they are not made into views before somebody asks for `items`.
    """

    entity: Entity
    rows: tuple[ListedRecord, ...]
    view: Callable[[ListedRecord], RecordView]
    titles: tuple[tuple[str, str, str], ...] = ()
    named: Mapping[tuple[str, int], str] = field(default_factory=dict)
    next: str | None = None
    previous: str | None = None
    total: int | None = None

    @property
    def items(self) -> tuple[RecordView, ...]:
        """The records as views."""
        return tuple(self.view(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class FormView:
    """A form as the server sees it now: computed values, the state of every field, and what is wrong."""

    entity: Entity
    id: int | None
    version: int | None
    values: Mapping[str, Any]
    titles: Mapping[tuple[str, int], str]
    states: Mapping[str, FieldState]
    levels: Mapping[str, Level]
    problems: tuple[Problem, ...] = ()
    folded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AskView:
    """What a person is asked for before something is pressed on a record.

    `said` are the fields of its input as they stand; `missing` names the required fields of the record that
    the person may fill in with it, and `filled` is the record with them.
    """

    record: RecordView
    pressed: Transition | Action
    said: FormView | None = None
    missing: tuple[str, ...] = ()
    filled: FormView | None = None

    @property
    def asks(self) -> bool:
        """Whether there is anything to ask for."""
        return self.said is not None or bool(self.missing)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a search or a look-up found."""

    entity: str
    id: int
    title: str
    detail: str = ""
    kind: Label | None = None
    """What the entity is called, where there are several."""


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person by id and name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One changed value, named for people."""

    label: Label
    before: Any
    after: Any
    field: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a record. `verb` is a stable word such as created, changed, submitted.

    `who` are the people that it is about: to whom a task was handed, who was asked, added or sent a copy.
    """

    at: datetime
    actor: PersonView | None
    verb: str
    changes: tuple[HistoryChange, ...] = ()
    comment: str = ""
    step: Label | None = None
    who: tuple[PersonView, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """One answer at a step. `by` is None where a deadline decided; `advice` decides nothing.

    `label` is that of an outcome, which the definition brings.
    """

    by: PersonView | None
    behalf: PersonView | None
    answer: str
    at: datetime
    comment: str = ""
    label: Label | None = None


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """One step of an approval's chain as people see it.

    `decisions` are all answers, of which `by`, `at` and `comment` are the last that decides. `given` of
    `needed` consents are there. `branch` is the branch of a parallel block that the step stands in, and
    `due` until when an open step should be decided.
    """

    name: str
    label: Label
    state: Literal["done", "now", "todo", "skipped", "held", "rejected", "carried", "cancelled"]
    people: tuple[PersonView, ...] = ()
    by: PersonView | None = None
    at: datetime | None = None
    comment: str = ""
    decisions: tuple[DecisionEntry, ...] = ()
    given: int = 0
    needed: int = 1
    due: datetime | None = None
    branch: Label | None = None


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value that the approver decides on: as it was, as it is asked for, and the limit of the policy."""

    name: str
    label: Label
    field: str | None
    before: Any
    after: Any
    limit: Any
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class ApprovalView:
    """An approval of a record: who asks, what for, who has it, who has decided."""

    instance_id: int
    name: str
    label: Label
    status: str
    submitter: PersonView
    submitted_at: datetime
    shown: tuple[ShownValue, ...]
    chain: tuple[ChainEntry, ...]
    waiting_for: tuple[PersonView, ...]
    task_id: int | None = None
    """The open task that the actor may decide."""
    held_task_ids: tuple[int, ...] = ()
    """Open tasks that nobody holds, where the actor may assign somebody."""
    ended_at: datetime | None = None
    comment: str = ""
    word: DecisionEntry | None = None
    """Who returned it and why; to who is asked for information, the question."""


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task of the inbox. `decided_by` and `outcome` are set when it is no longer open."""

    id: int
    kind: str
    step: Label
    approval: Label
    opened_at: datetime
    record: RecordView | None
    entity: str
    record_id: int
    title: str
    submitter: PersonView
    card: ApprovalView | None = None
    open: bool = True
    mine: bool = True
    decided_by: PersonView | None = None
    decided_at: datetime | None = None
    outcome: str | None = None
    highlights: tuple[tuple[str, Any], ...] = field(default_factory=tuple)
    instance_id: int = 0
    due: datetime | None = None
    overdue: bool = False
    holders: tuple[PersonView, ...] = ()
    powers: "PowersView | None" = None
    """What the actor may do with it; only of one task that was opened."""


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of the inbox."""

    items: tuple[TaskView, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ActionResult:
    """The record after an action, and who has it now; `opened` is the new record that it leads to."""

    record: RecordView
    waiting_for: tuple[PersonView, ...] = ()
    held: bool = False
    opened: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """Tasks that wait for somebody: to decide, and (for administrators of processes) to assign."""

    waiting: int
    held: int

    @property
    def all(self) -> int:
        """What the badge shows."""
        return self.waiting + self.held
