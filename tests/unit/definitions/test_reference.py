"""The reference pages are those that the meta-schemas give, and say something of every key."""

from pathlib import Path

import pytest

from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.meta import kinds, meta_schemas
from guanxi.definitions.reference import reference_pages

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference" / "definitions"


@pytest.mark.parametrize("page", sorted(reference_pages()))
def test_the_committed_page_is_current(page):
    command = "python -m guanxi.definitions.reference docs/reference/definitions"
    assert (FOLDER / page).read_text(encoding="utf-8") == reference_pages()[page], f"run {command}"


def test_there_is_no_page_of_something_else():
    assert {path.name for path in FOLDER.iterdir()} == set(reference_pages())


def test_every_kind_and_every_field_type_has_its_place():
    assert {f"{kind}.md" for kind in kinds()} <= set(reference_pages())
    assert {f"fields/{kind}.json" for kind in FIELD_TYPES} == {
        n for n in meta_schemas() if n.startswith("fields/")
    }
    for kind in FIELD_TYPES:
        assert f"## {kind}\n" in reference_pages()["fields.md"]


def _properties(schema, path):
    if isinstance(schema, dict):
        for key, value in (
            schema.get("properties", {}).items() if isinstance(schema.get("properties"), dict) else ()
        ):
            yield f"{path}/{key}", value
        for key, value in schema.items():
            yield from _properties(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for value in schema:
            yield from _properties(value, path)


@pytest.mark.parametrize("name", sorted(meta_schemas()))
def test_every_key_is_described_and_every_object_closed(name):
    for path, value in _properties(meta_schemas()[name], name):
        assert value.get("description") or "$ref" in value, path
    for schema in _objects(meta_schemas()[name]):
        assert schema["additionalProperties"] is False
        assert schema["patternProperties"] == {"^x-": {}}


def _objects(schema):
    """Every schema of an object with declared keys."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from _objects(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _objects(value)
