"""The schema of each field type, as it is sent and as it comes back."""

from typing import Any

from guanxi.definitions.entity import Entity, Field
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.labels import say

Schema = dict[str, Any]

ID: Schema = {"type": "string", "pattern": "^[1-9][0-9]{0,17}$"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
REFERENCE: Schema = {
    "type": "object",
    "properties": {"id": ID, "title": {"type": ["string", "null"]}},
    "required": ["id", "title"],
}

SENT_REFERENCE: Schema = {
    "oneOf": [ID, {"type": "object", "properties": {"id": ID}, "required": ["id"]}],
}


def record_schema(entity: Entity, readable: set[str], tag: str) -> Schema:
    """A record as it comes back. Only `id` and `version` are certain: a field may be hidden on some rows."""
    system: dict[str, Schema] = {
        "id": ID,
        "version": {"type": "integer", "minimum": 1},
        "created_at": MOMENT,
        "created_by": {"oneOf": [REFERENCE, {"type": "null"}]},
        "updated_at": MOMENT,
        "updated_by": {"oneOf": [REFERENCE, {"type": "null"}]},
        "_title": {"type": "string"},
        "_actions": {"type": "array", "items": {"type": "string"}},
        "_masked": {"type": "array", "items": {"type": "string"}},
    }
    fields = {
        name: _nullable(_answered(field, tag)) for name, field in entity.fields.items() if name in readable
    }
    return {
        "type": "object",
        "title": say(entity.label, tag),
        "properties": system | fields,
        "required": ["id", "version"],
    }


def payload_schema(entity: Entity, writable: set[str], tag: str) -> Schema:
    """What may be sent; anything else is refused."""
    fields = {
        name: _nullable(_sent(field, tag))
        for name, field in entity.fields.items()
        if name in writable and not field.computed and not field.read_only
    }
    return {
        "type": "object",
        "title": say(entity.label, tag),
        "properties": fields,
        "additionalProperties": False,
    }


def _answered(field: Field, tag: str) -> Schema:
    if field.type == "references":
        return _labelled({"type": "array", "items": REFERENCE}, field, tag)
    if field.lines is not None:
        lines = {name: _nullable(_answered(inner, tag)) for name, inner in field.lines.fields.items()}
        items = {"type": "object", "properties": {"id": ID, **lines}, "required": ["id"]}
        return _labelled({"type": "array", "items": items}, field, tag)
    if field.targets:
        return _labelled(_of_several(field, REFERENCE), field, tag)
    if field.to is not None:
        return _labelled(REFERENCE, field, tag)
    return _labelled(FIELD_TYPES[field.type].json_schema(field), field, tag)


def _sent(field: Field, tag: str) -> Schema:
    if field.type == "references":
        return _labelled({"type": "array", "items": SENT_REFERENCE}, field, tag)
    if field.lines is not None:
        lines = payload_schema(field.lines, set(field.lines.fields), tag)
        lines["properties"]["id"] = ID
        return _labelled({"type": "array", "items": lines}, field, tag)
    if field.targets:
        sent = {"type": "object", "properties": {"id": ID}, "required": ["id"]}
        return _labelled(_of_several(field, sent), field, tag)
    if field.to is not None:
        return _labelled(SENT_REFERENCE, field, tag)
    schema = FIELD_TYPES[field.type].json_schema(field)
    if field.type == "money":
        # The record says the currency; sending it only makes sure that both mean the same.
        schema["required"] = ["amount"]
    return _labelled(schema, field, tag)


def _of_several(field: Field, one: Schema) -> Schema:
    """A reference with the entity in front, where there are several."""
    properties = {"entity": {"enum": list(field.targets)}, **one["properties"]}
    return {**one, "properties": properties, "required": ["entity", *one["required"]]}


def _labelled(schema: Schema, field: Field, tag: str) -> Schema:
    labelled = {**schema, "title": say(field.label, tag)}
    if field.help:
        labelled["description"] = say(field.help, tag)
    return labelled


def _nullable(schema: Schema) -> Schema:
    kind, found = schema.get("type"), dict(schema)
    if isinstance(kind, str):
        found["type"] = [kind, "null"]
    if "enum" in schema:
        found["enum"] = [*schema["enum"], None]
    elif kind is None:
        found = {"anyOf": [schema, {"type": "null"}]}
    return found
