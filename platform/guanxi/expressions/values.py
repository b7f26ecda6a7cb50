"""What the functions on values and the aggregates do with Python values; None is missing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from guanxi.expressions.exact import EXACT, Number, divide

Value = TypeVar("Value")


def missing(value: object) -> bool:
    """Whether a value is not there."""
    return value is None


def first(*candidates: Value | None) -> Value | None:
    """The first value that is there."""
    return next((one for one in candidates if one is not None), None)


def smallest(*candidates: Any) -> Any:
    """The smallest of the values that are there."""
    return smallest_of(candidates)


def largest(*candidates: Any) -> Any:
    """The largest of the values that are there."""
    return largest_of(candidates)


def smallest_of(candidates: Iterable[Any]) -> Any:
    """The smallest of the values that are there; None where there is none."""
    return min((one for one in candidates if one is not None), default=None)


def largest_of(candidates: Iterable[Any]) -> Any:
    """The largest of the values that are there; None where there is none."""
    return max((one for one in candidates if one is not None), default=None)


def total(candidates: Iterable[Number | None], nothing: Number = 0) -> Number:
    """The exact sum of the values that are there; `nothing`, a typed zero, where there is none."""
    found = nothing
    for one in candidates:
        if one is not None:
            found = EXACT.add(one, found) if isinstance(one, Decimal) else found + one
    return found


def mean(candidates: Iterable[Number | None], places: int = 4) -> Decimal | None:
    """The mean of the values that are there, rounded to decimal places; None where there is none."""
    there = [one for one in candidates if one is not None]
    return divide(total(there), len(there), places) if there else None


def count(candidates: Iterable[object]) -> int:
    """How many values are there."""
    return sum(1 for one in candidates if one is not None)


def chosen(option: str, options: Iterable[str]) -> bool:
    """Whether an option is among those that are chosen."""
    return option in options


def count_chosen(options: Sequence[str] | None) -> int:
    """How many options are chosen."""
    return len(options or ())


def between(value: Any, low: Any, high: Any) -> bool:
    """Whether a value lies in a closed range."""
    return bool(low <= value <= high)


def compare(left: Any, right: Any) -> int:
    """-1, 0 or 1: the left number is smaller, equal or larger."""
    return int(left > right) - int(left < right)


def clamp(value: Any, low: Any, high: Any) -> Any:
    """The value moved into a closed range; the upper bound wins where the range is empty."""
    return min(max(value, low), high)


def fits(pattern: object, value: object) -> bool:
    """Whether a pattern is missing or is the value."""
    return pattern is None or (value is not None and pattern == value)


def same(value: Value) -> Value:
    """The value itself."""
    return value


def negated(number: Number) -> Number:
    """The number with the other sign."""
    return EXACT.minus(number) if isinstance(number, Decimal) else -number


def gap(later: Any, earlier: Any) -> timedelta:
    """The span from one day or moment to another of its kind."""
    if not isinstance(later, date | datetime) or not isinstance(earlier, date | datetime):
        raise TypeError(f"A gap lies between two days or two moments, not {later!r} and {earlier!r}.")
    return later - earlier
