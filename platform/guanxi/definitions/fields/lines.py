"""Rows that belong to a record."""

from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Column, Field
from guanxi.definitions.fields.base import FieldProblem, FieldType
from guanxi.errors import N_
from guanxi.expressions.types import CollectionType, Type

NOT_A_LIST = N_("Send a list of lines.")


class LinesField(FieldType):
    """Rows that belong to a record. They have a table of their own and the fields of `field.lines`."""

    name = "lines"
    operators = ()
    sortable = False

    def columns(self, field: Field) -> tuple[Column, ...]:  # noqa: ARG002
        """No column: the lines point to their record."""
        return ()

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A collection."""
        return CollectionType(field.lines.name if field.lines else field.name)

    def coerce(self, field: Field, raw: object, *, form: bool) -> list[Any]:  # noqa: ARG002
        """The rows as they were sent; their values are read field by field.

        Raises:
            FieldProblem: not a list of objects.
        """
        if raw is None:
            return []
        if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
            raise FieldProblem("type", NOT_A_LIST)
        return list(raw)

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A list of the schema of a line."""
        return {"type": "array", "items": dict(field.lines.schema) if field.lines else {}}
