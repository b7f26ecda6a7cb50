"""A moment."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldProblem, FieldType, nothing, text_of
from guanxi.errors import N_
from guanxi.expressions.types import DATETIME, Type

_WRITTEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)
_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?Z$"
NOT_A_MOMENT = N_("Enter a date and time, such as 2026-01-31T08:00:00Z.")
NO_ZONE = N_("Say the time zone: end with Z for UTC, or with the difference, such as +08:00.")


class DatetimeField(FieldType):
    """A moment, kept in UTC to the microsecond."""

    name = "datetime"
    column = "datetime"
    operators = ("from", "to", "missing")

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A moment."""
        return DATETIME

    def coerce(self, field: Field, raw: object, *, form: bool) -> dt.datetime | None:  # noqa: ARG002
        """The moment in UTC. What a form sends without a zone is UTC, as the pages show it."""
        if nothing(raw):
            return None
        text = text_of(raw).strip() if form else text_of(raw)
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise FieldProblem("datetime", NOT_A_MOMENT)
        if match["zone"] is None and not form:
            raise FieldProblem("datetime", NO_ZONE)
        try:
            moment = dt.datetime.fromisoformat(text if match["zone"] else f"{text}Z")
            return moment.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            raise FieldProblem("datetime", NOT_A_MOMENT) from None

    def to_json(self, field: Field, record: Mapping[str, Any]) -> str | None:
        """The moment in UTC as in ISO 8601, ending with Z."""
        value = record.get(field.name)
        return None if value is None else moment_text(value)

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """A text in the format `date-time`."""
        return {"type": "string", "format": "date-time", "pattern": _PATTERN, "maxLength": 27}


def moment_text(moment: dt.datetime) -> str:
    """The moment in UTC as in ISO 8601, ending with Z; fractions of a second only where there are any."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat() + "Z"
