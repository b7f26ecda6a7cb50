"""The compiled stages of an entity: its states and the transitions between them."""

from collections.abc import Mapping
from dataclasses import dataclass

from guanxi.definitions.effect import Effect, opened_by
from guanxi.definitions.entity import Entity, Option
from guanxi.definitions.labels import Label
from guanxi.expressions import Formula


@dataclass(frozen=True, kw_only=True, slots=True)
class Transition:
    """A move from one of the states `from_` to `to`.

    With an `approval` the record waits in `through` until it is decided, and goes to `back` when it is
    rejected, recalled or cancelled. `requires` are fields that must be filled; `when` must hold; `message`
    says what to do when it does not. `effects` happen when the record has left its state, before an approval
    starts. `primary` marks the one that a page offers as its main button.
    """

    name: str
    label: Label
    from_: tuple[str, ...]
    to: str
    through: str | None = None
    back: str | None = None
    approval: str | None = None
    when: Formula | None = None
    message: Label | None = None
    requires: tuple[str, ...] = ()
    input: Entity | None = None
    """The fields that the person is asked for, as an entity that is not stored."""
    effects: tuple[Effect, ...] = ()
    primary: bool = False

    @property
    def opens(self) -> str | None:
        """The entity of the record that it leads to, if it does."""
        return opened_by(self.effects)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stages:
    """The states of the field `field` of entity `of`; a new record starts in the first."""

    name: str
    of: str
    field: str
    states: tuple[Option, ...]
    transitions: Mapping[str, Transition]

    @property
    def initial(self) -> str:
        """The state of a new record."""
        return self.states[0].name
