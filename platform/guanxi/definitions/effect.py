"""The compiled effects: what an action, a transition or a process does to records."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from guanxi.definitions.entity import Value
from guanxi.definitions.labels import Label
from guanxi.definitions.who import Selector
from guanxi.expressions import Formula

THIS = "this"


@dataclass(frozen=True, kw_only=True, slots=True)
class Each:
    """The records of a collection, called `row` in expressions; `when` says which of them."""

    row: str
    collection: str
    when: Formula | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LinesFrom:
    """Lines of a new record, one for each record of a collection."""

    each: Each
    set: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateEffect:
    """Sets fields of the record, or of `each` record of a collection of `entity`.

    `lines` is the field that holds them where the collection are lines of the record itself.
    """

    name: str
    set: Mapping[str, Value]
    entity: str
    each: Each | None = None
    lines: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateEffect:
    """Makes a record of `entity`; `open` leads to it."""

    name: str
    entity: str
    set: Mapping[str, Value]
    lines: Mapping[str, LinesFrom] = field(default_factory=dict)
    open: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveEffect:
    """Presses a transition of the record, without a further right."""

    name: str
    transition: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RefuseEffect:
    """Ends all that happens with a message; nothing is changed."""

    name: str
    message: Label


@dataclass(frozen=True, kw_only=True, slots=True)
class CallEffect:
    """Tells an endpoint of the record and of this data, after the commit."""

    name: str
    endpoint: str
    data: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True, slots=True)
class SendEffect:
    """Sends a message about the record, after the commit: to whom `to` names, else to whom the message does.

    Of several selectors, the first that names anybody counts.
    """

    name: str
    message: str
    to: tuple[Selector, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EmitEffect:
    """An event of this name about the record, with data, for the processes that wait for it."""

    name: str
    event: str
    data: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True, slots=True)
class StartEffect:
    """Begins a process about the record, unless it is running for it already."""

    name: str
    kind: Literal["approval", "automation"]
    process: str


@dataclass(frozen=True, kw_only=True, slots=True)
class IfEffect:
    """Does `then` where the condition holds, else `otherwise`."""

    name: str
    condition: Formula
    then: "tuple[Effect, ...]"
    otherwise: "tuple[Effect, ...]" = ()


Effect = (
    UpdateEffect
    | CreateEffect
    | MoveEffect
    | SendEffect
    | CallEffect
    | EmitEffect
    | RefuseEffect
    | StartEffect
    | IfEffect
)


def every_effect(effects: Iterable[Effect]) -> Iterator[Effect]:
    """The effects with those inside of conditions."""
    for effect in effects:
        yield effect
        if isinstance(effect, IfEffect):
            yield from every_effect(effect.then)
            yield from every_effect(effect.otherwise)


def opened_by(effects: Iterable[Effect]) -> str | None:
    """The entity of the new record that effects lead to, if they do."""
    found = (one for one in every_effect(effects) if isinstance(one, CreateEffect) and one.open)
    return next((one.entity for one in found), None)
