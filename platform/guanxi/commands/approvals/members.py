"""Records that come to, leave or change in a collection that running approvals of another record read."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.records.difference import changed_fields

Row = Mapping[str, Any]


def note_members(turn: Turn, entity: Entity, before: Row | None, record: Row | None) -> None:
    """Note for `settle` which records have another collection now, as far as an approval reads it.

    `before` and `record` are a record, or a line, before and after; None where it was or is not there.
    """
    for field in entity.fields.values():
        read = _read(turn.catalog, field.to or "").get(field.inverse or "")
        if read is None:
            continue
        was, now = (one.get(field.name) if one is not None else None for one in (before, record))
        if was == now and not (before and record and read & set(changed_fields(entity, before, record))):
            continue
        holder = turn.catalog.entities[field.to or ""]
        owners = dict.fromkeys(one for one in (was, now) if one is not None)
        turn.followed.extend((holder, {"id": one}, (str(field.inverse),)) for one in owners)


@lru_cache(maxsize=1024)
def _read(catalog: Catalog, entity: str) -> Mapping[str, frozenset[str]]:
    """What the approvals of an entity read of the members of each collection; nothing where only which."""
    found: dict[str, frozenset[str]] = {}
    for approval in catalog.approvals.values():
        for path in approval.reads if approval.of == entity else ():
            head, _, rest = path.partition(".")
            found[head] = found.get(head, frozenset()) | ({rest.partition(".")[0]} if rest else set())
    return found
