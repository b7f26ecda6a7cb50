"""How long something takes."""

import datetime as dt
import re
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import NO_LINE_BREAK, FieldProblem
from guanxi.definitions.fields.spans import MINUTE, SpanField, parts
from guanxi.errors import N_

MOST = dt.timedelta(hours=999_999, minutes=59)
_ISO = re.compile(r"P(?:([0-9]{1,5})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,8})M)?(?:0S)?)?")
_CLOCK = re.compile(r"([0-9]{1,6}):([0-5][0-9])")
_WORDS = re.compile(
    r"(?:([0-9]{1,6}(?:\.[0-9]{1,2})?) ?(?:h|hours?|小时|小時))?"
    r"(?: ?([0-9]{1,8}) ?(?:min|m|minutes?|分钟?|分鐘))?",
    re.IGNORECASE,
)
_PATTERN = "^-?PT([0-9]+H)?([0-9]+M)?$"
NOT_A_DURATION = N_("Enter hours and minutes, such as 1:30 or 90 min.")
NOT_ISO = N_("Send a duration of hours and minutes, such as {example}.", example="PT1H30M")
TOO_LONG = N_("Enter at most 999999 hours.")
NOT_WHOLE = N_("Enter whole minutes.")


class DurationField(SpanField):
    """How long something takes. In JSON it is written as in ISO 8601: `PT1H30M`; a day has 24 hours."""

    name = "duration"

    def read(self, text: str, *, form: bool) -> dt.timedelta:
        """The duration: `PT1H30M`, in a form also `1:30`, `1.5 h` and `90 min`."""
        span = _iso(text)
        if span is None and form:
            span = _typed(text)
        if span is None:
            raise FieldProblem("duration", NOT_A_DURATION if form else NOT_ISO)
        if span > MOST:
            raise FieldProblem("too_large", TOO_LONG)
        return span

    def written(self, span: dt.timedelta) -> str:
        """`PT1H30M`."""
        return duration_text(span)

    def json_schema(self, field: Field) -> dict[str, Any]:  # noqa: ARG002
        """A duration of ISO 8601; one that is computed can be negative."""
        return {"type": "string", "pattern": _PATTERN, "maxLength": 20, "minLength": 4, **NO_LINE_BREAK}


def duration_text(span: dt.timedelta) -> str:
    """A duration as in ISO 8601: `PT1H30M`, `PT0M`."""
    hours, minutes = parts(abs(span))
    written = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes or not hours)
    return f"{'-' if span < dt.timedelta() else ''}PT{written}"


def _iso(text: str) -> dt.timedelta | None:
    match = _ISO.fullmatch(text)
    if match is None or text.endswith(("P", "T")):
        return None
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return dt.timedelta(days=days, hours=hours, minutes=minutes)


def _typed(text: str) -> dt.timedelta | None:
    match = _CLOCK.fullmatch(text)
    if match is not None:
        return dt.timedelta(hours=int(match[1]), minutes=int(match[2]))
    match = _WORDS.fullmatch(text)
    if match is None or not text:
        return None
    hours, _, part = (match[1] or "0").partition(".")
    hundredths = int(hours) * 100 + int(part.ljust(2, "0"))
    span = dt.timedelta(minutes=int(match[2] or 0)) + dt.timedelta(hours=1) * hundredths / 100
    if span % MINUTE:
        raise FieldProblem("too_precise", NOT_WHOLE)
    return span
