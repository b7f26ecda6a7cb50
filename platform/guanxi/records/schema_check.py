"""The last word on a record: the standard JSON Schema of its entity, the same that clients are given."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from guanxi.definitions.entity import Entity
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.errors import N_, Problem

DOES_NOT_FIT = N_("This does not fit what the field holds: {reason}.")


def check_schema(entity: Entity, record: Mapping[str, Any]) -> list[Problem]:
    """Every place at which the JSON form of a completed record does not fit the schema of its entity.

    Whoever reads payloads refuses such values with better words; this makes sure that nothing else, a formula
    or a default, puts into a record what clients were told would never be there.
    """
    errors = _validator(entity).iter_errors(json_form(entity, record))
    return [
        Problem(_pointer(error.instance_path), "schema", DOES_NOT_FIT(reason=error.message))
        for error in errors
    ]


def json_form(entity: Entity, record: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a record, without what is missing, in the form that the schema describes."""
    form: dict[str, Any] = {}
    for name, field in entity.fields.items():
        if field.lines is not None and field.type == "lines":
            lines = field.lines
            form[name] = [json_form(lines, line) for line in record.get(name) or ()]
        elif record.get(name) is not None:
            form[name] = FIELD_TYPES[field.type].to_json(field, record)
    return form


@lru_cache(maxsize=512)
def _validator(entity: Entity) -> Any:
    return jsonschema_rs.Draft202012Validator(dict(entity.schema), validate_formats=True)


def _pointer(path: Any) -> str:
    return "".join(f"/{part}" for part in path)
