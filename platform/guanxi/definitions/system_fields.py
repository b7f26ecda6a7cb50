"""What every record has besides the fields of its entity, as fields that pages can show and sort by."""

from collections.abc import Mapping

from guanxi.definitions.entity import Column, Entity, Field

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
    """A field of the entity, or one that every record has. Raises KeyError when it is neither."""
    return entity.fields[name] if name in entity.fields else SYSTEM_FIELDS[name]
