"""Approvals: the card on a record, and the inbox."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from guanxi.web.rendering.views.values import Hidden, Labelled, Link, Notice, Person, Tone

CardState = Literal["yours", "waiting", "approved", "rejected", "recalled", "cancelled", "held"]
StepState = Literal["done", "now", "todo", "skipped", "carried", "held", "rejected", "cancelled"]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the decision rests on: a new value, and the value before if it changed."""

    label: str
    value: str
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """A step of the approval.

    `people` are those asked, or the one who answered. `you` marks the reader's own step. `note` adds what the
    state does not say, such as the step a consent was carried over from.
    """

    label: str
    state: StepState
    people: str = ""
    you: bool = False
    at: datetime | None = None
    comment: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """The decision form: two buttons and a comment. Sends `comment`, and `hidden`."""

    approve_href: str
    reject_href: str
    hidden: Sequence[Hidden] = ()
    comment: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """An administrator gives a held task to a person. Sends `person`, `person._text` and `hidden`."""

    href: str
    lookup_href: str
    why: str
    hidden: Sequence[Hidden] = ()
    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """The person who asked takes it back, before the first decision."""

    href: str
    hidden: Sequence[Hidden] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCard:
    """What is asked, of whom, and how far it is.

    `verdict` is one sentence for a request that is over ("Chen Hao rejected it"). `stale` is one sentence for
    a reader whose answer came too late. At most one of `decide`, `assign`, `recall` is given.
    """

    title: str
    state: CardState
    requester: Person
    asked_at: datetime
    facts: Sequence[Fact] = ()
    reason: str = ""
    chain: Sequence[ChainStep] = ()
    decide: Decide | None = None
    assign: Assign | None = None
    recall: Recall | None = None
    verdict: str = ""
    verdict_at: datetime | None = None
    verdict_comment: str = ""
    stale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A box of the inbox."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task in the inbox: the record, what is asked, since when."""

    title: str
    detail: str
    approval: str
    at: datetime
    href: str
    current: bool = False
    badge: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDetail:
    """The chosen task: the record's highlights and its approval card."""

    title: str
    icon: str
    record: Link
    card: ApprovalCard
    highlights: Sequence[Labelled] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """`inbox.html`. On a phone the detail replaces the list when `opened`: the address names the task."""

    tabs: Sequence[Tab]
    tasks: Sequence[TaskRow]
    detail: TaskDetail | None = None
    opened: bool = False
    back_href: str = "/inbox"
    empty: str = ""
    next_href: str = ""
    notices: Sequence[Notice] = field(default=())
