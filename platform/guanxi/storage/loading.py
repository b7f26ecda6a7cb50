"""Reading records by id: just the columns that are asked for, with what lies behind their references."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.definitions.sql_tables import PARENT_COLUMN
from guanxi.expressions.resolve import OWNER
from guanxi.storage.columns import column_map, quoted
from guanxi.storage.projection import (
    Collection,
    Projection,
    collections_of,
    every_path,
    projection_of,
    reader,
)
from guanxi.storage.session import Dialect, Row, Session

Record = dict[str, Any]
Read = Callable[[Row], Record]


@dataclass(frozen=True, slots=True)
class Loader:
    """The statements that read some paths of an entity, and what makes records of their rows."""

    sql: str
    read: Read
    collections: tuple[tuple[str, str, Read], ...]
    """Of each collection: its name, its statement (whose first column is the owner), and its reader."""


async def load(
    session: Session, catalog: Catalog, entity: Entity, ids: Sequence[int], paths: Iterable[str]
) -> dict[int, Record]:
    """Records by id, each holding the paths that were asked for, its id and its system keys.

    A path is a field (`total`, with its currency), what lies behind a reference (`account.currency`), a
    collection (`lines`: all of its fields) or a path of one (`lines.product.price`). Ids of no record are
    left out.

    Raises:
        KeyError: a path leads nowhere.
    """
    (records,) = await load_each(session, catalog, [Wanted(entity, ids, frozenset(paths), system=True)])
    return records


@dataclass(frozen=True, slots=True)
class Wanted:
    """Records of one entity that are wanted: which, what of them, and whether also their system keys."""

    entity: Entity
    ids: Sequence[int]
    paths: frozenset[str]
    system: bool = False


async def load_each(session: Session, catalog: Catalog, wanted: Sequence[Wanted]) -> list[dict[int, Record]]:
    """Records of several entities at once, as `load` reads them; on SQLite in one thread hop."""
    loaders = [_loader(catalog, one.entity, one.paths, session.dialect, system=one.system) for one in wanted]
    statements = [
        (sql, (id_list(one.ids, session.dialect),))
        for one, loader in zip(wanted, loaders, strict=True)
        for sql in (loader.sql, *(sql for _, sql, _ in loader.collections))
        if one.ids
    ]
    results = iter(await session.batch(statements) if statements else ())
    return [_records(loader, results) if one.ids else {} for one, loader in zip(wanted, loaders, strict=True)]


def _records(loader: Loader, results: Iterator[Sequence[Row]]) -> dict[int, Record]:
    records = {record["id"]: record for record in map(loader.read, next(results))}
    for name, _, read in loader.collections:
        for record in records.values():
            record[name] = []
        for row in next(results):
            if row[0] in records:
                records[row[0]][name].append(read(row))
    return records


def id_list(ids: Sequence[int], dialect: Dialect) -> Any:
    """Ids as one argument, for `in_ids`."""
    return list(ids) if dialect == "postgres" else f"[{','.join(str(int(id_)) for id_ in ids)}]"


def in_ids(column: str, mark: str, dialect: Dialect) -> str:
    """A condition that a column is among the ids of one argument, in one text for any number of them."""
    if dialect == "postgres":
        return f"{column} = ANY({mark}::bigint[])"
    return f"{column} IN (SELECT value FROM json_each({mark}))"


@lru_cache(maxsize=1024)
def _loader(
    catalog: Catalog, entity: Entity, paths: frozenset[str], dialect: Dialect, *, system: bool
) -> Loader:
    keys = [key for key in column_map(entity) if key not in entity.fields and "." not in key]
    paths = paths.union(keys) if system and not entity.parent else paths
    projection = projection_of(catalog, entity, paths, dialect)
    known = collections_of(catalog, entity)
    collections = tuple(
        (name, *_collection(catalog, known[name], wanted, dialect))
        for name, wanted in sorted(projection.collections.items())
    )
    where = in_ids("t.id", "$1", dialect)
    return Loader(f"{_select(projection)} WHERE {where}", reader(projection), collections)


def _collection(
    catalog: Catalog, collection: Collection, wanted: set[str], dialect: Dialect
) -> tuple[str, Read]:
    paths = set(every_path(collection.entity)) if "" in wanted else set()
    paths |= wanted - {""}
    own = collection.link == PARENT_COLUMN
    projection = projection_of(catalog, collection.entity, paths, dialect, owners=not own)
    link = f"t.{quoted(collection.link)}"
    order = "position" if collection.entity.parent and own else "id"
    sql = f"{_select(projection, link)} WHERE {in_ids(link, '$1', dialect)} ORDER BY {link}, t.{order}"
    read = reader(projection, skip=1)
    return sql, read if own or collection.entity.parent is None else _with_owner(read)


def _with_owner(read: Read) -> Read:
    """Rows that hold what is read of the record that they belong to as expressions find it there."""

    def nested(row: Row) -> Record:
        flat, head = read(row), f"{OWNER}."
        owner = {key.removeprefix(head): value for key, value in flat.items() if key.startswith(head)}
        return {key: value for key, value in flat.items() if not key.startswith(head)} | {OWNER: owner}

    return nested


def _select(projection: Projection, *first: str) -> str:
    columns = ", ".join([*first, *(sql for sql, _ in projection.columns.values())])
    joins = " ".join(["", *projection.joins])
    return f"SELECT {columns} FROM {quoted(projection.entity.table)} t{joins}"
