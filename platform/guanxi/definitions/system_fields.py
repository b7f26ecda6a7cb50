"""What every record has besides the fields of its entity, as fields that pages can show and sort by."""

from collections.abc import Mapping

from guanxi.definitions.entity import Column, Entity, Field
from guanxi.definitions.fields import FIELD_TYPES

SYSTEM_FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field(
            name="created_at",
            type="datetime",
            label={"en": "Created", "zh-CN": "创建时间"},
            read_only=True,
            columns=(Column("created_at", "created_at", "datetime"),),
        ),
        Field(
            name="created_by",
            type="reference",
            to="user",
            label={"en": "Created by", "zh-CN": "创建人"},
            read_only=True,
            columns=(Column("created_by", "created_by", "reference"),),
        ),
        Field(
            name="updated_at",
            type="datetime",
            label={"en": "Last changed", "zh-CN": "最近修改"},
            read_only=True,
            columns=(Column("updated_at", "updated_at", "datetime"),),
        ),
        Field(
            name="updated_by",
            type="reference",
            to="user",
            label={"en": "Changed by", "zh-CN": "修改人"},
            read_only=True,
            columns=(Column("updated_by", "updated_by", "reference"),),
        ),
    )
}
"""By name."""


def field_of(entity: Entity, name: str) -> Field:
    """A field of the entity, a part of one (`address.city`), or one that every record has.

    Raises:
        KeyError: it is none of them.
    """
    return listed_field(entity, name) or SYSTEM_FIELDS[name]


def listed_field(entity: Entity, name: str) -> Field | None:
    """A field of the entity, or a part of one that a list has columns and filters for; None otherwise."""
    head, _, part = name.partition(".")
    field = entity.fields.get(head)
    if field is None or not part:
        return field
    return FIELD_TYPES[field.type].listed(field).get(part)
