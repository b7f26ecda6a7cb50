"""The compiled action: a button on a record, and what happens when somebody presses it."""

from dataclasses import dataclass

from guanxi.definitions.effect import Effect, opened_by
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import Label
from guanxi.expressions import Formula


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """A button on records of the entity `of`; `message` says what to do when `when` does not hold."""

    name: str
    of: str
    label: Label
    help: Label | None = None
    when: Formula | None = None
    message: Label | None = None
    input: Entity | None = None
    """The fields that the person is asked for, as an entity that is not stored."""
    effects: tuple[Effect, ...]

    @property
    def opens(self) -> str | None:
        """The entity of the record that it leads to, if it does."""
        return opened_by(self.effects)
