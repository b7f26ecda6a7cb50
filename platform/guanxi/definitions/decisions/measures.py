"""The values that an input or output of a decision table can have: how they are written, and their order.

Values of an ordered type stand on a ruler of whole marks (a cent, a day, a microsecond), so that a gap
between two rows is a fact and not a matter of rounding.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields import FIELD_TYPES, FieldProblem
from guanxi.definitions.fields.numbers import plain, read_decimal
from guanxi.definitions.flow.spans import parse_span
from guanxi.errors import N_
from guanxi.expressions.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    TEXT,
    DecimalType,
    MoneyType,
    TextType,
    Type,
)

NUMBERS = frozenset({"integer", "decimal", "percent", "money"})
ORDERED = NUMBERS | {"date", "datetime", "duration"}
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
NOT_YES_NO = N_("Write true or false.")
NOT_LISTED = N_("It is none of the values.")
NOT_A_SPAN = N_('Write a duration such as "30 days".')
NOT_FIXED = N_('Write a duration of fixed length, such as "30 days".')


@dataclass(frozen=True, slots=True)
class Measure:
    """What values there are: of a type, with `scale` decimal places, or among `values`."""

    type: str
    scale: int = 0
    values: tuple[str, ...] = ()
    currency: str | None = None
    as_written: bool = False
    """A duration is kept as its text, which may be in working time: how long that is, a calendar says."""

    @property
    def ordered(self) -> bool:
        """Whether values are more or less than others."""
        return self.type in ORDERED

    def read(self, raw: object) -> Any:
        """The value of a literal in JSON.

        Raises:
            FieldProblem: it is none of this type.
        """
        if self.type in NUMBERS:
            number = read_decimal(raw, self.scale, form=False)
            return int(number) if self.type == "integer" else number
        if self.type == "boolean":
            if not isinstance(raw, bool):
                raise FieldProblem("boolean", NOT_YES_NO)
            return raw
        if self.type == "duration":
            return self._span(raw)
        if not isinstance(raw, str):
            raise FieldProblem("text", N_("Write a text."))
        if self.type == "select" and raw not in self.values:
            raise FieldProblem("choice", NOT_LISTED)
        if self.type in ("date", "datetime"):
            return FIELD_TYPES[self.type].coerce(_field(self.type), raw, form=False)
        return raw

    def write(self, value: Any) -> Any:
        """The literal of a value, as JSON has it."""
        if isinstance(value, Decimal):
            return plain(value)
        if isinstance(value, dt.datetime):
            return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, dt.timedelta):
            return span_text(value)
        return value

    def mark(self, value: Any) -> int:
        """Where a value of an ordered type stands on the ruler."""
        match self.type:
            case "date":
                return int(value.toordinal())
            case "datetime":
                return int((value - _EPOCH) // _MICROSECOND)
            case "duration":
                return int(value // _MICROSECOND)
            case _:
                return int(Decimal(value).scaleb(self.scale))

    def at(self, mark: int) -> Any:
        """The value at a mark of the ruler."""
        match self.type:
            case "date":
                return dt.date.fromordinal(min(max(mark, 1), dt.date.max.toordinal()))
            case "datetime":
                return _EPOCH + dt.timedelta(microseconds=mark)
            case "duration":
                return dt.timedelta(microseconds=mark)
            case "integer":
                return mark
            case _:
                return Decimal(mark).scaleb(-self.scale)

    def expression_type(self) -> Type:
        """The type of the values in expressions."""
        match self.type:
            case "decimal" | "percent":
                return DecimalType(self.scale, percent=self.type == "percent")
            case "money":
                return MoneyType(self.currency, self.scale)
            case "select":
                return TextType(self.values)
            case _:
                return _PLAIN[self.type]

    def _span(self, raw: object) -> Any:
        span = parse_span(raw) if isinstance(raw, str) else None
        if span is None:
            raise FieldProblem("duration", NOT_A_SPAN)
        if self.as_written:
            return raw
        if span.working or span.unit == "months":
            raise FieldProblem("duration", NOT_FIXED)
        return dt.timedelta(**{span.unit: span.amount})


_PLAIN = {
    "integer": INTEGER,
    "boolean": BOOLEAN,
    "text": TEXT,
    "date": DATE,
    "datetime": DATETIME,
    "duration": DURATION,
}


def span_text(span: dt.timedelta) -> str:
    """A duration in the largest unit that it is a whole number of: `2 days`, `90 minutes`."""
    for unit in ("days", "hours", "minutes"):
        one = dt.timedelta(**{unit: 1})
        if span % one == dt.timedelta() and (span or unit == "minutes"):
            number = span // one
            return f"{number} {unit[:-1] if number == 1 else unit}"
    return f"{span.total_seconds():g} seconds"


def _field(kind: str) -> Field:
    return Field(name="value", type=kind, label={"en": "Value"})
