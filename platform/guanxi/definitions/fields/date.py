"""A day of the calendar."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldProblem, FieldType, nothing, text_of
from guanxi.errors import N_
from guanxi.expressions.types import DATE, Type

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOT_A_DATE = N_("Enter a date as year-month-day, such as 2026-01-31.")


class DateField(FieldType):
    """A day of the calendar, written as in ISO 8601: 2026-01-31."""

    name = "date"
    column = "date"
    operators = ("is", "from", "to", "missing")

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A day."""
        return DATE

    def coerce(self, field: Field, raw: object, *, form: bool) -> dt.date | None:
        """The day."""
        if nothing(raw):
            return None
        day = read_day(text_of(raw).strip() if form else text_of(raw))
        if isinstance(field.min, dt.date) and day < field.min:
            raise FieldProblem("too_small", N_("Enter {limit} or later.", limit=field.min.isoformat()))
        if isinstance(field.max, dt.date) and day > field.max:
            raise FieldProblem("too_large", N_("Enter {limit} or earlier.", limit=field.max.isoformat()))
        return day

    def to_json(self, field: Field, record: Mapping[str, Any]) -> str | None:
        """The day as in ISO 8601."""
        value = record.get(field.name)
        return None if value is None else value.isoformat()

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """A text in the format `date`."""
        return {
            "type": "string",
            "format": "date",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "maxLength": 10,
        }


def read_day(text: str) -> dt.date:
    """The day that is written as in ISO 8601, in this one form only.

    Raises:
        FieldProblem: no such day.
    """
    if not _WRITTEN.fullmatch(text):
        raise FieldProblem("date", NOT_A_DATE)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise FieldProblem("date", NOT_A_DATE) from None
