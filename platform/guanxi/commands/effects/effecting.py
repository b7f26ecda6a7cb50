"""What effects belong to: the record that they are about, and what led to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import Label
from guanxi.errors import N_, Conflict

DEPTH = 10
"""How many transitions may follow from each other."""
ROUND = N_("“{action}” leads back to itself, so nothing was done. Tell who looks after the rules.")
TOO_LONG = N_(
    "“{action}” leads to more than {limit} steps, so nothing was done. Tell who looks after the rules."
)

Pressed = tuple[str, int, str]
"""A transition that was pressed: entity, id of the record, name."""


@dataclass(frozen=True, slots=True)
class Effecting:
    """On which record effects are carried out, and what they belong to.

    `label` names it in refusals: that of the action, transition or process. `inputs` are what a person said
    when they pressed it, by paths such as `input.reason`. `passes` says that locks of the record itself do
    not hold: those who pass a declared transition may do what belongs to it. `chain` are the transitions
    that led here. `key` names the occasion among all there are, where that is known. `chosen` are the people
    whom the submitter names for steps of the approval. `gone` is the record as it was, where it was deleted.
    """

    entity: Entity
    id: int
    label: Label
    inputs: Mapping[str, Any] = field(default_factory=dict)
    passes: bool = False
    chain: tuple[Pressed, ...] = ()
    key: str = ""
    chosen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    gone: Mapping[str, Any] | None = None

    def occasion(self, now: datetime, version: int) -> str:
        """What tells this time from every other: the key, or the moment and the version of the record."""
        return self.key or f"{now.isoformat()} {version}"

    def passing(self, transition: str, label: Label, inputs: Mapping[str, Any]) -> "Effecting":
        """The effects of a transition of the record that is pressed now.

        Raises:
            Conflict: it is being pressed already, or too much follows from each other.
        """
        pressed = (self.entity.name, self.id, transition)
        if pressed in self.chain:
            raise Conflict(ROUND(action=label))
        if len(self.chain) >= DEPTH:
            raise Conflict(TOO_LONG(action=label, limit=DEPTH))
        return replace(self, label=label, inputs=inputs, passes=True, chain=(*self.chain, pressed))
