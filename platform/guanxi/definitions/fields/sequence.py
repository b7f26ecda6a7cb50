"""A running number."""

from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import COMPUTED, FieldProblem, FieldType
from guanxi.expressions.types import TEXT, Type


class SequenceField(FieldType):
    """A running number, written as its `format` says and given once to each new record."""

    name = "sequence"
    operators = ("is", "contains")

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A text."""
        return TEXT

    def coerce(self, field: Field, raw: object, *, form: bool) -> Any:  # noqa: ARG002
        """Nobody enters a number.

        Raises:
            FieldProblem: always.
        """
        raise FieldProblem("computed", COMPUTED)

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """A text."""
        return {"type": "string", "minLength": 1, "maxLength": 100}
