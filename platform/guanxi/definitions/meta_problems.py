"""Errors of the meta-schemas as sentences: what is wrong, where, and what to write."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jsonschema.exceptions import ValidationError

from guanxi.definitions.suggestions import nearest
from guanxi.errors import DefinitionProblem

MAX_PROBLEMS = 200
"""The most problems told of one document; whoever has more has sent something else."""

_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def pointer_of(path: Iterable[object]) -> str:
    """A JSON pointer (RFC 6901) from its parts."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def problems_of(file: str, errors: Iterable[ValidationError]) -> list[DefinitionProblem]:
    """The errors of one document in the order of their places."""
    found: dict[DefinitionProblem, None] = {}
    for error in errors:
        for pointer, message, hint in _said(error):
            found[DefinitionProblem(file, pointer, message, hint)] = None
        if len(found) >= MAX_PROBLEMS:
            break
    return sorted(found, key=lambda problem: problem.pointer)


def _said(error: ValidationError) -> list[tuple[str, str, str]]:
    place = pointer_of(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.schema, Mapping):
        return _unknown_keys(place, error)
    if error.validator == "required":
        return _missing_key(place, error)
    if "propertyNames" in error.relative_schema_path:
        return [_bad_key(place, error)]
    say = _SAYINGS.get(str(error.validator), lambda one: (f"does not hold: {one.message[:200]}", ""))
    message, hint = say(error)
    return [(place, message, hint)]


def _unknown_keys(place: str, error: ValidationError) -> list[tuple[str, str, str]]:
    schema: Any = error.schema
    known = set(schema.get("properties", {}))
    unknown = [key for key in error.instance if key not in known and not key.startswith("x-")]
    return [(place + pointer_of([key]), f'unknown key "{key[:60]}"', nearest(key, known)) for key in unknown]


def _missing_key(place: str, error: ValidationError) -> list[tuple[str, str, str]]:
    schema: Any = error.schema
    missing = [key for key in schema["required"] if key not in error.instance]
    described = schema.get("properties", {})
    return [
        (place, f'"{key}" is missing', str(described.get(key, {}).get("description", "")).split("\n")[0])
        for key in missing
    ]


def _bad_key(place: str, error: ValidationError) -> tuple[str, str, str]:
    schema: Any = error.schema
    return (
        place + pointer_of([error.instance]),
        f"{_short(error.instance)} is no name",
        schema.get("x-write", ""),
    )


def _type(error: ValidationError) -> tuple[str, str]:
    wanted = error.validator_value
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    return (
        f"must be {' or '.join(_TYPES.get(name, name) for name in names)}, not {_kind(error.instance)}",
        f"found {_short(error.instance)}",
    )


def _choice(error: ValidationError) -> tuple[str, str]:
    value = error.validator_value
    allowed = [str(one) for one in (value if isinstance(value, list) else [value])]
    return f"{_short(error.instance)} is not one of the choices", nearest(str(error.instance), allowed)


def _pattern(error: ValidationError) -> tuple[str, str]:
    schema: Any = error.schema
    return (
        f"{_short(error.instance)} is not written as it should be",
        f"write {schema.get('x-write', 'it otherwise')}",
    )


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    named = {str: "a text", int: "a number", float: "a number", dict: "an object", list: "a list"}
    return named.get(type(value), "null")


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


_SAYINGS: Mapping[str, Callable[[ValidationError], tuple[str, str]]] = {
    "type": _type,
    "enum": _choice,
    "const": _choice,
    "pattern": _pattern,
    "minLength": lambda e: (
        ("must not be empty", "")
        if e.validator_value == 1
        else (f"shorter than {e.validator_value} characters", "")
    ),
    "maxLength": lambda e: (f"longer than {e.validator_value} characters", "make it shorter"),
    "minimum": lambda e: (f"less than {e.validator_value}", f"write {e.validator_value} or more"),
    "maximum": lambda e: (f"more than {e.validator_value}", f"write {e.validator_value} or less"),
    "minItems": lambda e: (f"has fewer than {e.validator_value} elements", "add one, or leave the key out"),
    "maxItems": lambda e: (f"has more than {e.validator_value} elements", "remove some"),
    "minProperties": lambda e: (
        f"has fewer than {e.validator_value} entries",
        "add one, or leave the key out",
    ),
    "maxProperties": lambda e: (f"has more than {e.validator_value} entries", "remove some"),
    "uniqueItems": lambda _: ("has an element twice", "remove one of them"),
}
