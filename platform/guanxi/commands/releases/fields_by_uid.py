"""Every field that has columns, by its uid."""

from collections.abc import Iterator, Mapping

from guanxi.definitions import Catalog
from guanxi.definitions.changes_identity import Identity
from guanxi.definitions.entity import Entity, Field
from guanxi.storage.field_columns import holders

Place = tuple[Entity, Field]
"""A field with its entity or lines."""


def fields_by_uid(catalog: Catalog, identity: Identity) -> Mapping[str, Place]:
    """Every field that has columns, by its uid."""
    return dict(_fields(catalog, identity))


def _fields(catalog: Catalog, identity: Identity) -> Iterator[tuple[str, Place]]:
    for holder, path in holders(catalog):
        root = holder.name.partition(".")[0]
        for one in holder.fields.values():
            if one.columns:
                yield identity.uids[root, f"{path}.{one.name}" if path else one.name], (holder, one)
