"""Why a route is as it is: drawn by `explanation.told`.

{% import "macros/explanation.html" as explanation with context %}
{{ explanation.told(page.explanation) }}
"""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.web.rendering.views.flow import Flow
from guanxi.web.rendering.views.records import WhyStep
from guanxi.web.rendering.views.tasks import StepState
from guanxi.web.rendering.views.values import Link


@dataclass(frozen=True, slots=True)
class ToldCondition:
    """A condition: what it comes to in a sentence, the expression, and the values of its parts."""

    text: str
    expression: str = ""
    parts: Sequence[WhyStep] = ()


@dataclass(frozen=True, slots=True)
class ToldWay:
    """A branch, whether it is taken, and why."""

    label: str
    taken: bool
    condition: ToldCondition


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row of a decision table: its cells, each with whether it fits (None: it says nothing)."""

    label: str
    hit: bool
    cells: Sequence[bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTable:
    """A decision table: `inputs` with their values as columns, the rows below. `refused`: no answer."""

    label: str
    inputs: Sequence[tuple[str, str]]
    rows: Sequence[ToldRow]
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStep:
    """A step: what became of it in a sentence, and what that rests on; `people` are sentences."""

    name: str
    label: str
    state: StepState
    text: str
    depth: int = 0
    condition: ToldCondition | None = None
    ways: Sequence[ToldWay] = ()
    people: Sequence[str] = ()
    tables: Sequence[ToldTable] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRoute:
    """The whole route. `changes` are sentences: what would change it, the smallest change first."""

    text: str
    condition: ToldCondition | None = None
    steps: Sequence[ToldStep] = ()
    changes: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePage:
    """`route.html`: who would have to approve a record, before it is submitted."""

    title: str
    breadcrumb: Sequence[Link]
    explanation: ToldRoute
    back: Link
    flow: Flow | None = None
