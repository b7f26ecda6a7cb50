"""What a page of a list reads of each row: the columns, the joins behind them, and where each may be read.

Put together once for a person and a set of columns: pages of the same list differ in their rows only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.definitions.role import Grant
from guanxi.rules.access import Person, Scope
from guanxi.storage.guards import Guards
from guanxi.storage.placeholders import Arguments
from guanxi.storage.projection import PEOPLE, Projection, collections_of, reader
from guanxi.storage.scopes import EVERYTHING, Reach, ScopeSql
from guanxi.storage.session import Dialect, Row

KEPT = 1024


@dataclass(frozen=True, slots=True)
class ListColumns:
    """The texts after SELECT and after the table, their arguments, and what makes records of rows."""

    text: str
    joins: str
    arguments: tuple[Any, ...]
    read: Callable[[Row], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Rights:
    """Whose rights a statement is written for. `others` are the grants on entities behind references."""

    entity: Entity
    grants: tuple[Grant, ...]
    person: tuple[int, int | None, frozenset[int]]
    others: tuple[tuple[str, tuple[Grant, ...]], ...] | None

    @property
    def timeless(self) -> bool:
        """Whether no condition of a grant is asked, which could depend on the time."""
        every = (("", self.grants), *(self.others or ()))
        return all(grant.rows != "where" for _, grants in every for grant in grants)


@dataclass(frozen=True, slots=True)
class _Key:
    """All that the columns depend on."""

    dialect: Dialect
    catalog: Catalog
    rights: Rights
    paths: frozenset[str]


def rights_of(catalog: Catalog, scope: Scope, paths: Iterable[str], reach: Reach | None) -> Rights:
    """The rights that matter for some paths."""
    person, others = scope.person, None
    if reach is not None:
        others = tuple(
            (name, reach(name).branches) for name in _behind(catalog, scope.entity, frozenset(paths))
        )
    return Rights(scope.entity, scope.branches, (person.user_id, person.team_id, person.sub_teams), others)


def columns_of(
    dialect: Dialect, catalog: Catalog, scope: Scope, paths: Iterable[str], reach: Reach | None
) -> ListColumns:
    """The columns of some paths for the person of a scope.

    Raises:
        KeyError: a path leads nowhere.
    """
    wanted = frozenset(paths)
    key = _Key(dialect, catalog, rights_of(catalog, scope, wanted, reach), wanted)
    return _kept(key) if key.rights.timeless else _written(key, scope, reach)


@lru_cache(maxsize=KEPT)
def _kept(key: _Key) -> ListColumns:
    rights = key.rights
    person = Person(*rights.person)
    scope = Scope(rights.entity, person, rights.grants)
    if rights.others is None:
        return _written(key, scope, None)
    grants = dict(rights.others)
    return _written(key, scope, lambda name: Scope(key.catalog.entities[name], person, grants[name]))


def _written(key: _Key, scope: Scope, reach: Reach | None) -> ListColumns:
    arguments = Arguments()
    own = ScopeSql(key.catalog, scope, key.dialect, arguments)
    guards = Guards(key.catalog, key.dialect, arguments, own, reach)
    projection = Projection(key.catalog, scope.entity, key.dialect)
    for path in ("id", "version", *sorted(key.paths)):
        projection.add(path)
    columns = list(projection.columns.items())
    text = ", ".join(_projected(guards, projection, path, sql) for path, (sql, _) in columns)
    joins = " ".join(["", *projection.joins])
    return ListColumns(text, joins, tuple(arguments.values), reader(projection))


def _projected(guards: Guards, projection: Projection, path: str, sql: str) -> str:
    """A column, only where it may be read."""
    guard = guards.readable(path, projection)
    return sql if guard == EVERYTHING else f"CASE WHEN {guard} THEN {sql} END"


@lru_cache(maxsize=KEPT)
def _behind(catalog: Catalog, entity: Entity, paths: frozenset[str]) -> tuple[str, ...]:
    """The entities that the paths lead to, over references and through collections."""
    found: dict[str, None] = {}
    for path in sorted(paths):
        here: Entity | None = entity
        for name in path.split("."):
            here = _next(catalog, here, name) if here is not None else None
            if here is not None and here.parent is None:
                found[here.name] = None
    return tuple(found)


def _next(catalog: Catalog, entity: Entity, name: str) -> Entity | None:
    collection = collections_of(catalog, entity).get(name)
    if collection is not None:
        return collection.entity
    field = entity.fields.get(name)
    to = field.to if field is not None else "user" if name in PEOPLE else None
    return catalog.entities.get(to) if to is not None else None
