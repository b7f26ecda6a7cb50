"""Another record."""

import re
from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import NO_LINE_BREAK, FieldProblem, FieldType, nothing
from guanxi.definitions.fields.integer import LARGEST
from guanxi.errors import N_
from guanxi.expressions.types import ReferenceType, Type

_ID = re.compile(r"[1-9][0-9]{0,18}")
ID_SCHEMA: Mapping[str, Any] = {"type": "string", "pattern": "^[1-9][0-9]{0,18}$", **NO_LINE_BREAK}
"""The JSON Schema of the id of a record."""
NOT_AN_ID = N_("Send the id of a record as a text, such as {example}.", example='"12"')
UNKNOWN = N_("There is no such record. Choose another.")


class ReferenceField(FieldType):
    """Another record by its id. Whether it is there, and may be seen, is asked of the database."""

    name = "reference"
    column = "reference"
    operators = ("is", "oneOf", "missing")

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A reference, through which its members are read."""
        return ReferenceType(field.to or "")

    def coerce(self, field: Field, raw: object, *, form: bool) -> int | None:  # noqa: ARG002
        """The id: `"12"`, or the object of a reply, `{"id": "12", "title": ...}`, of which the id counts."""
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
        value = record.get(field.name)
        return None if value is None else {"id": str(value)}

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """An object of id and title."""
        return {
            "type": "object",
            "properties": {
                "id": dict(ID_SCHEMA),
                "title": {"type": ["string", "null"]},
            },
            "required": ["id"],
            "additionalProperties": False,
        }
