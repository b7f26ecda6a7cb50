"""What the pages of plans and releases show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guanxi.studio.access_views import AccessRow
from guanxi.studio.views import Badge, Head
from guanxi.web.rendering.views.forms import FormProblem, Input
from guanxi.web.rendering.views.values import Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow:
    """A record that a finding is about."""

    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """What the records say about a change."""

    text: str
    samples: Sequence[SampleRow] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A change in words, with its class."""

    text: str
    symbol: str
    badge: Badge
    before: str = ""
    after: str = ""
    findings: Sequence[FindingRow] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """The changes of one definition, and who made them. `key` discards them; empty: they cannot be."""

    label: str
    rows: Sequence[ChangeRow]
    by: str = ""
    key: str = ""
    clash: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """A plan as it is shown before anything happens."""

    groups: Sequence[ChangeGroup]
    access: Sequence[AccessRow] = ()
    approvals: Sequence[str] = ()
    work: Sequence[str] = ()
    warnings: Sequence[str] = ()
    lossy: bool = False
    ready: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """A place where pack and workspace have both moved; `choice` is ours, theirs or, until then, empty."""

    name: str
    text: str
    ours: str
    theirs: str
    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """What is chosen in a plan: values for those that go, and who is followed at conflicts."""

    inputs: Sequence[Input] = ()
    conflicts: Sequence[ConflictRow] = ()
    hidden: Sequence[Hidden] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRow:
    """An installed pack."""

    name: str
    label: str
    version: str
    definitions: int
    extended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PacksPage:
    """`studio/packs.html`: the installed packs, and where another or a newer one is sent."""

    head: Head
    packs: Sequence[PackRow]
    problems: Sequence[FormProblem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """`studio/plan.html`: what publishing, or going back, would do. `accept` asks to accept losses."""

    head: Head
    plan: PlanPart
    action: str
    confirm: str
    cancel_href: str
    hidden: Sequence[Hidden]
    note: Input
    accept: Input | None = None
    decide: Decide = Decide()
    intro: str = ""
    history_href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """A release in the history."""

    at: datetime
    by: str
    note: str
    digest: str
    live: bool
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """`studio/history.html`: the releases, newest first."""

    head: Head
    releases: Sequence[ReleaseRow]
