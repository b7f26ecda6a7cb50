"""Another record."""

import re
from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Column, Field
from guanxi.definitions.fields import any_reference
from guanxi.definitions.fields.base import NO_LINE_BREAK, FieldProblem, FieldType, nothing, part_of
from guanxi.definitions.fields.integer import LARGEST
from guanxi.errors import N_
from guanxi.expressions.types import AnyReferenceType, ReferenceType, Type

_ID = re.compile(r"[1-9][0-9]{0,18}")
ID_SCHEMA: Mapping[str, Any] = {"type": "string", "pattern": "^[1-9][0-9]{0,18}$", **NO_LINE_BREAK}
"""The JSON Schema of the id of a record."""
NOT_AN_ID = N_("Send the id of a record as a text, such as {example}.", example='"12"')
UNKNOWN = N_("There is no such record. Choose another.")


class ReferenceField(FieldType):
    """Another record by its id. Whether it is there, and may be seen, is asked of the database.

    Where it may be one of several entities (`targets`), its entity is kept with the id.
    """

    name = "reference"
    column = "reference"
    operators = ("is", "oneOf", "missing")

    def columns(self, field: Field) -> tuple[Column, ...]:
        """The id; of one among several entities a text, and its parts."""
        return any_reference.columns(field) if field.targets else super().columns(field)

    def parts(self, field: Field) -> Mapping[str, Type]:
        """What kind of record it is, where there are several, and its id."""
        return any_reference.parts(field) if field.targets else {}

    def listed(self, field: Field) -> Mapping[str, Field]:
        """What kind of record it is, where there are several."""
        kind = any_reference.KIND
        return {kind: part_of(field, kind, type="select", options=field.options)} if field.targets else {}

    def kept(self, field: Field, value: Any) -> dict[str, Any]:
        """The value, with its parts where it has some."""
        return any_reference.kept(field, value) if field.targets else {field.name: value}

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A reference, through which its members are read, unless it leads to one of several entities."""
        return AnyReferenceType(field.targets) if field.targets else ReferenceType(field.to or "")

    def coerce(self, field: Field, raw: object, *, form: bool) -> int | str | None:  # noqa: ARG002
        """The id: `"12"`, or the object of a reply, `{"id": "12", "title": ...}`, of which the id counts."""
        if field.targets:
            return any_reference.coerce(field, raw)
        if isinstance(raw, Mapping):
            if not set(raw) <= {"id", "title"} or "id" not in raw:
                raise FieldProblem("reference", NOT_AN_ID)
            raw = raw["id"]
        if nothing(raw):
            return None
        if not isinstance(raw, str):
            raise FieldProblem("reference", NOT_AN_ID)
        if not _ID.fullmatch(raw) or int(raw) > LARGEST:
            raise FieldProblem("not_found", UNKNOWN)
        return int(raw)

    def to_json(self, field: Field, record: Mapping[str, Any]) -> dict[str, str] | None:
        """An object with the id; whoever answers a request adds the title that the reader may see."""
        if field.targets:
            return any_reference.to_json(field, record)
        value = record.get(field.name)
        return None if value is None else {"id": str(value)}

    def json_schema(self, field: Field) -> dict[str, Any]:
        """An object of id and title, with the entity where there are several."""
        schema = {
            "type": "object",
            "properties": {
                "id": dict(ID_SCHEMA),
                "title": {"type": ["string", "null"]},
            },
            "required": ["id"],
            "additionalProperties": False,
        }
        return any_reference.schema_of(field, schema) if field.targets else schema
