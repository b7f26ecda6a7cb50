"""Computing the formulas of stored records anew."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.definitions.following import collections_read, roll_ups
from guanxi.records.completing import recompute
from guanxi.records.difference import changed_fields
from guanxi.records.needs import needs_of
from guanxi.storage.computed import store_computed
from guanxi.storage.following import collected
from guanxi.storage.records import load
from guanxi.storage.session import Session

Record = dict[str, Any]
Changes = Sequence[tuple[Record, Record]]
"""Records before and after."""


async def recompute_stored(
    session: Session,
    catalog: Catalog,
    entity: Entity,
    ids: Collection[int],
    variables: Mapping[str, Any],
) -> Changes:
    """Compute and store the formulas of these records and of their lines; the versions stay.

    What a formula collects of other records is computed by the database, the rest here. Returns the records
    of which a value is another now. They should be locked.
    """
    needs = needs_of(entity)
    paths = {name for name, one in entity.fields.items() if one.columns or one.lines is not None}
    paths |= needs.record
    paths |= {f"{lines}.{path}" for lines, some in needs.lines.items() for path in some}
    records = await load(session, catalog, entity, sorted(ids), paths)
    before = {id_: _copy(entity, record) for id_, record in records.items()}
    fields = roll_ups(entity)
    for _ in range(_rounds(entity)):
        last = {id_: _copy(entity, record) for id_, record in records.items()}
        found = await collected(session, catalog, entity, fields, ids, variables) if fields else {}
        for id_, record in records.items():
            recompute(entity, record, variables, found.get(id_))
        changed = [id_ for id_, record in records.items() if changed_fields(entity, last[id_], record)]
        await _store(session, entity, [records[id_] for id_ in changed])
        if not changed:
            break
    pairs = [(before[id_], record) for id_, record in records.items()]
    return [(was, now) for was, now in pairs if changed_fields(entity, was, now)]


def _rounds(entity: Entity) -> int:
    """A formula that collects by a computed value of the record itself is right once that is stored."""
    fields = roll_ups(entity)
    own = {
        path.partition(".")[0] for one in fields if one.formula is not None for path in one.formula.reads
    } - {name for one in fields for name in collections_read(entity, one)}
    return 1 + sum(entity.fields[name].formula is not None for name in own if name in entity.fields)


async def _store(session: Session, entity: Entity, records: list[Record]) -> None:
    await store_computed(session, entity, records)
    for one in entity.line_fields:
        if one.lines is not None:
            await store_computed(
                session, one.lines, [line for record in records for line in record.get(one.name) or ()]
            )


def _copy(entity: Entity, record: Record) -> Record:
    lines = {one.name: [dict(line) for line in record.get(one.name) or ()] for one in entity.line_fields}
    return {**record, **lines}
