"""A percentage in points."""

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.decimal import DecimalField
from guanxi.expressions.types import DecimalType, Type


class PercentField(DecimalField):
    """A percentage in points: 25 is 25 %."""

    name = "percent"

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A percentage, which calculates like a number."""
        return DecimalType(field.scale, percent=True)
