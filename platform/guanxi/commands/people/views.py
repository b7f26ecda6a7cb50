"""People as administrators see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal


class Unchanged(Enum):
    """Stands for what a change does not mention; None would mean: take it away."""

    UNCHANGED = "unchanged"


UNCHANGED: Literal[Unchanged.UNCHANGED] = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class UserView:
    """A person with the roles held. `state` is invited until a password was set."""

    id: int
    version: int
    name: str
    email: str
    title: str = ""
    roles: tuple[str, ...] = ()
    manager_id: int | None = None
    manager: str = ""
    team_id: int | None = None
    team: str = ""
    locale: str = "en"
    active: bool = True
    state: Literal["invited", "ready", "inactive"] = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserChange:
    """What to change about a person, or what a new one is to be."""

    name: str | Unchanged = UNCHANGED
    email: str | Unchanged = UNCHANGED
    title: str | Unchanged = UNCHANGED
    roles: tuple[str, ...] | Unchanged = UNCHANGED
    manager_id: int | Unchanged | None = UNCHANGED
    team_id: int | Unchanged | None = UNCHANGED
    locale: str | Unchanged = UNCHANGED
    active: bool | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class AddedUser:
    """A person just added, and the secret of the one-time link that sets the password until a moment."""

    user: UserView
    invitation: str
    valid_until: datetime
