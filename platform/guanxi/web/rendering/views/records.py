"""The record page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from guanxi.web.rendering.views.lists import Column, Row
from guanxi.web.rendering.views.tasks import ApprovalCard
from guanxi.web.rendering.views.values import Cell, Hidden, Labelled, Link, Notice, Person, Tone

StageState = Literal["done", "now", "todo", "failed"]


@dataclass(frozen=True, slots=True)
class PathStage:
    """A state on the path bar."""

    label: str
    state: StageState


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A button that posts: a transition, recall. `hidden` carries the version and the idempotency key.

    With `asks` it is a link to the page that asks for something first.
    """

    label: str
    href: str
    name: str = ""
    icon: str = "arrow-right"
    style: Literal["primary", "plain", "danger"] = "plain"
    hidden: Sequence[Hidden] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Lines of the record, or records that point at it.

    `totals` stand below the columns they sum. `more` leads to the whole list, `create` adds one.
    """

    label: str
    icon: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Sequence[Labelled] = ()
    empty: str = ""
    more: Link | None = None
    create: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields under a heading, in one or two columns, below the lines that belong with them."""

    label: str
    fields: Sequence[Labelled]
    columns: int = 2
    tables: Sequence[Table] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A field's value before and after."""

    label: str
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """Something that happened to the record. `sentence` says it without the person's name."""

    person: Person
    sentence: str
    at: datetime
    icon: str = "pencil"
    tone: Tone = "neutral"
    comment: str = ""
    changes: Sequence[Change] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """`record.html`. The first primary action is the one button that stands out.

    `why` leads to what stands against changing the record. `unshown` are fields that do not apply to it, for
    who may change the configuration; each leads to why. `routes` lead to who would have to approve.
    """

    title: str
    entity: str
    icon: str
    breadcrumb: Sequence[Link]
    highlights: Sequence[Labelled] = ()
    badge: Cell | None = None
    edit: Link | None = None
    delete: Link | None = None
    locked: str = ""
    actions: Sequence[Action] = ()
    path: Sequence[PathStage] = ()
    notices: Sequence[Notice] = ()
    sections: Sequence[Section] = ()
    tables: Sequence[Table] = ()
    approval: ApprovalCard | None = None
    history: Sequence[HistoryEntry] = ()
    history_more: Link | None = None
    footer: str = field(default="")
    why: str = ""
    unshown: Sequence[Link] = ()
    routes: Sequence[Link] = ()

    @property
    def position(self) -> int:
        """The number of the current stage, counted from one; 0 when the path is not entered."""
        for number, stage in enumerate(self.path, start=1):
            if stage.state in {"now", "failed"}:
                return number
        return len(self.path) if self.path and all(s.state == "done" for s in self.path) else 0


@dataclass(frozen=True, slots=True)
class WhyStep:
    """A part of an expression and its value; `depth` counts the parts around it."""

    text: str
    value: str
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyReason:
    """One thing that is so, in a sentence, with the values that decided and the expression behind it."""

    text: str
    why: str = ""
    expression: str = ""
    steps: Sequence[WhyStep] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyPage:
    """`why.html`: why a field or a record is as it is; the record's page opens it in a dialog."""

    title: str
    breadcrumb: Sequence[Link]
    reasons: Sequence[WhyReason]
    empty: str
    back: Link
