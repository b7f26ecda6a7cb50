"""What a person may do with the records of an entity, worked out from the grants of all roles held.

Grants only add. The right on a record is the union over the grants whose rows hold for it; the access to a
field is the strongest among them (hidden < masked < read < write). The same grants make the row scope that
storage turns into SQL (`scope`) and judge one loaded record (`on_record`), so the two cannot drift apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanxi.definitions.entity import Entity
from guanxi.definitions.role import LEVELS, Grant, Level, Role

SYSTEM_KEYS = frozenset({"id", "version", "created_at", "created_by", "updated_at", "updated_by"})


@dataclass(frozen=True, slots=True)
class Person:
    """The viewer as access needs to know them: who, in which team, with which teams below."""

    user_id: int
    team_id: int | None = None
    sub_teams: frozenset[int] = frozenset()
    variables: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows that a person may reach for one operation: a branch a grant.

    `owner` is the key of the field that says whose a record is (`created_by` where the entity has none).
    """

    entity: Entity
    person: Person
    branches: tuple[Grant, ...]

    @property
    def owner(self) -> str:
        """The key that `own`, `team` and `subTeams` look at."""
        return self.entity.owner or "created_by"

    @property
    def everything(self) -> bool:
        """Whether one branch covers all rows."""
        return any(grant.rows == "all" for grant in self.branches)

    def clear_branches(self, field: str) -> tuple[Grant, ...]:
        """The branches on whose rows the field may be read as it is."""
        return tuple(grant for grant in self.branches if _readable(level_in(grant, field)))

    def clear_everywhere(self, field: str) -> bool:
        """Whether the field may be read on every row of the scope (so sorting by it tells nothing more)."""
        return field in SYSTEM_KEYS or len(self.clear_branches(field)) == len(self.branches)

    def seen_somewhere(self, field: str) -> bool:
        """Whether the field is more than hidden on at least one row of the scope."""
        return field in SYSTEM_KEYS or any(level_in(grant, field) != "hidden" for grant in self.branches)


@dataclass(frozen=True, slots=True, eq=False)
class RecordAccess:
    """What a person may do with one record. Records on which the same grants hold share one."""

    can: frozenset[str]
    actions: frozenset[str]
    fields: Mapping[str, Level]

    def allows_action(self, name: str) -> bool:
        """Whether pressing this transition or action is granted on the record."""
        return name in self.actions or "*" in self.actions


@dataclass(frozen=True, slots=True)
class Access:
    """All grants that a person holds on one entity."""

    entity: Entity
    person: Person
    grants: tuple[Grant, ...]

    def may(self, operation: str) -> bool:
        """Whether the operation is granted on any row at all."""
        return any(operation in grant.can for grant in self.grants)

    def scope(self, operation: str = "read") -> Scope:
        """The rows on which the operation is granted; without any branch, no row."""
        branches = tuple(grant for grant in self.grants if operation in grant.can)
        return Scope(self.entity, self.person, branches)

    def reads(self) -> frozenset[str]:
        """The paths that a loaded record must hold for `on_record`."""
        return _reads(self.entity, self.grants)

    def on_record(self, record: Mapping[str, Any]) -> RecordAccess:
        """The union of the grants whose rows hold for the record (which must hold the paths of `reads`)."""
        owner = self.entity.owner or "created_by"
        return _union(self.entity, tuple(grant for grant in self.grants if self._holds(grant, record, owner)))

    def of_granted_fields(self) -> RecordAccess:
        """The strongest reading access to fields that any grant gives, whatever its rows.

        For a record that reaches the person by a task: seeing it is part of the task, but a field that every
        grant hides stays hidden, and nothing may be written.
        """
        seen = _union(self.entity, tuple(grant for grant in self.grants if "read" in grant.can))
        fields: dict[str, Level] = {
            name: "read" if level == "write" else level for name, level in seen.fields.items()
        }
        return RecordAccess(frozenset({"read"}), frozenset(), fields)

    def _holds(self, grant: Grant, record: Mapping[str, Any], owner: str) -> bool:
        if grant.rows == "all":
            return True
        if grant.rows == "own":
            return record.get(owner) == self.person.user_id
        if grant.where is not None:
            return grant.where.holds(record, self.person.variables or {})
        team = record.get(f"{self.entity.owner}.team") if self.entity.owner else None
        if team is None:
            return record.get(owner) == self.person.user_id
        return team == self.person.team_id or (grant.rows == "subTeams" and team in self.person.sub_teams)


def access_to(entity: Entity, roles: Iterable[Role], person: Person) -> Access:
    """The grants of all roles on the entity, each once."""
    grants = dict.fromkeys(grant for role in roles for grant in role.grants.get(entity.name, ()))
    return Access(entity, person, tuple(grants))


@lru_cache(maxsize=1024)
def _reads(entity: Entity, grants: tuple[Grant, ...]) -> frozenset[str]:
    paths = {entity.owner or "created_by"}
    if entity.owner and any(grant.rows in ("team", "subTeams") for grant in grants):
        paths.add(f"{entity.owner}.team")
    return frozenset(paths).union(*(grant.where.reads for grant in grants if grant.where))


def level_in(grant: Grant, field: str) -> Level:
    """The level that a grant gives a field: its own, else that of `*`, else what its operations imply."""
    default: Level = "write" if grant.can & {"update", "create"} else "read"
    return grant.fields.get(field) or grant.fields.get("*") or default


@lru_cache(maxsize=4096)
def _union(entity: Entity, grants: tuple[Grant, ...]) -> RecordAccess:
    """Kept: a page of a list asks for the same few sets of grants, row after row."""
    can = frozenset().union(*(grant.can for grant in grants))
    actions = frozenset().union(*(grant.actions for grant in grants))
    fields = {name: _strongest(name, grants) for name in entity.fields}
    return RecordAccess(can, actions, fields)


def _strongest(field: str, grants: Iterable[Grant]) -> Level:
    """The strongest level; writing counts only from a grant that lets the record be written."""
    levels: list[Level] = ["hidden"]
    for grant in grants:
        level = level_in(grant, field)
        writable = grant.can & {"update", "create"}
        levels.append("read" if level == "write" and not writable else level)
    return LEVELS[max(map(LEVELS.index, levels))]


def _readable(level: Level) -> bool:
    return level in ("read", "write")
