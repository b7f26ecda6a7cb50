"""Which columns a set of paths needs, and the joins that reach them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Column, Entity
from guanxi.definitions.sql_tables import PARENT_COLUMN
from guanxi.expressions.resolve import OWNER
from guanxi.storage.columns import column_map, convert_out, quoted
from guanxi.storage.session import Dialect, Row

ROOT = "t"
PEOPLE = ("created_by", "updated_by")


@dataclass(frozen=True, slots=True)
class Collection:
    """Rows that belong to a record: its lines, or the records that refer to it."""

    name: str
    entity: Entity
    link: str
    """The column of those rows that leads back."""


@dataclass(slots=True)
class Projection:
    """Grows by paths; `columns` are (SQL, key, conversion), `joins` are the texts after FROM."""

    catalog: Catalog
    entity: Entity
    dialect: Dialect
    columns: dict[str, tuple[str, Callable[[Any], Any] | None]] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    collections: dict[str, set[str]] = field(default_factory=dict)

    def add(self, path: str) -> None:
        """Read what a path leads to, and what is kept beside it: money brings its currency.

        Raises:
            KeyError: the path leads nowhere.
        """
        name, _, rest = path.partition(".")
        if name in collections_of(self.catalog, self.entity):
            self.collections.setdefault(name, set()).add(rest)
            return
        alias, entity, last = self.locate(path)
        self._add_column(alias, entity, last, path)
        one = entity.fields.get(last)
        for column in one.columns[1:] if one is not None else ():
            self._add_column(alias, entity, column.key, path + column.key[len(last) :])

    def place(self, path: str) -> tuple[str, Column]:
        """The SQL and the column of a path."""
        alias, entity, last = self.locate(path)
        column = column_map(entity)[last]
        return f"{alias}.{quoted(column.name)}", column

    def locate(self, path: str) -> tuple[str, Entity, str]:
        """The alias and entity that hold the last part of a path, with joins made on the way."""
        alias, entity, prefix, rest = ROOT, self.entity, "", path
        while rest not in column_map(entity):
            name, _, rest = rest.partition(".")
            target = _target(self.catalog, entity, name)
            if not rest or target is None:
                raise KeyError(f"{self.entity.name} has no {path}.")
            if rest == "id":
                return alias, entity, name
            prefix += f"{name}."
            leads_up = name == OWNER and name not in entity.fields
            column = PARENT_COLUMN if leads_up else column_map(entity)[name].name
            alias = self._join(alias, prefix, column, target)
            entity = target
        return alias, entity, rest

    def _join(self, alias: str, prefix: str, column: str, target: Entity) -> str:
        if prefix not in self.aliases:
            name = f"j{len(self.aliases)}"
            self.joins.append(
                f"LEFT JOIN {quoted(target.table)} {name} ON {name}.id = {alias}.{quoted(column)}"
            )
            self.aliases[prefix] = name
        return self.aliases[prefix]

    def _add_column(self, alias: str, entity: Entity, last: str, key: str) -> None:
        column = column_map(entity)[last]
        self.columns[key] = (f"{alias}.{quoted(column.name)}", convert_out(column, self.dialect))


def reader(projection: Projection, skip: int = 0) -> Callable[[Row], dict[str, Any]]:
    """What makes records of rows whose columns, after `skip` others, are those of the projection."""
    keys = tuple(projection.columns)
    converted = [(key, convert) for key, (_, convert) in projection.columns.items() if convert is not None]

    def read(row: Row) -> dict[str, Any]:
        record = dict(zip(keys, tuple(row)[skip:], strict=True))
        for key, convert in converted:
            value = record[key]
            if value is not None:
                record[key] = convert(value)
        return record

    return read


@lru_cache(maxsize=1024)
def collections_of(catalog: Catalog, entity: Entity) -> Mapping[str, Collection]:
    """The collections of an entity by name: its lines, and the inverses that references declare."""
    found = {
        one.name: Collection(one.name, one.lines, PARENT_COLUMN)
        for one in entity.line_fields
        if one.lines is not None
    }
    for holder, one in catalog.references_to(entity.name):
        if one.inverse and one.inverse not in entity.fields:
            found[one.inverse] = Collection(one.inverse, holder, one.columns[0].name)
    return found


def projection_of(
    catalog: Catalog, entity: Entity, paths: Iterable[str], dialect: Dialect, *, owners: bool = False
) -> Projection:
    """The projection of some paths; the id is always read.

    What lines read of the record that they belong to is not, as it is at hand; with `owners` it is.
    """
    projection = Projection(catalog, entity, dialect)
    projection.add("id")
    for path in sorted(paths):
        if owners or not path.startswith(f"{OWNER}."):
            projection.add(path)
    return projection


def every_path(entity: Entity) -> Iterator[str]:
    """All stored fields of lines or of a record, without what belongs to it."""
    return (name for name, one in entity.fields.items() if one.columns)


def _target(catalog: Catalog, entity: Entity, name: str) -> Entity | None:
    if name in PEOPLE and name not in entity.fields:
        return catalog.entities.get("user")
    if name == OWNER and name not in entity.fields and entity.parent is not None:
        return catalog.entities[entity.parent]
    one = entity.fields.get(name)
    return catalog.entities.get(one.to) if one is not None and one.to is not None else None
