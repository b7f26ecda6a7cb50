"""A time of the day."""

import datetime as dt
import re
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import NO_LINE_BREAK, FieldProblem
from guanxi.definitions.fields.spans import SpanField, parts
from guanxi.errors import N_

_WRITTEN = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?")
_PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
NOT_A_TIME = N_("Enter a time as hours and minutes, such as 09:30.")


class TimeField(SpanField):
    """A time of the day without a day, kept as the span since midnight."""

    name = "time"

    def read(self, text: str, *, form: bool) -> dt.timedelta:  # noqa: ARG002
        """The time: `09:30`, from 00:00 to 23:59."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise FieldProblem("time", NOT_A_TIME)
        return dt.timedelta(hours=int(match[1]), minutes=int(match[2]))

    def written(self, span: dt.timedelta) -> str:
        """`09:30`."""
        return time_text(span)

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """A text of hours and minutes."""
        return {"type": "string", "pattern": _PATTERN, "maxLength": 5, **NO_LINE_BREAK}


def time_text(span: dt.timedelta) -> str:
    """The time of the day at the end of a span since midnight: `09:30`."""
    hours, minutes = parts(span)
    return f"{hours:02}:{minutes:02}"
