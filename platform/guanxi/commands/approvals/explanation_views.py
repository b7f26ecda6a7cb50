"""What is told of a route: why each step and these people, why not the other branches, what would change it.

Nothing in it tells the value of a field that the actor may not see: such parts are `withheld`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.commands.records.explain_field import StepView
from guanxi.commands.views import PersonView
from guanxi.definitions.decisions.measures import Measure
from guanxi.definitions.entity import Field
from guanxi.definitions.flow.process import Process
from guanxi.definitions.labels import Label
from guanxi.errors import Sentence, Text
from guanxi.workflow.explaining import WhyNot
from guanxi.workflow.picture import Node
from guanxi.workflow.standing import Stand


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition, whether it holds, `why` in short (None: not to be told), and the values of its parts."""

    text: str
    holds: bool
    why: Text | None
    parts: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """One input of a row: its value, and whether the cell holds for it; None where it says nothing."""

    label: Label
    measure: Measure
    value: Any
    holds: bool | None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a decision table, and whether it hit."""

    name: str
    label: Label
    hit: bool
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """What a decision table was asked; `refused` says why it has no answer."""

    name: str
    label: Label
    rows: tuple[RowView, ...]
    refused: Sentence | None = None


@dataclass(frozen=True, slots=True)
class NamingView:
    """Whom a part of the definition names, in words, and who that is; `counted` is the one that was taken."""

    who: tuple[Text, ...]
    people: tuple[PersonView, ...]
    counted: bool
    table: TableView | None = None


@dataclass(frozen=True, slots=True)
class NamedView:
    """Somebody who was named; with `why`, who may not decide, and who is asked `instead`, if anybody is."""

    person: PersonView
    why: WhyNot | None = None
    instead: PersonView | None = None


@dataclass(frozen=True, slots=True)
class WayView:
    """A branch, whether it is taken, and why; `otherwise` has no condition."""

    name: str
    label: Label
    taken: bool
    condition: ConditionView | None


@dataclass(frozen=True, slots=True)
class StepWhy:
    """Why a step is as it is. `depth` counts the branches around it."""

    name: str
    label: Label
    type: str
    state: Stand
    skipped: bool
    depth: int
    condition: ConditionView | None
    ways: tuple[WayView, ...]
    namings: tuple[NamingView, ...]
    people: tuple[NamedView, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A value of one field with which the route would be another.

    `field` is one of the record, or of its lines `of`: of line number `line`, counted from one, or of all
    lines at once, none of which is then above `value`. `asked`, `spared` and `others` are the labels of steps
    that come in, go, and ask other people; not `needed`: nobody would be asked at all.
    """

    field: Field
    of: Field | None
    line: int | None
    now: Any
    value: Any
    currency: str | None
    needed: bool
    asked: tuple[Label, ...]
    spared: tuple[Label, ...]
    others: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class RouteView:
    """The route of a process: drawn (`process`, `nodes`, and `people` by step) and explained.

    `status` is that of the instance, None before submitting. `condition` says why the process is needed, or
    not; None where it always is. `changes` are the smallest ones, the smallest first.
    """

    process: Process
    status: str | None
    submitter: PersonView
    needed: bool
    nodes: tuple[Node, ...]
    people: Mapping[str, tuple[PersonView, ...]]
    condition: ConditionView | None
    steps: tuple[StepWhy, ...]
    changes: tuple[ChangeView, ...]
