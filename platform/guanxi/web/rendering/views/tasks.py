"""Approvals: the card on a record, in the inbox and on a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.values import Hidden, Link, Person

CardState = Literal["yours", "waiting", "returned", "approved", "rejected", "recalled", "cancelled", "held"]
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
    state does not say, such as the step a consent was carried over from. `branch` names the branch of a
    parallel block that the step is in: steps of other branches go on beside it. `due` is until when it should
    be decided, `late` that this is over. `decisions` are given where several people decide.
    """

    label: str
    state: StepState
    people: str = ""
    you: bool = False
    at: datetime | None = None
    comment: str = ""
    note: str = ""
    branch: str = ""
    due: datetime | None = None
    late: bool = False
    decisions: Sequence["StepDecision"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDecision:
    """One of several answers at a step: who (and for whom), what, when, and the comment."""

    who: str
    said: str
    at: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerButton:
    """A button of the decision form. `key` is the letter that focuses it."""

    name: str
    label: str
    href: str
    icon: str
    style: Literal["primary", "danger", "plain"] = "plain"
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """The decision form: a button for each answer, and a comment. Sends `comment`, `hidden` and the inputs.

    `rejects`: one of the answers demands a comment. `inputs` are the fields that the step lets its people
    fill in.
    """

    buttons: Sequence[AnswerButton]
    hidden: Sequence[Hidden] = ()
    comment: str = ""
    problem: str = ""
    rejects: bool = True
    inputs: Sequence[Input] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer of who was asked for information: no decision. Sends `comment` and `hidden`.

    `asker` asked the `question`.
    """

    href: str
    asker: str = ""
    question: str = ""
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
class Press:
    """A button that does something at once. Sends `hidden`."""

    label: str
    href: str
    icon: str
    hidden: Sequence[Hidden] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody wrote about it, with the files attached."""

    by: Person
    at: datetime
    text: str
    files: Sequence[Link] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCard:
    """What is asked, of whom, and how far it is.

    `verdict` is one sentence for a request that is over ("Chen Hao rejected it"). `stale` is one sentence for
    a reader whose answer came too late. At most one of `decide`, `reply`, `assign` is given. `changed` is
    what is other than when the reader decided before. `more` are further things to do, each on a page of its
    own, and `presses` those that happen at once. `behalf` says for whom the reader decides. `whole` leads to
    the page of the approval.
    """

    title: str
    state: CardState
    requester: Person
    asked_at: datetime
    facts: Sequence[Fact] = ()
    reason: str = ""
    chain: Sequence[ChainStep] = ()
    decide: Decide | None = None
    reply: Reply | None = None
    assign: Assign | None = None
    more: Sequence[Link] = ()
    presses: Sequence[Press] = ()
    changed: Sequence[Fact] = ()
    behalf: str = ""
    due: datetime | None = None
    late: bool = False
    remarks: Sequence[Remark] = ()
    whole: Link | None = None
    verdict: str = ""
    verdict_at: datetime | None = None
    verdict_comment: str = ""
    stale: str = ""
