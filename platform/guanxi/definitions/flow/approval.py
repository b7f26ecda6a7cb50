"""The compiled approval: who is asked about what, in which order, under which policies."""

from dataclasses import dataclass

from guanxi.definitions.effect import Effect
from guanxi.definitions.flow.process import Process
from guanxi.definitions.labels import Label
from guanxi.expressions import Formula


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A fact that the approver is shown beside the request, and the limit it is held against.

    `was` is what it would be without the request.

    `of` names the field whose type says how the value is written; without it, the value is written plainly.
    """

    name: str
    label: Label
    value: Formula
    was: Formula | None = None
    limit: Formula | None = None
    of: str | None = None

    @property
    def reads(self) -> frozenset[str]:
        """The paths of the record from which it follows."""
        formulas = (one for one in (self.value, self.was, self.limit) if one is not None)
        return frozenset().union(*(one.reads for one in formulas))


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval(Process):
    """A process in which people consent to a record; a transition or a `start` effect begins it.

    The effects run in the transaction of the event that they are named after; `on_returned` when it goes back
    to the submitter, `on_recalled` when the submitter takes it back.
    """

    show: tuple[Shown, ...] = ()
    on_submitted: tuple[Effect, ...] = ()
    on_approved: tuple[Effect, ...] = ()
    on_rejected: tuple[Effect, ...] = ()
    on_returned: tuple[Effect, ...] = ()
    on_recalled: tuple[Effect, ...] = ()
    on_cancelled: tuple[Effect, ...] = ()
