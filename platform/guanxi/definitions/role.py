"""The compiled role: lists of grants that only add."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from guanxi.definitions.labels import Label
from guanxi.expressions import Formula

Level = Literal["hidden", "masked", "read", "write"]
"""What may be done with a field, from nothing to everything."""

LEVELS: tuple[Level, ...] = ("hidden", "masked", "read", "write")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Grant:
    """What may be done with some rows of an entity.

    `rows` says whose: own, team, subTeams, all, or `where` (then the formula decides). `can` are operations
    (read create update delete); `fields` levels by field name or `*`; `actions` names of transitions and
    actions, or `*`.
    """

    rows: Literal["own", "team", "subTeams", "all", "where"]
    can: frozenset[str]
    where: Formula | None = None
    fields: Mapping[str, Level]
    actions: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """A role with the grants of the roles it includes, and the platform rights (`may`) it brings."""

    name: str
    label: Label
    grants: Mapping[str, tuple[Grant, ...]]
    may: frozenset[str] = frozenset()
