"""Which columns belong to which field, in all releases: a column follows its field, never its name.

A field that is gone keeps its columns with their values. A field that comes back by going back to an earlier
release finds them; a new field that only has its name gets new ones (`total__g2`). A field whose values are
kept in another way than before (`shape`) has columns for each of the ways.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from guanxi.definitions import Catalog
from guanxi.definitions.changes_identity import Identity
from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.placement import Placement, Shadow, table_of
from guanxi.storage.introspection import Existing
from guanxi.storage.session import Session

LONGEST = 48
"""Characters of a name that still has room for what is put behind it: PostgreSQL cuts names at 63."""
REFERENCE = "reference:"
COMPUTED = "="
"""The end of a shape in which values are computed."""
ONE_WAY = frozenset({"email", "phone", "url", "time"})
"""Types that keep a value in one way only: what another type keeps in such a column is not theirs."""


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """One field in one shape, and where it is. See `models.FieldColumn`.

    Where values were replaced, `source` is the stem of the columns that they came from, and `mapping` a JSON
    object with the new value of each.
    """

    entity: str
    holder_uid: str
    table_name: str
    uid: str
    shape: str
    stem: str
    source: str = ""
    mapping: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a candidate's fields will be, and the columns that this needs besides those that are known."""

    placement: Placement
    added: tuple[FieldColumn, ...]


async def read_field_columns(session: Session) -> tuple[FieldColumn, ...]:
    """All columns that are known."""
    rows = await session.fetch(
        "SELECT entity, holder_uid, table_name, uid, shape, stem, source, mapping "
        "FROM g_field_column ORDER BY id"
    )
    return tuple(FieldColumn(*(row[place] for place in range(8))) for row in rows)


async def store_field_columns(session: Session, added: Iterable[FieldColumn]) -> None:
    """Note columns; one that is known already stays as it is."""
    rows = [astuple(one) for one in added]
    if rows:
        await session.execute_many(
            "INSERT INTO g_field_column (entity, holder_uid, table_name, uid, shape, stem, source, mapping) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (table_name, stem) DO NOTHING",
            rows,
        )


def replaced(known: Iterable[FieldColumn], table: str, source: str, stem: str) -> dict[str, str]:
    """What became of values on the way from some columns of a field to later ones; the rest stayed."""
    rows = {one.stem: one for one in known if one.table_name == table and one.source}
    found: dict[str, str] = {}
    while stem != source and stem in rows:
        step: dict[str, str] = json.loads(rows[stem].mapping)
        found |= {old: found.get(new, new) for old, new in step.items()}
        stem = rows[stem].source
    return found if stem == source else {}


def columns_of_catalog(catalog: Catalog, identity: Identity) -> Iterator[FieldColumn]:
    """Where the fields of a catalog are."""
    tables = {name: entity.table for name, entity in catalog.entities.items()}
    for holder, path in holders(catalog):
        root = holder.name.partition(".")[0]
        holder_uid = identity.uids[root, path]
        for one in kept_fields(holder):
            uid = identity.uids[root, f"{path}.{one.name}" if path else one.name]
            shape = shape_of(one, tables)
            yield FieldColumn(holder.name, holder_uid, holder.table, uid, shape, one.columns[0].name)


def place(
    catalog: Catalog,
    identity: Identity,
    known: Sequence[FieldColumn],
    existing: Existing,
    released: Identity | None,
    *,
    preferred: Sequence[FieldColumn] = (),
    fresh: frozenset[str] = frozenset(),
) -> Placed:
    """Decide where the fields of a candidate are kept.

    `catalog` is the candidate compiled with the usual placement. Columns in `known` whose field is in no
    release (`released` is the identity of the live one) are left over from a publishing that was given up:
    nothing is looked for in them. `preferred` are the columns of the release that one goes back to. `fresh`
    are the uids of fields whose values must not be put over what was entered in an earlier release.
    """
    usable = [one for one in known if released is not None and _given_out(one.uid, released)]
    usable = [one for one in usable if one.uid not in fresh or one.shape.endswith(COMPUTED)]
    usable += preferred
    work = _Placing(identity, usable, known, existing)
    tables = {holder.name: work.table(holder, path) for holder, path in holders(catalog)}
    stems: dict[str, str] = {}
    for holder, path in holders(catalog):
        for one in kept_fields(holder):
            stem = work.stem(holder, path, one, tables)
            if stem != one.name:
                stems[f"{holder.name}.{one.name}"] = stem
    unusual = {name: table for name, table in tables.items() if table != table_of(name)}
    used = {(one.table_name, one.stem) for one in work.used}
    shadows = tuple(
        Shadow(one.table_name, one.stem, one.shape.removeprefix(REFERENCE).rstrip("="))
        for one in known
        if one.shape.startswith(REFERENCE)
        and (one.table_name, one.stem) not in used
        and one.stem in existing.columns.get(one.table_name, {})
    )
    return Placed(Placement(unusual, stems, shadows), tuple(work.added))


class _Placing:
    """Finds the columns of one candidate, one field after the other."""

    def __init__(
        self,
        identity: Identity,
        usable: Sequence[FieldColumn],
        known: Sequence[FieldColumn],
        existing: Existing,
    ) -> None:
        self.identity = identity
        self.by_field = {(one.table_name, one.uid, one.shape): one for one in usable}
        self.by_holder = {one.holder_uid: one.table_name for one in usable}
        self.tables = {one.table_name for one in known} | set(existing.columns)
        self.stems = {(one.table_name, one.stem) for one in known}
        self.existing = existing
        self.used: list[FieldColumn] = []
        self.added: list[FieldColumn] = []

    def table(self, holder: Entity, path: str) -> str:
        uid = self.identity.uids[holder.name.partition(".")[0], path]
        found = self.by_holder.get(uid) or _free(table_of(holder.name), "___g", self.tables.__contains__)
        self.tables.add(found)
        return found

    def stem(self, holder: Entity, path: str, one: Field, tables: Mapping[str, str]) -> str:
        root = holder.name.partition(".")[0]
        uid = self.identity.uids[root, f"{path}.{one.name}" if path else one.name]
        table, shape = tables[holder.name], shape_of(one, tables)
        found = self.by_field.get((table, uid, shape))
        if found is None:
            stem = _free(one.name, "__g", lambda name: self._taken(table, name))
            holder_uid = self.identity.uids[root, path]
            found = FieldColumn(holder.name, holder_uid, table, uid, shape, stem)
            self.added.append(found)
            self.stems.add((table, stem))
        self.used.append(found)
        return found.stem

    def _taken(self, table: str, stem: str) -> bool:
        return (table, stem) in self.stems or stem in self.existing.columns.get(table, {})


def holders(catalog: Catalog) -> Iterator[tuple[Entity, str]]:
    """Everything with a table, and the path of its lines field (empty for an entity)."""
    for entity in catalog.entities.values():
        yield entity, ""
        for one in entity.line_fields:
            if one.lines is not None:
                yield one.lines, one.name


def kept_fields(holder: Entity) -> Iterator[Field]:
    """The fields that have columns."""
    return (one for one in holder.fields.values() if one.columns)


def shape_of(one: Field, tables: Mapping[str, str]) -> str:
    """How the values of a field are kept; equal shapes can share columns.

    What is computed is kept apart (`=`) from what was entered, which is there again when one goes back.
    """
    kind = f":{one.type}" if one.type in ONE_WAY else ""
    kept = ",".join(
        f"{REFERENCE}{tables[one.to]}"
        if column.kind == "reference" and one.to
        else (f"{column.kind}:{column.scale}" if column.kind == "decimal" else column.kind)
        for column in one.columns
    )
    return f"{kept}{kind}{COMPUTED}" if one.formula is not None else f"{kept}{kind}"


def _given_out(uid: str, identity: Identity) -> bool:
    name, _, number = uid.partition("~")
    return identity.used.get(name, 0) >= int(number or 1)


def _free(name: str, mark: str, taken: Callable[[str], bool]) -> str:
    """The name, or the first of its generations that is free."""
    if not taken(name):
        return name
    if len(name) > LONGEST:
        name = f"{name[: LONGEST - 9]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    number = 2
    while taken(f"{name}{mark}{number}"):
        number += 1
    return f"{name}{mark}{number}"
