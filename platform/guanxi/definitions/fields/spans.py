"""Spans of whole minutes: how long something takes, and times of the day as the span since midnight."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import FieldProblem, FieldType, nothing, text_of
from guanxi.errors import N_
from guanxi.expressions.types import DURATION, Type

MINUTE = dt.timedelta(minutes=1)


class SpanField(FieldType):
    """Root of the types whose values are spans of whole minutes."""

    column = "duration"
    operators = ("is", "from", "to", "missing")

    def expression_type(self, field: Field, unit: str | None = None) -> Type:  # noqa: ARG002
        """A span."""
        return DURATION

    @abstractmethod
    def read(self, text: str, *, form: bool) -> dt.timedelta:
        """The span that is written.

        Raises:
            FieldProblem: none is.
        """

    @abstractmethod
    def written(self, span: dt.timedelta) -> str:
        """The span as JSON has it."""

    def coerce(self, field: Field, raw: object, *, form: bool) -> dt.timedelta | None:
        """The span."""
        if nothing(raw):
            return None
        span = self.read(text_of(raw).strip() if form else text_of(raw), form=form)
        if isinstance(field.min, dt.timedelta) and span < field.min:
            raise FieldProblem("too_small", N_("Enter {limit} or more.", limit=clock(field.min)))
        if isinstance(field.max, dt.timedelta) and span > field.max:
            raise FieldProblem("too_large", N_("Enter {limit} or less.", limit=clock(field.max)))
        return span

    def to_json(self, field: Field, record: Mapping[str, Any]) -> str | None:
        """The span as a text."""
        value = record.get(field.name)
        return None if value is None else self.written(value)


def whole_minutes(span: dt.timedelta) -> dt.timedelta:
    """The nearest whole minutes; half a minute away from zero."""
    minutes = (abs(span) + MINUTE / 2) // MINUTE
    return minutes * MINUTE if span >= dt.timedelta() else -minutes * MINUTE


def parts(span: dt.timedelta) -> tuple[int, int]:
    """The hours and minutes of a span that is not negative."""
    return divmod(span // MINUTE, 60)


def clock(span: dt.timedelta) -> str:
    """Hours and minutes: `9:05`, `-26:30`."""
    hours, minutes = parts(abs(span))
    return f"{'-' if span < dt.timedelta() else ''}{hours}:{minutes:02}"
