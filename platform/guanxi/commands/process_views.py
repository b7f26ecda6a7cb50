"""What commands answer about processes: an instance with its history, and what the actor may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from guanxi.commands.views import ApprovalView, PersonView, RecordView
from guanxi.definitions.flow.powers import FieldAccess
from guanxi.definitions.labels import Label
from guanxi.errors import Refused


@dataclass(frozen=True, slots=True)
class PowersView:
    """What the actor may do with an open task; empty and False are what may not.

    `answers` are names with labels. `returns`: where it may go back to, each with the label of the step, or
    None for the submitter. The people of `transfer`, `delegate`, `ask`, `add` and `cc` may be chosen;
    `added` may be taken out again. `behalf` is for whom the actor stands in. `fields` are those that the step
    treats in its own way, with their values now.
    """

    answers: tuple[tuple[str, Label], ...] = ()
    reply: bool = False
    returns: tuple[tuple[str, Label | None], ...] = ()
    transfer: tuple[PersonView, ...] = ()
    delegate: tuple[PersonView, ...] = ()
    ask: tuple[PersonView, ...] = ()
    add: tuple[PersonView, ...] = ()
    cc: tuple[PersonView, ...] = ()
    added: tuple[PersonView, ...] = ()
    claim: bool = False
    release: bool = False
    skip: bool = False
    behalf: PersonView | None = None
    fields: Mapping[str, FieldAccess] = field(default_factory=dict)
    changed: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """(then, now) of what is other than when it was decided before; in remembered form."""


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened to an instance.

    `type` is a stable word such as submit, decide, transfer, timer. `by` is the person who really acted, for
    `behalf`; `who` the person whom it was about; `to` where it went back to; `answer` and `step` are of a
    decision.
    """

    seq: int
    type: str
    at: datetime
    by: PersonView | None = None
    behalf: PersonView | None = None
    who: PersonView | None = None
    step: Label | None = None
    answer: str = ""
    to: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CommentView:
    """A remark: `people` are mentioned, `files` attached (id and name)."""

    id: int
    by: PersonView
    at: datetime
    text: str
    step: Label | None
    people: tuple[PersonView, ...] = ()
    files: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CopyView:
    """Somebody who was sent a copy."""

    person: PersonView
    by: PersonView
    at: datetime


@dataclass(frozen=True, slots=True)
class InstanceView:
    """An instance with its card, all that happened, and what the actor may do with the whole of it.

    `record` is None to who may not read it. `comment_at`, `remind` name the steps at which the actor may
    remark, and whose people the actor may remind. `moves` are the steps to which an administrator may move
    it.
    """

    id: int
    kind: str
    process: str
    label: Label
    status: str
    entity: str
    record_id: int
    record: RecordView | None
    card: ApprovalView | None
    history: tuple[EventView, ...]
    comments: tuple[CommentView, ...]
    copies: tuple[CopyView, ...]
    recall: bool = False
    manage: bool = False
    comment_at: tuple[str, ...] = ()
    remind: tuple[str, ...] = ()
    moves: tuple[tuple[str, Label], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the decision on one of several tasks came out: `refusal` is None where it was made."""

    task_id: int
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """When somebody is away, both days included, and who then decides for them."""

    person: PersonView
    deputy: PersonView
    first_day: date
    last_day: date
    now: bool
