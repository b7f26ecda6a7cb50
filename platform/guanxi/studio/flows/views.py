"""What the templates of approvals in Studio show."""

from collections.abc import Sequence
from dataclasses import dataclass

from guanxi.studio.flows.findings import Finding
from guanxi.studio.views import Badge, Head
from guanxi.web.rendering.views.flow import Flow
from guanxi.web.rendering.views.forms import FormProblem, Input
from guanxi.web.rendering.views.tasks import StepState
from guanxi.web.rendering.views.values import Hidden, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """An approval in the list of approvals. `start` is the button that starts it."""

    name: str
    label: str
    href: str
    of: str
    start: str
    steps: int
    badges: Sequence[Badge] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsPage:
    """`studio/approvals.html`: all approvals."""

    head: Head
    add_href: str
    approvals: Sequence[ApprovalRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """A step in its sequence: whom it asks, when it is taken, what is wrong, and its branches."""

    index: int
    name: str
    label: str
    kind: str
    icon: str
    href: str
    people: str = ""
    when: str = ""
    deadlines: Sequence[str] = ()
    findings: Sequence[Finding] = ()
    branches: Sequence["StepBranch"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepBranch:
    """A branch with its steps."""

    label: str
    when: str
    steps: "StepSequence"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSequence:
    """Steps in their order; `add_href` leads to one more."""

    name: str
    rows: Sequence[StepRow]
    add_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPage:
    """`studio/process.html`: a process as it is drawn, with its steps and what is wrong with them.

    `checked` says that all checks have been made and found nothing. `facts` say what holds of the whole.
    """

    head: Head
    title: str
    action: str
    flow: Flow
    steps: StepSequence
    findings: Sequence[Finding]
    checked: bool
    facts: Sequence[tuple[str, str]]
    settings_href: str
    try_href: str
    hidden: Sequence[Hidden]
    problems: Sequence[FormProblem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayButton:
    """Something that can be played in a test run: a decision, or the passing of time."""

    value: str
    label: str
    icon: str
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayStep:
    """A step of the chain in a test run: how far it is, who is or would be asked, and why."""

    name: str
    label: str
    state: StepState
    people: str
    why: str
    buttons: Sequence[PlayButton] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """How far a test run has come. `told` is what happened, in order, each with its moment."""

    flow: Flow
    status: Badge
    now: str
    steps: Sequence[PlayStep]
    told: Sequence[tuple[str, str]]
    time: PlayButton | None = None
    undo: PlayButton | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TryPage:
    """`studio/approval_try.html`: a run of an approval that stores nothing."""

    head: Head
    title: str
    action: str
    back: Link
    inputs: Sequence[Input]
    values: Sequence[Input]
    hidden: Sequence[Hidden]
    problem: str = ""
    played: Played | None = None
