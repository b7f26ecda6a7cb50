"""An exact number with a fixed number of decimal places."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldType, nothing
from guanxi.definitions.fields.numbers import check_range, decimal_schema, plain, read_decimal
from guanxi.expressions.types import DecimalType, Type


class DecimalField(FieldType):
    """An exact number. In JSON it is a text, because many readers of JSON make floats of numbers."""

    name = "decimal"
    column = "decimal"
    operators = ("is", "from", "to", "missing")

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A number with the decimal places of the field."""
        return DecimalType(field.scale)

    def coerce(self, field: Field, raw: object, *, form: bool) -> Decimal | None:
        """The number with exactly the decimal places of the field."""
        if nothing(raw):
            return None
        number = read_decimal(raw, field.scale, form=form)
        check_range(field, number)
        return number

    def to_json(self, field: Field, record: Mapping[str, Any]) -> str | None:
        """The number as a text without superfluous zeros."""
        value = record.get(field.name)
        return None if value is None else plain(value)

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A text of digits."""
        return decimal_schema(field.scale)
