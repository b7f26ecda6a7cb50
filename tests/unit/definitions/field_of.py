"""Fields for tests, compiled as the product compiles them."""

from typing import Any

from guanxi.definitions import Document, compile_catalog
from guanxi.definitions.entity import Entity, Field

STAGES = {
    "kind": "stages", "name": "thing", "of": "thing", "field": "value",
    "states": [{"name": "new"}, {"name": "old"}], "transitions": {"age": {"from": ["new"], "to": "old"}},
}  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "select": {"options": [{"name": "a"}, {"name": "b"}]},
    "multiSelect": {"options": [{"name": "a"}, {"name": "b"}, {"name": "c"}]},
    "money": {"currency": "CNY"},
    "reference": {"to": "thing"},
    "references": {"to": "thing"},
    "sequence": {"format": "N-{n}"},
    "lines": {"fields": {"quantity": {"type": "decimal", "required": True}, "word": {"type": "text"}}},
}


def entity_of(fields: dict[str, Any]) -> Entity:
    """An entity with a name and these fields."""
    data = {
        "kind": "entity",
        "name": "thing",
        "title": "name",
        "fields": {"name": {"type": "text"}, **fields},
    }
    documents = [Document("thing.json", data)]
    if any(one["type"] == "stage" for one in fields.values()):
        documents.append(Document("stages.json", STAGES))
    return compile_catalog(documents).entities["thing"]


def field_of(kind: str, **options: Any) -> Field:
    """A field of a type with the options that it needs and these."""
    return entity_of({"value": {"type": kind, **OPTIONS.get(kind, {}), **options}}).fields["value"]
