"""One line of text."""

import re
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldProblem, FieldType, nothing, text_of
from guanxi.errors import N_
from guanxi.expressions.types import TEXT, Type

DEFAULT_LENGTH = 200
"""The most characters where the definition says nothing."""
NOT_WRITABLE = N_("Remove the control characters.")


class TextField(FieldType):
    """One line of text. An empty text is no value: there is one way to have none."""

    name = "text"
    operators: tuple[str, ...] = ("is", "contains", "missing")
    length = DEFAULT_LENGTH
    forbidden = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\ud800-\\udfff]")
    """Control characters and halves of characters: databases and JSON cannot hold all of them."""

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A text."""
        return TEXT

    def coerce(self, field: Field, raw: object, *, form: bool) -> str | None:
        """The text; in a form without white space around it."""
        if nothing(raw):
            return None
        text = text_of(raw)
        if form:
            text = text.replace("\r\n", "\n").strip()
        if self.forbidden.search(text):
            raise FieldProblem("text", NOT_WRITABLE)
        self._check_length(field, text)
        return text

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A text of bounded length."""
        schema: dict[str, Any] = {"type": "string", "minLength": int(str(field.min or 1))}
        return {**schema, "maxLength": self.longest(field)}

    def longest(self, field: Field) -> int:
        """The most characters."""
        return self.length if field.max is None else int(str(field.max))

    def _check_length(self, field: Field, text: str) -> None:
        longest = self.longest(field)
        if len(text) > longest:
            raise FieldProblem("too_long", N_("Enter at most {limit} characters.", limit=longest))
        if field.min is not None and len(text) < int(str(field.min)):
            raise FieldProblem(
                "too_short", N_("Enter at least {limit} characters.", limit=int(str(field.min)))
            )
