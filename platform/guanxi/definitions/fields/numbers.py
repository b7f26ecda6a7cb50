"""Exact numbers as they are written and as they are kept."""

import re
from decimal import Decimal
from typing import Any

from guanxi.definitions.entity import Field
from guanxi.definitions.fields.base import NO_LINE_BREAK, FieldProblem
from guanxi.errors import N_

DIGITS = 18
"""The most digits of a stored number with its decimal places: what a scaled 64-bit integer holds."""
_WRITTEN = re.compile(r"[+-]?[0-9]{1,28}(?:\.[0-9]{1,28})?")
_EXACT_FLOAT_DIGITS = 15
NOT_A_NUMBER = N_("Enter a number, such as 12.5.")


def read_decimal(raw: object, scale: int, *, form: bool) -> Decimal:
    """The exact number that was sent, with exactly `scale` decimal places.

    Raises:
        FieldProblem: not a number (NaN and infinity are none), more decimal places or more digits than are
            kept. Nothing is rounded.
    """
    number = _read(raw, form=form)
    if number.as_tuple().exponent not in range(-scale, 1):
        number = _shortened(number, scale)
    if abs(number) >= Decimal(10) ** (DIGITS - scale):
        limit = DIGITS - scale
        raise FieldProblem(
            "too_large", N_("Enter a number of at most {limit} digits before the point.", limit=limit)
        )
    return number.quantize(Decimal(1).scaleb(-scale))


def check_range(field: Field, number: Decimal) -> None:
    """Refuse a number outside of the bounds of the field.

    Raises:
        FieldProblem: it is smaller or larger than allowed.
    """
    if isinstance(field.min, Decimal) and number < field.min:
        raise FieldProblem("too_small", N_("Enter {limit} or more.", limit=plain(field.min)))
    if isinstance(field.max, Decimal) and number > field.max:
        raise FieldProblem("too_large", N_("Enter {limit} or less.", limit=plain(field.max)))


def plain(number: Decimal) -> str:
    """The number as digits, without superfluous zeros and never with an exponent: `25`, `12.5`, `-0.01`."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def decimal_schema(scale: int) -> dict[str, Any]:
    """The JSON Schema of a number written as a text; its end is the end of the text, not of a line."""
    places = f"([.][0-9]{{1,{scale}}})?" if scale else ""
    return {"type": "string", "pattern": f"^-?[0-9]{{1,{DIGITS}}}{places}$", **NO_LINE_BREAK}


def _read(raw: object, *, form: bool) -> Decimal:
    if isinstance(raw, str):
        text = raw.strip() if form else raw
        if _WRITTEN.fullmatch(text):
            return Decimal(text)
    elif isinstance(raw, int) and not isinstance(raw, bool):
        if abs(raw) < 10**28:
            return Decimal(raw)
    elif isinstance(raw, float):
        exact = Decimal(repr(raw))
        if exact.is_finite() and len(exact.as_tuple().digits) <= _EXACT_FLOAT_DIGITS:
            return exact
    elif isinstance(raw, Decimal) and raw.is_finite() and len(raw.as_tuple().digits) <= 28:
        return raw
    raise FieldProblem("number", NOT_A_NUMBER)


def _shortened(number: Decimal, scale: int) -> Decimal:
    """The number without zeros at its end, if it then has at most `scale` decimal places."""
    if number and number.adjusted() > 28:
        return number
    short = number.normalize() if number else Decimal(0)
    exponent = short.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -scale:
        if scale:
            raise FieldProblem("too_precise", N_("Enter at most {limit} decimal places.", limit=scale))
        raise FieldProblem("too_precise", N_("Enter a whole number, such as 12."))
    return short
