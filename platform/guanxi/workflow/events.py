"""What can happen to an instance. One accepted event is one stored row, unique by (instance, seq).

`by` is the person who really acts; `behalf` the person represented, where somebody acts for another. Both are
held to the invariants.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, TypeAlias

from guanxi.workflow.marks import Answer
from guanxi.workflow.state import Status


@dataclass(frozen=True, slots=True)
class Submit:
    """A record is submitted, or submitted again after its approval ended or came back.

    `editors` are the last editors of the record's fields before this moment, as far as they are known;
    `chosen` the people whom the submitter names, by step.
    """

    type: ClassVar[str] = "submit"
    by: int
    behalf: int | None = None
    editors: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decide:
    """A person answers a task; to reject takes a comment.

    `add` is somebody who is to decide after them, added at once.
    """

    type: ClassVar[str] = "decide"
    by: int
    task: str
    answer: Answer
    comment: str = ""
    behalf: int | None = None
    add: int | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A person sends it back `to` the `submitter`, the `previous` step, or a step by name."""

    type: ClassVar[str] = "return"
    by: int
    task: str
    to: str
    comment: str
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """A person hands a task on for good."""

    type: ClassVar[str] = "transfer"
    by: int
    task: str
    who: int
    comment: str = ""
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person hands a task on and gets it back with an advice."""

    type: ClassVar[str] = "delegate"
    by: int
    task: str
    who: int
    comment: str = ""
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A person asks somebody, perhaps the submitter, for information; the task waits for the reply."""

    type: ClassVar[str] = "ask"
    by: int
    task: str
    who: int
    comment: str
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """Who was asked, or had a task handed over, gives information or advice; it goes back."""

    type: ClassVar[str] = "reply"
    by: int
    task: str
    comment: str


@dataclass(frozen=True, slots=True)
class Add:
    """A person adds an approver `before`, `after` or `beside` themselves."""

    type: ClassVar[str] = "add"
    by: int
    task: str
    who: int
    where: Literal["before", "after", "beside"]
    comment: str = ""
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """A person takes somebody out again whom they added themselves and who has not answered."""

    type: ClassVar[str] = "remove"
    by: int
    step: str
    who: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One of several holders takes a task, so that the others leave it."""

    type: ClassVar[str] = "claim"
    by: int
    task: str


@dataclass(frozen=True, slots=True)
class Release:
    """Who claimed a task gives it back to all who could take it."""

    type: ClassVar[str] = "release"
    by: int
    task: str


@dataclass(frozen=True, slots=True)
class Skip:
    """A task is left out, where the definition allows it; an approval never is."""

    type: ClassVar[str] = "skip"
    by: int
    task: str
    comment: str = ""
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """The submitter takes it back. `decided_below`: somebody has decided in a sub-process."""

    type: ClassVar[str] = "recall"
    by: int
    comment: str = ""
    decided_below: bool = False


@dataclass(frozen=True, slots=True)
class Assign:
    """A process administrator gives a task to somebody; the caller has checked that `by` is one."""

    type: ClassVar[str] = "assign"
    by: int
    task: str
    who: int


@dataclass(frozen=True, slots=True)
class Move:
    """A process administrator moves it back to a step that was reached; the caller has checked `by`."""

    type: ClassVar[str] = "move"
    by: int
    to: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """A process administrator ends it without a decision; the caller has checked that `by` is one.

    Of a sub-process whose owner does not wait for it any more, `by` is None.
    """

    type: ClassVar[str] = "cancel"
    by: int | None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Migrate:
    """The instance goes on under another version of its definition, named by the digest `version`.

    `clear` are the steps whose marks it cannot keep, as `guanxi.workflow.versions.fit` found them.
    """

    type: ClassVar[str] = "migrate"
    by: int
    version: str
    clear: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """The record changed. `fields` are all fields whose stored value differs, computed ones included."""

    type: ClassVar[str] = "edit"
    by: int
    fields: tuple[str, ...]
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer of the instance is due."""

    type: ClassVar[str] = "timer"
    key: str


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """A named event with its data. `broadcast`: it went to many, and whom it does not concern ignores it."""

    type: ClassVar[str] = "event"
    name: str
    data: Mapping[str, Any] = field(default_factory=dict)
    broadcast: bool = False


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """A sub-process ended."""

    type: ClassVar[str] = "child"
    key: str
    outcome: Status


@dataclass(frozen=True, slots=True)
class Tick:
    """Nothing happened; look again at content and organisation."""

    type: ClassVar[str] = "tick"


OnTask: TypeAlias = (
    Decide | Return | Transfer | Delegate | Ask | Reply | Add | Claim | Release | Skip | Assign
)
"""What concerns one open task."""

Event: TypeAlias = (
    Submit
    | OnTask
    | Remove
    | Recall
    | Move
    | Cancel
    | Migrate
    | Edit
    | Timer
    | NamedEvent
    | ChildEnded
    | Tick
)
