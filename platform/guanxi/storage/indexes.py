"""The indexes that an entity's table has."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from guanxi.definitions.entity import Column, Entity
from guanxi.storage.columns import quoted
from guanxi.storage.session import Dialect

LONGEST = 60
"""Characters of an index name: PostgreSQL cuts names at 63."""
ID = Column("id", "id", "reference")
PARENT = Column("parent_id", "parent_id", "reference")
POSITION = Column("position", "position", "integer")


@dataclass(frozen=True, slots=True)
class Index:
    """An index: its name tells its table and columns, so that equal ones are made once."""

    name: str
    columns: tuple[Column, ...]
    unique: bool = False

    def sql(self, table: str, dialect: Dialect) -> str:
        """The statement that makes it.

        Missing sorts before everything in lists, as it does in SQLite; PostgreSQL has to be told.
        """
        if dialect == "postgres" and self.columns[0].kind == "options":
            # Which options are in it; the index of SQLite only tells where none is.
            column = quoted(self.columns[0].name)
            return f"CREATE INDEX {quoted(self.name)} ON {quoted(table)} USING gin ({column})"
        first = " NULLS FIRST" if dialect == "postgres" else ""
        columns = ", ".join(
            f"{quoted(column.name)}{first if column is not ID else ''}" for column in self.columns
        )
        kind = "UNIQUE INDEX" if self.unique else "INDEX"
        return f"CREATE {kind} {quoted(self.name)} ON {quoted(table)} ({columns})"


def indexes_of(entity: Entity) -> Iterator[Index]:
    """Lines by their owner, references, what is declared `index` or `unique`, and constraints."""
    if entity.parent:
        yield _named(entity, "i", (PARENT, POSITION))
    for field in entity.fields.values():
        if not field.columns:
            continue
        column = field.columns[0]
        if field.unique:
            yield _named(entity, "u", (column,), unique=True)
        elif field.type in ("reference", "stage"):
            yield _named(entity, "i", (column,))
        if field.index and column.kind == "options":
            yield _named(entity, "g", (column,))
        elif field.index:
            # With the id, which settles ties: a sorted list walks this index.
            yield _named(entity, "s", (column, ID))
    for constraint in entity.constraints:
        for name in constraint.resources:
            # Who has a resource is looked up under a lock of it.
            keys = (entity.fields[name].columns[0], entity.fields[constraint.start].columns[0])
            yield _named(entity, "k", keys)
        if constraint.unique:
            # With a condition, who has the values already is looked up under a lock of the key.
            columns = tuple(entity.fields[name].columns[0] for name in constraint.unique)
            unique = constraint.when is None
            yield _named(entity, "u" if unique else "k", columns, unique=unique)


def _named(entity: Entity, kind: str, columns: tuple[Column, ...], *, unique: bool = False) -> Index:
    name = f"{kind}_{entity.table}__{'__'.join(column.name for column in columns)}"
    if len(name) > LONGEST:
        mark = hashlib.sha256(name.encode()).hexdigest()[:10]
        name = f"{name[: LONGEST - 11]}_{mark}"
    return Index(name, columns, unique)
