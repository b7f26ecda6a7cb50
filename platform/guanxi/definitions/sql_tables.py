"""Where the members of entities are kept, as expressions need it to become SQL."""

from collections.abc import Mapping

from guanxi.definitions.entity import Entity
from guanxi.definitions.shapes import inverses_of
from guanxi.expressions.tables import ColumnRef, TableRef, Tables
from guanxi.expressions.types import USER_ENTITY

PARENT_COLUMN = "parent_id"
"""The column of a line that leads to its record."""
SYSTEM_COLUMNS: Mapping[str, ColumnRef] = {
    "version": ColumnRef("version", "integer"),
    "created_at": ColumnRef("created_at", "datetime"),
    "created_by": ColumnRef("created_by", "reference"),
    "updated_at": ColumnRef("updated_at", "datetime"),
    "updated_by": ColumnRef("updated_by", "reference"),
}
"""What a table of an entity has besides the columns of its fields and `id`; lines have none of them."""


def tables_of(entities: Mapping[str, Entity]) -> Tables:
    """The tables of all entities and of their lines, by the name of each."""
    found = {name: _table(entity) for name, entity in entities.items()}
    for entity in entities.values():
        for field in entity.line_fields:
            if field.lines is not None:
                found[field.lines.name] = _table(field.lines, owner=entity.name)
    for inverse in inverses_of(entities.values()):
        table = found[inverse.entity]
        # The column of a field is not always called like it.
        back = found[inverse.source].columns[inverse.via].name
        collections = {**table.collections, inverse.name: (inverse.source, back)}
        found[inverse.entity] = TableRef(
            table.table, table.columns, table.references, collections, table.parent
        )
    return found


def _table(entity: Entity, owner: str | None = None) -> TableRef:
    columns = {
        column.key: ColumnRef(column.name, column.kind, column.scale)
        for field in entity.fields.values()
        for column in field.columns
    }
    references = {field.name: field.to for field in entity.fields.values() if field.to is not None}
    references["id"] = entity.name
    columns["id"] = ColumnRef("id", "reference")
    if owner is None:
        columns |= SYSTEM_COLUMNS
        references |= {"created_by": USER_ENTITY, "updated_by": USER_ENTITY}
    lines = {field.name: (field.lines.name, PARENT_COLUMN) for field in entity.line_fields if field.lines}
    parent = (owner, PARENT_COLUMN) if owner is not None else None
    return TableRef(entity.table, columns, references, lines, parent)
