"""Exact numbers: no floats anywhere, half away from zero wherever something is rounded."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation, Overflow

# A bound, not a cost: 300 factors of 18 digits stay exact, and what would not is an error.
EXACT = Context(prec=6000, rounding=ROUND_HALF_UP, traps=[Inexact, InvalidOperation, Overflow])
ROUNDING = Context(prec=6000, rounding=ROUND_HALF_UP, traps=[InvalidOperation, Overflow])

Number = int | Decimal

# ISO 4217: minor units of the currencies in use that do not have two.
MINOR_UNITS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
         "XAF", "XOF", "XPF"), 0
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}  # fmt: skip
USUAL_MINOR_UNIT = 2


def minor_unit(currency: str | None) -> int:
    """The decimal places of a currency; two where nothing else is known."""
    return MINOR_UNITS.get(currency or "", USUAL_MINOR_UNIT)


def add(left: Number, right: Number) -> Decimal:
    """The exact sum."""
    return EXACT.add(Decimal(left), Decimal(right))


def subtract(left: Number, right: Number) -> Decimal:
    """The exact difference."""
    return EXACT.subtract(Decimal(left), Decimal(right))


def multiply(left: Number, right: Number) -> Decimal:
    """The exact product."""
    return EXACT.multiply(Decimal(left), Decimal(right))


def shift(number: Number, places: int) -> Decimal:
    """The number times 10 ** places, exactly."""
    return EXACT.scaleb(Decimal(number), places)


def round_half_away(number: Number, places: int) -> Decimal:
    """The number rounded to decimal places, a half away from zero; never a negative zero."""
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-places), context=ROUNDING)
    return abs(rounded) if rounded == 0 else rounded


def round_money(amount: Number, currency: str | None) -> Decimal:
    """An amount rounded to the minor unit of its currency."""
    return round_half_away(amount, minor_unit(currency))


def floor(number: Number) -> int:
    """The largest whole number that is not above."""
    return int(Decimal(number).to_integral_value(ROUND_FLOOR, context=ROUNDING))


def divide(dividend: Number, divisor: Number, places: int) -> Decimal | None:
    """The quotient rounded to decimal places, a half away from zero; None for a divisor of zero.

    It divides whole numbers, so nothing is rounded twice.
    """
    if divisor == 0:
        return None
    # As fractions, so that the division is one of whole numbers.
    top, top_part = shift(dividend, places).copy_abs().as_integer_ratio()
    bottom, bottom_part = Decimal(divisor).copy_abs().as_integer_ratio()
    whole_top, whole_bottom = top * bottom_part, bottom * top_part
    quotient = shift((2 * whole_top + whole_bottom) // (2 * whole_bottom), -places)
    return -quotient if quotient != 0 and (dividend < 0) != (divisor < 0) else quotient
