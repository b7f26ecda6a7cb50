"""A process as it is drawn: its steps with how far each has come, laid out wide and for a phone.

Fill `FlowStep`s (`guanxi.web.pages.flow_view` does it from the engine's picture), lay them out with
`guanxi.web.rendering.flow_layout.lay_out`, and draw them in a template:

    {% import "macros/flow.html" as flow with context %}
    {{ flow.drawing(page.flow) }}
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from guanxi.web.rendering.views.tasks import StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowStep:
    """A step, or where the process begins or ends. `type` and `state` are those of the engine.

    `people` are those asked, `note` is what else is to be said. `back_to` names the step that it goes back
    to. `ends`: nothing follows. `href` leads to the step where it can be looked at or changed.
    """

    name: str
    label: str
    type: str
    state: StepState
    people: str = ""
    note: str = ""
    href: str = ""
    back_to: str = ""
    ends: bool = False
    ways: Sequence["FlowWay"] = ()


@dataclass(frozen=True, slots=True)
class FlowWay:
    """A branch: its label, whether it is taken, and its steps; one without any goes straight on."""

    label: str
    taken: bool
    steps: Sequence[FlowStep]


@dataclass(frozen=True, slots=True)
class Written:
    """A line of text: where it begins, on which baseline. `off` is the tag of a branch that is not taken."""

    x: float
    y: float
    text: str
    style: Literal["label", "small", "tag", "off"] = "label"


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A step where it is drawn; all lengths are pixels."""

    step: FlowStep
    x: float
    y: float
    width: float
    height: float
    texts: Sequence[Written]


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A connection as an SVG path, with the path of its head; `back` leads to an earlier step."""

    path: str
    head: str
    taken: bool
    back: bool = False


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    """Everything in one picture of this size; `tags` are the labels of branches."""

    width: float
    height: float
    boxes: Sequence[FlowBox]
    lines: Sequence[FlowLine]
    tags: Sequence[Written]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What `flow.drawing` draws: `across` where there is room, `down` on a phone, and `steps` as a list.

    `summary` says in a sentence how far it has come. `states` are those that appear, for the legend.
    """

    name: str
    title: str
    summary: str
    across: FlowDrawing
    down: FlowDrawing
    steps: Sequence[FlowStep]
    states: Sequence[StepState] = ()
