"""Formulas of records that are locked at times, which follow fields of other records that are not.

An issued invoice must not change with the customer: what the definitions of such an entity compute from
another record goes on changing while the record itself is locked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from guanxi.definitions.catalog import Catalog
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Text

FOLLOWS = N_(
    "{entity} › {field} follows {other} › {read}, which can change while the {entity} is locked. "
    "Take the value over with “suggest” where it must stay as it was."
)


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A formula (`path`) of `entity` that follows the field `read` of the entity `other`."""

    entity: str
    path: str
    other: str
    read: str
    said: Text = field(compare=False)


def unlocked_reads(catalog: Catalog) -> tuple[Unlocked, ...]:
    """Every such formula; one over what another record computes, or locks too, is none."""
    return tuple(dict.fromkeys(one for entity in catalog.entities.values() for one in _of(catalog, entity)))


def _of(catalog: Catalog, entity: Entity) -> Iterator[Unlocked]:
    if not entity.locks:
        return
    excepted = frozenset[str].intersection(*(lock.except_ for lock in entity.locks))
    for holder, prefix in ((entity, ""), *((lines.lines, f"{lines.name}.") for lines in entity.line_fields)):
        for one in holder.fields.values() if holder is not None else ():
            head = prefix.partition(".")[0] or one.name
            if one.formula is None or head in excepted or holder is None:
                continue
            for path in sorted(one.formula.reads):
                found = _read(catalog, entity, holder, path)
                if found is not None:
                    other, read = found
                    label = other.fields[read].label
                    said = FOLLOWS(entity=entity.label, field=one.label, other=other.label, read=label)
                    yield Unlocked(entity.name, prefix + one.name, other.name, read, said)


def _read(catalog: Catalog, entity: Entity, holder: Entity, path: str) -> tuple[Entity, str] | None:
    """The entity behind references that a path reads, and its field, where nothing keeps that as it is."""
    here, others = holder, False
    *way, last = path.split(".")
    for name in way:
        known = here.fields.get(name)
        if name == "parent" and known is None:
            here = entity
        elif known is not None and known.lines is not None:
            here = known.lines
        elif known is not None and known.to is not None:
            here, others = catalog.entities[known.to], True
        else:
            return None
    known = here.fields.get(last)
    kept = any(last not in lock.except_ for lock in here.locks)
    if not others or known is None or known.computed or known.read_only or kept:
        return None
    return here, last
