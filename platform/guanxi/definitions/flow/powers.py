"""What the people of a step may do besides deciding."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from guanxi.definitions.flow.spans import AnySpan
from guanxi.definitions.labels import Label
from guanxi.definitions.who import Selector

PREVIOUS: Final = "previous"
"""In place of a step's name: the step that was decided before, on the way that was taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class May:
    """What is allowed at a step; what is not named is not.

    `return_to`: whom or what it may be returned to: `submitter`, `previous`, and names of steps. `transfer`
    (hand on for good), `delegate` (hand on and get back), `add` (an approver before, after or beside), `ask`
    (for information) and `cc` say to whom: a person is allowed whom *any* of the selectors names; empty
    allows nobody. `remind`: the submitter may remind those who are asked. `comment`: remarks may be written.
    `skip`: a task may be left out, which is recorded; nobody skips an approval.
    """

    return_to: tuple[str, ...] = ()
    transfer: tuple[Selector, ...] = ()
    delegate: tuple[Selector, ...] = ()
    add: tuple[Selector, ...] = ()
    ask: tuple[Selector, ...] = ()
    cc: tuple[Selector, ...] = ()
    remind: bool = True
    comment: bool = True
    skip: bool = False


USUAL: Final = May()
"""What is allowed where a definition says nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """Something that happens when a step is still open `after` a span since it was last opened.

    `remind` tells its holders, or `to`. `escalate` lets `to` decide besides the holders, `reassign` in their
    place. `approve` and `reject` decide every seat that has a holder, recorded as decided by the deadline.
    """

    name: str
    after: AnySpan
    do: Literal["remind", "escalate", "reassign", "approve", "reject"]
    to: tuple[Selector, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """One of the ways in which a task can be answered."""

    name: str
    label: Label


FieldAccess: TypeAlias = Literal["hidden", "visible", "editable", "required"]
"""What a step makes of a field for its people, within their rights.

`hidden` leaves it out, `visible` shows it read-only, `editable` lets them fill it in while they decide,
`required` wants it before they can.
"""

FILLED: Final[frozenset[FieldAccess]] = frozenset({"editable", "required"})
