"""A whole number of 64 bits."""

import re
from decimal import Decimal
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldProblem, FieldType, nothing
from guanxi.definitions.fields.numbers import check_range
from guanxi.errors import N_
from guanxi.expressions.types import INTEGER, Type

LARGEST = 2**63 - 1
_WRITTEN = re.compile(r"[+-]?[0-9]{1,19}")
NOT_WHOLE = N_("Enter a whole number, such as 12.")
TOO_LARGE = N_("Enter a number that fits in 64 bits.")


class IntegerField(FieldType):
    """A whole number."""

    name = "integer"
    column = "integer"
    operators = ("is", "from", "to", "missing")

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A whole number."""
        return INTEGER

    def coerce(self, field: Field, raw: object, *, form: bool) -> int | None:
        """The number; a text of digits will do, so that programs without 64-bit numbers can send it."""
        if nothing(raw):
            return None
        if isinstance(raw, str):
            text = raw.strip() if form else raw
            if not _WRITTEN.fullmatch(text):
                raise FieldProblem("number", NOT_WHOLE)
            raw = int(text)
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise FieldProblem("number", NOT_WHOLE)
        if not -LARGEST - 1 <= raw <= LARGEST:
            raise FieldProblem("too_large", TOO_LARGE)
        check_range(field, Decimal(raw))
        return raw

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A JSON integer within the bounds."""
        low = -LARGEST - 1 if field.min is None else int(str(field.min))
        high = LARGEST if field.max is None else int(str(field.max))
        return {"type": "integer", "minimum": low, "maximum": high}
