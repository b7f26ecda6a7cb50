"""Row scopes as SQL: which rows of a table a grant reaches, and on which of them a field may be read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.role import Grant
from guanxi.expressions.sets import condition_sql
from guanxi.rules.access import SYSTEM_KEYS, Scope
from guanxi.storage.columns import column_map, quoted
from guanxi.storage.loading import id_list, in_ids
from guanxi.storage.placeholders import Arguments
from guanxi.storage.session import Dialect

NOTHING = "1 = 0"
EVERYTHING = "1 = 1"
NARROW_TO_WIDE = ("own", "team", "subTeams", "all")

Reach = Callable[[str], Scope]
"""A person's scope of an entity, by the entity's name."""


@dataclass(frozen=True, slots=True)
class ScopeSql:
    """Writes the conditions of a scope on the rows of `alias`; arguments go to one statement."""

    catalog: Catalog
    scope: Scope
    dialect: Dialect
    arguments: Arguments
    alias: str = "t"
    _written: dict[tuple[Grant, ...], str] = field(default_factory=dict)

    def branches(self) -> tuple[Grant, ...]:
        """The grants to look through: a wider one covers the narrower ones."""
        if any(grant.rows == "all" for grant in self.scope.branches):
            return tuple(grant for grant in self.scope.branches if grant.rows == "all")[:1]
        return _widest(self.scope.branches)

    def rows(self, grant: Grant) -> str:
        """The rows that a grant reaches."""
        if grant.rows == "all":
            return EVERYTHING
        if grant.rows != "where":
            return self._owned(grant.rows)
        if grant.where is None:
            return NOTHING
        variables: Mapping[str, Any] = self.scope.person.variables or {}
        tables, bind = self.catalog.tables, self.arguments.bind
        return condition_sql(grant.where, tables, self.dialect, self.alias, bind, variables)

    def any_of(self, grants: tuple[Grant, ...]) -> str:
        """The rows that any of some grants reaches; one OR, for single rows and counts."""
        if grants not in self._written:
            everything = any(grant.rows == "all" for grant in grants)
            # Written only when it is used: an argument without a place is an error.
            conditions = [] if everything else [self.rows(grant) for grant in _widest(grants)]
            text = f"({' OR '.join(conditions)})" if conditions else NOTHING
            self._written[grants] = EVERYTHING if everything else text
        return self._written[grants]

    def clear(self, fields: Iterable[str]) -> str:
        """The rows on which all these fields may be read as they are."""
        guarded = [name for name in sorted(set(fields)) if not self.always_clear(name)]
        return " AND ".join(self.any_of(self.scope.clear_branches(name)) for name in guarded) or EVERYTHING

    def always_clear(self, name: str) -> bool:
        """Whether the field may be read on every row of the scope."""
        if name in SYSTEM_KEYS or self.scope.clear_everywhere(name):
            return True
        clear = [grant for grant in self.scope.clear_branches(name) if grant.rows != "where"]
        widest = max(map(_width, clear), default=-1)
        return all(grant.rows != "where" or widest == _WIDEST for grant in self.scope.branches) and (
            widest >= max(_width(grant) for grant in self.scope.branches if grant.rows != "where")
            if clear
            else False
        )

    def _owned(self, rows: str) -> str:
        person, owner = self.scope.person, column_map(self.scope.entity)[self.scope.owner]
        column = f"{self.alias}.{quoted(owner.name)}"
        below = person.sub_teams if rows == "subTeams" else frozenset()
        teams = sorted(below | ({person.team_id} if person.team_id is not None else set()))
        if rows == "own" or self.scope.entity.owner is None or not teams:
            return f"{column} = {self.arguments.bind(person.user_id)}"
        mark = self.arguments.bind(id_list(teams, self.dialect))
        people = f"SELECT u.id FROM e_user u WHERE {in_ids('u.team', mark, self.dialect)}"
        if person.team_id is None:
            # Somebody without a team still sees what is their own.
            people += f" UNION ALL SELECT CAST({self.arguments.bind(person.user_id)} AS BIGINT)"
        # With +, SQLite walks the sort index instead of gathering the rows of many owners.
        wide = "+" if self.dialect == "sqlite" and rows == "subTeams" else ""
        return f"{wide}{column} IN ({people})"


_WIDEST = len(NARROW_TO_WIDE) - 1


def _widest(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """The grants without those whose rows another one reaches too."""
    plain = sorted((grant for grant in grants if grant.rows != "where"), key=_width)
    return (*plain[-1:], *(grant for grant in grants if grant.rows == "where"))


def _width(grant: Grant) -> int:
    return NARROW_TO_WIDE.index(grant.rows) if grant.rows in NARROW_TO_WIDE else -1
