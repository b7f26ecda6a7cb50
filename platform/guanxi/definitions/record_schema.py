"""The JSON Schema (2020-12) of a record in its JSON form: served to clients, kept to by every stored record.

Patterns are written so that every reader understands them alike: digits are `[0-9]`, and there is a length or
a second pattern wherever a reader could take `$` as the end of a line.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.fields.reference import ID_SCHEMA
from guanxi.definitions.labels import say

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MOMENT: Mapping[str, Any] = {"type": "string", "format": "date-time", "readOnly": True}
_ID: Mapping[str, Any] = {**ID_SCHEMA, "readOnly": True}


def record_schema(entity: Entity) -> dict[str, Any]:
    """The schema of a record of the entity; lines have theirs inside."""
    person = FIELD_TYPES["reference"].json_schema(next(iter(entity.fields.values())))
    schema = _object(entity)
    schema["properties"] |= {
        "version": {"type": "integer", "minimum": 1, "readOnly": True},
        "created_at": dict(_MOMENT),
        "created_by": {"anyOf": [person, {"type": "null"}], "readOnly": True},
        "updated_at": dict(_MOMENT),
        "updated_by": {"anyOf": [person, {"type": "null"}], "readOnly": True},
    }
    return {"$schema": DIALECT, **schema}


def line_schema(entity: Entity) -> dict[str, Any]:
    """The schema of one line."""
    return _object(entity)


def input_schema(entity: Entity) -> dict[str, Any]:
    """The schema of what is asked for before an action or a transition; nothing of it has an id."""
    schema = _object(entity)
    del schema["properties"]["id"]
    return schema


def _object(entity: Entity) -> dict[str, Any]:
    fields = entity.fields.values()
    return {
        "title": say(entity.label, "en"),
        "type": "object",
        "properties": {"id": dict(_ID), **{field.name: _property(field) for field in fields}},
        "required": [field.name for field in fields if _always_filled(field)],
        "additionalProperties": False,
    }


def _always_filled(field: Field) -> bool:
    """Whether a stored record always has the value; a field that may be hidden may be empty."""
    return field.required and field.visible_when is None and field.lines is None


def _property(field: Field) -> dict[str, Any]:
    schema = FIELD_TYPES[field.type].json_schema(field)
    if not _always_filled(field) and field.lines is None:
        schema = _or_null(schema)
    schema["title"] = say(field.label, "en")
    if field.help:
        schema["description"] = say(field.help, "en")
    if field.computed or field.read_only:
        schema["readOnly"] = True
    return schema


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    return {**schema, "type": [schema["type"], "null"]}
