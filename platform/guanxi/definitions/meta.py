"""The meta-schemas: which shape a definition of each kind has.

A kind has one JSON Schema (2020-12) of closed objects in `schemas/meta/`. Two keywords are ours, because
nested `if`/`then` and `oneOf` give errors that nobody can read: `x-dispatch` chooses the closed schema of an
object by one of its keys, `x-byType` by the JSON type of the value. Both report an unknown choice themselves.
Nothing outside of `schemas/meta/` is ever fetched.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from guanxi.definitions.documents import MAX_BYTES, Document, canonical, flaw
from guanxi.definitions.meta_problems import problems_of
from guanxi.definitions.suggestions import nearest
from guanxi.errors import DefinitionProblem
from guanxi.resources import folder

BASE = "https://guanxi.example/meta/"
_SHARED = frozenset({"common", "effects", "process"})
_SOUND_LIMIT = 10_000
_sound: set[bytes] = set()
"""Digests of documents whose shape was found to hold: most of a draft is what it was a moment ago."""


def kinds() -> frozenset[str]:
    """The kinds of definition that this platform knows."""
    return frozenset(path.stem for path in _folder().glob("*.json")) - _SHARED


def schema_problems(document: Document) -> list[DefinitionProblem]:
    """Everything that is wrong with the shape of a document, each with its place and what to write."""
    problem = unfit(document)
    if problem is not None:
        return [problem]
    content = canonical(document.data)
    if len(content) > MAX_BYTES:
        return [
            DefinitionProblem(document.file, "", f"larger than {MAX_BYTES:,} bytes", "split the definition")
        ]
    digest = hashlib.sha256(content).digest()
    if digest in _sound:
        return []
    problems = problems_of(document.file, _validator(document.kind).iter_errors(document.data))
    if not problems:
        if len(_sound) >= _SOUND_LIMIT:
            _sound.clear()
        _sound.add(digest)
    return problems


def shape_problems(file: str, schema: str, data: Any) -> list[DefinitionProblem]:
    """What is wrong with a file that is no definition, such as one of a scenario.

    `schema` is the path of its meta-schema below `schemas/meta/`, without `.json`: `scenario/steps`.
    """
    found = flaw(data)
    if found:
        return [DefinitionProblem(file, "", found)]
    return problems_of(file, _validator(schema).iter_errors(data))


def meta_schemas() -> Mapping[str, Mapping[str, Any]]:
    """All meta-schemas by their path below `schemas/meta/`, such as `fields/text.json`."""
    return _schemas()


def unfit(document: Document) -> DefinitionProblem | None:
    """Why a document cannot be looked at more closely, or None."""
    file, data = document.file, document.data
    if not isinstance(data, Mapping):
        return DefinitionProblem(file, "", "a definition is an object", 'write {"kind": ..., "name": ...}')
    found = flaw(data)
    if found:
        return DefinitionProblem(file, "", found)
    kind = data.get("kind")
    if kind is None:
        return DefinitionProblem(file, "", '"kind" is missing', f"known: {', '.join(sorted(kinds()))}")
    if not isinstance(kind, str) or kind not in kinds():
        return DefinitionProblem(file, "/kind", f"unknown kind {_short(kind)}", nearest(str(kind), kinds()))
    return None


def _folder() -> Path:
    return folder("schemas") / "meta"


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    root = _folder()
    found = {}
    for path in sorted(root.rglob("*.json")):
        name = path.relative_to(root).as_posix()
        schema = {**json.loads(path.read_text(encoding="utf-8")), "$id": BASE + name}
        # With its dialect named, jsonschema would go on with a validator that lacks our keywords.
        schema.pop("$schema", None)
        found[name] = schema
    return found


@cache
def _validator(kind: str) -> Validator:
    resources = [(BASE + name, _resource(schema)) for name, schema in _schemas().items()]
    registry: Registry[Any] = Registry().with_resources(resources).crawl()
    return _Dispatching(_schemas()[f"{kind}.json"], registry=registry)


def _resource(schema: Mapping[str, Any]) -> Resource[Any]:
    return Resource.from_contents(schema, default_specification=DRAFT202012)


def _dispatch(
    validator: Any, rule: Mapping[str, Any], instance: Any, _schema: Any
) -> Iterator[ValidationError]:
    """Check an object by the closed schema that one of its keys names."""
    if not isinstance(instance, Mapping) or rule["key"] not in instance:
        return  # other keywords say so
    choice, schemas = instance[rule["key"]], rule["schemas"]
    if isinstance(choice, str) and choice in schemas:
        yield from validator.descend(instance, {"$ref": schemas[choice]})
        return
    message = f"unknown {rule['key']} {_short(choice)}"
    error = ValidationError(message, cause=None, path=[rule["key"]])
    error.validator, error.validator_value, error.instance = "enum", sorted(schemas), choice
    yield error


def _by_type(
    validator: Any, schemas: Mapping[str, Any], instance: Any, _schema: Any
) -> Iterator[ValidationError]:
    """Check a value by the schema for its JSON type."""
    for name, schema in schemas.items():
        if validator.is_type(instance, name):
            yield from validator.descend(instance, schema)
            return
    error = ValidationError("wrong type")
    error.validator, error.validator_value, error.instance = "type", list(schemas), instance
    yield error


def _short(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:60]


_Dispatching: Callable[..., Validator] = extend(
    Draft202012Validator, {"x-dispatch": _dispatch, "x-byType": _by_type}
)
