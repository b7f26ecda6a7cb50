"""One of declared options."""

from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldProblem, FieldType, nothing, text_of
from guanxi.errors import N_
from guanxi.expressions.types import TextType, Type


class SelectField(FieldType):
    """One of the options that the definition lists, kept by its name."""

    name = "select"
    operators = ("is", "oneOf", "missing")

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A text of which the possible values are known, so that a slip in a comparison is found."""
        return TextType(tuple(option.name for option in field.options))

    def coerce(self, field: Field, raw: object, *, form: bool) -> str | None:  # noqa: ARG002
        """The name of an option."""
        if nothing(raw):
            return None
        text = text_of(raw)
        if all(option.name != text for option in field.options):
            names = ", ".join(option.name for option in field.options)
            raise FieldProblem("choice", N_("Choose one of: {names}.", names=names))
        return text

    def json_schema(self, field: Field) -> dict[str, Any]:
        """One of the names."""
        return {"enum": [option.name for option in field.options]}
