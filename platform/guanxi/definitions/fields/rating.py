"""A number of stars."""

from decimal import Decimal
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldProblem
from guanxi.definitions.fields.integer import IntegerField
from guanxi.errors import N_

MOST = 5
"""The most stars where the definition says nothing."""
NOT_STARS = N_("Choose from 1 to {most} stars.")


class RatingField(IntegerField):
    """A number of stars, from 1 to the `max` of the field."""

    name = "rating"

    def coerce(self, field: Field, raw: object, *, form: bool) -> int | None:
        """The number of stars."""
        stars = super().coerce(field, raw, form=form)
        if stars is not None and not 1 <= stars <= most_of(field):
            raise FieldProblem("rating", NOT_STARS(most=most_of(field)))
        return stars

    def json_schema(self, field: Field) -> dict[str, Any]:
        """A JSON integer from 1."""
        return {"type": "integer", "minimum": 1, "maximum": most_of(field)}


def most_of(field: Field) -> int:
    """The most stars of a field."""
    return int(field.max) if isinstance(field.max, Decimal) else MOST


def stars(number: int, most: int) -> str:
    """Filled stars followed by empty ones: `★★★☆☆`."""
    return "★" * number + "☆" * (most - number)
