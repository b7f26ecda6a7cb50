"""Who is acting: the person behind a request, with the roles and teams held at that moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.rules.access import Access, Person, access_to

Channel = Literal["page", "api", "cli", "system"]


@dataclass(frozen=True, slots=True)
class Cause:
    """What led to something being done by a rule: the event (its id), and how many reactions led here.

    `automation` is the rule, where it is one that a definition declares. What begins at a time has no event.
    """

    event: int | None
    depth: int
    automation: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the system itself (`user_id` None) for commands that an operator starts.

    `sub_teams` are the ids of the teams below the person's own. `locale` is a language tag such as zh-CN.
    `cause` is set while a rule acts, and goes into the audit with whatever is done.
    """

    user_id: int | None
    name: str
    email: str = ""
    roles: frozenset[str] = frozenset()
    team_id: int | None = None
    sub_teams: frozenset[int] = frozenset()
    locale: str = "en"
    channel: Channel = "api"
    session_id: int | None = None
    token_id: int | None = None
    cause: Cause | None = None

    def access(self, catalog: Catalog, entity: Entity, variables: Mapping[str, Any]) -> Access:
        """What this person may do with records of the entity; `variables` serve the grants' conditions."""
        roles = [catalog.roles[name] for name in sorted(self.roles) if name in catalog.roles]
        person = Person(self.user_id or 0, self.team_id, self.sub_teams, variables)
        return access_to(entity, roles, person)

    def may(self, catalog: Catalog, right: str) -> bool:
        """Whether one of the roles brings a platform right such as `people` or `process`."""
        return any(right in catalog.roles[name].may for name in self.roles if name in catalog.roles)


SYSTEM = Actor(user_id=None, name="guanxi", channel="system")
"""The platform itself: timers, reactions, and what an operator starts."""
