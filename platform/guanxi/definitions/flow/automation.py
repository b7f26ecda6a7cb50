"""The compiled automation: steps that begin with an event or at a time."""

from dataclasses import dataclass
from datetime import time
from typing import Literal, TypeAlias

from guanxi.definitions.flow.process import Process
from guanxi.definitions.flow.spans import AnySpan
from guanxi.expressions import Formula


@dataclass(frozen=True, slots=True)
class Created:
    """A record was created."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One of these fields was changed; without any, any field."""

    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Deleted:
    """A record was deleted."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A record came into this state."""

    state: str


@dataclass(frozen=True, slots=True)
class Becomes:
    """The condition did not hold, and now does."""

    condition: Formula


@dataclass(frozen=True, slots=True)
class Due:
    """The day or moment that the expression gives has come, so long `before` or `after` it.

    The time follows the expression. `at` is a time of day of the calendar's zone; a day without it begins at
    midnight there.
    """

    moment: Formula
    before: AnySpan | None = None
    after: AnySpan | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again after a span, and then on to a time of day, for each record of the segment."""

    span: AnySpan
    at: time | None = None


@dataclass(frozen=True, slots=True)
class OnDay:
    """On such days of the calendar, at a time of day, for each record of the segment.

    `working` is any day with working hours; `monthFirst` and `monthLast` are days of the month, also those
    that are `Working`; the others are days of the week.
    """

    day: str
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """An event of this name came for the record."""

    event: str


@dataclass(frozen=True, slots=True)
class Failed:
    """This message about the record could not be sent."""

    message: str


@dataclass(frozen=True, slots=True)
class Decided:
    """An approval of the record ended, with this outcome where one is named."""

    approval: str
    outcome: str | None = None


Trigger: TypeAlias = (
    Created | Changed | Deleted | Entered | Becomes | Due | Every | OnDay | Received | Failed | Decided
)

Again: TypeAlias = Literal["always", "once", "whenDone", "restart"]
"""What happens when it would begin again for a record: `always` it does, `once` in the life of the record,
`whenDone` not while it is running, `restart` ends the one that is running."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Automation(Process):
    """A process that begins by itself, on a `Trigger`, where `when` holds.

    `where` is the segment of records for which a time is a beginning. `depth` is how many automations may
    have led to this one. One that is not `active` does not begin; what runs goes on.
    """

    on: Trigger
    where: Formula | None = None
    again: Again = "always"
    depth: int = 8
    active: bool = True
