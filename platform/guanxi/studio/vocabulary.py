"""What conditions of an entity may name, and what Studio calls it."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.studio.drafting import Drafted
from guanxi.definitions.labels import humanised, say

Data = Mapping[str, Any]


def types_of(entity: Data, path: str = "") -> dict[str, str]:
    """The types of what a condition on a field may name: the record's fields; in lines, the line's own."""
    return {name: field["type"] for name, field in _fields(entity, path).items() if field["type"] != "lines"}


def choices_of(draft: Drafted, entity: Data, path: str, name: str, tag: str) -> list[tuple[str, str]]:
    """The values that a choice or stage offers, with what they are called; none for other fields."""
    field = _fields(entity, path).get(name, {})
    options = field.get("options", ())
    if field.get("type") == "stage":
        stages = (data for (kind, _), data in draft.definitions.items() if kind == "stages")
        options = next((one["states"] for one in stages if one["of"] == entity["name"]), ())
    return [(one["name"], say(one.get("label") or humanised(one["name"]), tag)) for one in options]


def labels_of(entity: Data, path: str, tag: str) -> dict[str, str]:
    """What the fields are called."""
    return {
        name: say(field.get("label") or humanised(name), tag) for name, field in _fields(entity, path).items()
    }


def _fields(entity: Data, path: str) -> Data:
    lines = path.rpartition(".")[0]
    fields: Data = entity["fields"]
    return fields.get(lines, {}).get("fields", {}) if lines else fields
