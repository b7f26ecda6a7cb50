"""Comparisons turned so that the column stands alone and an index serves."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guanxi.expressions.exact import floor, shift
from guanxi.expressions.moments import DAY, MAX_DAYS
from guanxi.expressions.nodes import Both, Call, Compare, Comparison, Either, Literal, Node
from guanxi.expressions.types import BOOLEAN

FLIPPED: Mapping[Comparison, Comparison] = {
    "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip
OPPOSITE: Mapping[Comparison, Comparison] = {
    "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<",
}  # fmt: skip


def whole_bound(operator: Comparison, wanted: Decimal | int, scale: int) -> tuple[Comparison, int] | None:
    """The comparison of a number of `scale` decimals with a constant, as one of whole multiples.

    A constant between two multiples is none of them; None: the number can never equal it.
    """
    moved = shift(wanted, scale)
    below = floor(moved)
    if moved == below:
        return operator, below
    match operator:
        case "<" | "<=":
            return "<=", below
        case ">" | ">=":
            return ">", below
        case _:
            return None


def days_since_as_cutoff(node: Compare, wanted: Any, constant: Callable[[Node], Any]) -> Node | None:
    """`days_since(f) >= 30` as `f <= today - 30 days`, the same for every f; None: not of this form."""
    call = node.left
    if not isinstance(call, Call) or call.function not in {"days_since", "days_since_moment"}:
        return None
    since, base_node = call.arguments
    base = constant(base_node)
    bound = whole_bound(node.operator, wanted, 0)
    if base is None or bound is None:
        return None
    operator, days = bound
    if abs(days) > MAX_DAYS:
        return None

    def compare(comparison: Comparison, gap: int) -> Node | None:
        cutoff = _before(base, gap)
        if cutoff is None:
            return None
        literal = Literal(since.type, node.offset, node.end, cutoff)
        return Compare(BOOLEAN, node.offset, node.end, comparison, since, literal)

    if call.function == "days_since":
        return compare(FLIPPED[operator], days)
    return _moment_cutoffs(node, operator, days, compare)


def _moment_cutoffs(
    node: Compare, operator: Comparison, days: int, compare: Callable[[Comparison, int], Node | None]
) -> Node | None:
    """A day that has passed is one that began at least 24 hours ago: whole days are counted downwards."""
    match operator:
        case ">=":
            return compare("<=", days)
        case ">":
            return compare("<=", days + 1)
        case "<":
            return compare(">", days)
        case "<=":
            return compare(">", days + 1)
    is_equal = operator == "=="
    first = compare("<=" if is_equal else ">", days)
    second = compare(">" if is_equal else "<=", days + 1)
    if first is None or second is None:
        return None
    kind = Both if is_equal else Either
    return kind(BOOLEAN, node.offset, node.end, (first, second))


def _before(base: date | datetime, days: int) -> date | datetime | None:
    try:
        return base - days * DAY
    except OverflowError:
        return None
