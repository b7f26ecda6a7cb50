"""The types of `+`, `-`, `*` and `/`."""

import ast
from dataclasses import dataclass

from guanxi.errors import N_, Text
from guanxi.expressions.errors import Finding, finding
from guanxi.expressions.nodes import Arithmetic, Call, Literal, Node, Shift
from guanxi.expressions.resolve import Span
from guanxi.expressions.types import (
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    TEXT,
    DatetimeType,
    DateType,
    DecimalType,
    DurationType,
    IntegerType,
    MoneyType,
    NumberType,
    TextType,
    Type,
)
from guanxi.expressions.unify import is_constant, numeric, unify

ADDED, SUBTRACTED, MULTIPLIED, DIVIDED = N_("added"), N_("subtracted"), N_("multiplied"), N_("divided")

MAX_SCALE = 30
"""Decimal places that a product may have; beyond, something in between is to be rounded."""


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands and the place in the text."""

    left: Node
    right: Node
    span: Span

    @property
    def has_constant(self) -> bool:
        """Whether a side is a constant, which takes the currency of the other."""
        return is_constant(self.left) or is_constant(self.right)

    def refuse(self, verb: Text, hint: Text | None = None) -> Finding:
        """A finding about operands that do not go together."""
        message = N_(
            "A {type} and a {other} cannot be {verb}.",
            type=self.left.type.label,
            other=self.right.type.label,
            verb=verb,
        )
        return finding("operands", message, hint, self.span.offset)

    def call(self, type_: Type, variant: str) -> Node:
        """The operation done by a function on values."""
        return Call(type_, self.span.offset, self.span.end, variant, (self.left, self.right))

    def number(self, type_: Type, operator: str) -> Node:
        """The operation on numbers and amounts."""
        scale = type_.scale if isinstance(type_, NumberType | MoneyType) else 0
        if scale > MAX_SCALE:
            message = N_("The result would have {scale} decimals.", scale=scale)
            raise finding("scale", message, N_("Round something in between."), self.span.offset)
        match operator:
            case "+" | "-" | "*":
                return Arithmetic(type_, self.span.offset, self.span.end, operator, self.left, self.right)
            case _:
                raise ValueError(f"No operator {operator!r}.")


def combine(operator: ast.operator, operation: Operation, written: str) -> Node:
    """The node of a binary operation.

    Raises:
        Finding: the operands do not go together.
    """
    match operator:
        case ast.Add():
            return _add(operation)
        case ast.Sub():
            return _subtract(operation)
        case ast.Mult():
            return _multiply(operation)
        case _:
            return _divide(operation, written)


def _add(operation: Operation) -> Node:
    match operation.left.type, operation.right.type:
        case TextType(), TextType():
            return operation.call(TEXT, "join")
        case DateType(), DurationType():
            return operation.call(DATE, "shift_day")
        case DatetimeType(), DurationType():
            return operation.call(DATETIME, "shift_moment")
        case DurationType(), DurationType():
            return operation.call(DURATION, "spans_together")
        case _:
            return operation.number(_same_kind(operation, ADDED), "+")


def _subtract(operation: Operation) -> Node:
    match operation.left.type, operation.right.type:
        case DateType(), DateType():
            return operation.call(DURATION, "day_gap")
        case DatetimeType(), DatetimeType():
            return operation.call(DURATION, "moment_gap")
        case DateType(), DurationType():
            return operation.call(DATE, "unshift_day")
        case DatetimeType(), DurationType():
            return operation.call(DATETIME, "unshift_moment")
        case DurationType(), DurationType():
            return operation.call(DURATION, "spans_apart")
        case _:
            return operation.number(_same_kind(operation, SUBTRACTED), "-")


def _same_kind(operation: Operation, verb: Text) -> Type:
    match operation.left.type, operation.right.type:
        case NumberType() as left, NumberType() as right:
            return numeric([left, right])
        case (MoneyType(), NumberType()) | (NumberType(), MoneyType()) if operation.has_constant:
            return unify((operation.left, operation.right))[1]
        case MoneyType() as left, MoneyType() as right:
            if left.unit != right.unit:
                raise operation.refuse(verb, N_("They are of two currencies; convert one first."))
            return MoneyType(left.unit, max(left.scale, right.scale))
        case (DateType() | DatetimeType(), NumberType()):
            raise operation.refuse(verb, N_("Write days(n) for a number of days."))
        case (MoneyType(), NumberType()) | (NumberType(), MoneyType()):
            raise operation.refuse(verb, N_("Write money(number, 'CNY') for an amount."))
        case (TextType(), _) | (_, TextType()):
            raise operation.refuse(verb, N_("Write text(x) to make a text of it."))
        case _:
            raise operation.refuse(verb)


def _multiply(operation: Operation) -> Node:
    match operation.left.type, operation.right.type:
        case IntegerType(), IntegerType():
            return operation.number(INTEGER, "*")
        case NumberType() as left, NumberType() as right:
            return operation.number(DecimalType(left.scale + right.scale), "*")
        case MoneyType() as left, NumberType() as right:
            return operation.number(MoneyType(left.unit, left.scale + right.scale), "*")
        case NumberType() as left, MoneyType() as right:
            return operation.number(MoneyType(right.unit, left.scale + right.scale), "*")
        case _:
            raise operation.refuse(MULTIPLIED)


def _divide(operation: Operation, written: str) -> Node:
    hint = N_(
        "Write div({values}, decimals).",
        values=written.replace("/", ",", 1) if written.count("/") == 1 else "a, b",
    )
    if not isinstance(operation.left.type, NumberType | MoneyType):
        raise operation.refuse(DIVIDED)
    divisor = operation.right.value if isinstance(operation.right, Literal) else None
    digits = str(divisor)
    if (
        isinstance(divisor, bool)
        or not isinstance(divisor, int)
        or digits.rstrip("0") != "1"
        or digits == "1"
    ):
        message = N_("Only a constant power of ten divides exactly.")
        raise finding("division", message, hint, operation.right.offset)
    places = len(digits) - 1
    given = operation.left.type
    scale = given.scale + places
    type_ = MoneyType(given.unit, scale) if isinstance(given, MoneyType) else DecimalType(scale)
    if scale > MAX_SCALE:
        raise finding(
            "scale",
            N_("The result would have {scale} decimals.", scale=scale),
            N_("Round it first."),
            operation.right.offset,
        )
    return Shift(type_, operation.span.offset, operation.span.end, operation.left, places)
