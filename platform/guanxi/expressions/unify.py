"""Values that are to be compared, or chosen between, must be of one type; constants adapt themselves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from guanxi.errors import N_, Text
from guanxi.expressions.errors import Finding, finding
from guanxi.expressions.nodes import Literal, Negate, Node
from guanxi.expressions.types import (
    INTEGER,
    AnyReferenceType,
    DatetimeType,
    DateType,
    DecimalType,
    IntegerType,
    MoneyType,
    NumberType,
    ReferenceType,
    TextType,
    Type,
)


def unify(nodes: Sequence[Node]) -> tuple[tuple[Node, ...], Type]:
    """The nodes with constants adapted, and the type they share.

    Raises:
        Finding: they have no type in common.
    """
    leader = next((node for node in nodes if not is_constant(node)), nodes[0])
    money = next((node.type for node in nodes if isinstance(node.type, MoneyType)), None)
    adapted = tuple(_adapt(node, money or leader.type) for node in nodes)
    shared = adapted[0].type
    for node in adapted[1:]:
        shared = _join(shared, node)
    return adapted, shared


def numeric(types: Sequence[NumberType]) -> NumberType:
    """The type of numbers side by side: whole, or with the larger scale."""
    if all(isinstance(one, IntegerType) for one in types):
        return INTEGER
    return DecimalType(max(one.scale for one in types))


def assignable(given: Type, wanted: Type) -> bool:
    """Whether a value of the type given may stand where the type wanted is expected."""
    match given, wanted:
        case NumberType(), IntegerType():
            return isinstance(given, IntegerType)
        case NumberType(), NumberType():
            return given.scale <= wanted.scale
        case MoneyType(), MoneyType():
            return given.scale <= wanted.scale and wanted.unit in {None, given.unit}
        case TextType(), TextType():
            return True
        case _:
            return given == wanted


def is_constant(node: Node) -> bool:
    """Whether a node is a constant, perhaps with a minus sign."""
    return isinstance(node, Literal) or (isinstance(node, Negate) and isinstance(node.operand, Literal))


def _adapt(node: Node, wanted: Type) -> Node:
    if not isinstance(node, Literal):
        if isinstance(wanted, MoneyType) and is_constant(node) and isinstance(node.type, NumberType):
            return replace(node, type=MoneyType(wanted.unit, node.type.scale))
        return node
    match wanted, node.type:
        case MoneyType(), NumberType(scale=scale):
            return replace(node, type=MoneyType(wanted.unit, scale), value=_decimal(node))
        case DecimalType(), IntegerType():
            return replace(node, value=_decimal(node))
        case DateType(), TextType():
            return replace(node, type=wanted, value=_day(node))
        case DatetimeType(), TextType():
            return replace(node, type=wanted, value=_moment(node))
        case ReferenceType(), IntegerType() | TextType():
            return replace(node, type=wanted, value=_key(node))
        case AnyReferenceType(), TextType():
            return replace(node, type=wanted, value=_link(node, wanted))
        case _:
            return node


def _decimal(node: Literal) -> Decimal:
    if not isinstance(node.value, int | Decimal):
        raise TypeError(f"{node.value!r} is no number: the type of a literal is that of its value.")
    return Decimal(node.value)


def _day(node: Literal) -> date:
    text = str(node.value)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise finding(
            "date", N_("'{text}' is no date.", text=text), N_("Write '2026-01-31'."), node.offset
        ) from None
    if day.isoformat() != text:
        raise finding(
            "date",
            N_("'{text}' is no date here.", text=text),
            N_("Write '{day}'.", day=day.isoformat()),
            node.offset,
        )
    return day


def _moment(node: Literal) -> datetime:
    try:
        moment = datetime.fromisoformat(str(node.value))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        message = N_("'{value}' is no moment.", value=node.value)
        raise finding("moment", message, N_("Write '2026-01-31T08:00:00Z'."), node.offset)
    return moment.astimezone(UTC)


def _key(node: Literal) -> int:
    text = str(node.value)
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise finding(
            "key", N_("'{value}' is no id of a record.", value=node.value), N_("Write '12'."), node.offset
        )
    return int(text)


def _link(node: Literal, wanted: AnyReferenceType) -> str:
    text = str(node.value)
    entity, _, key = text.partition(":")
    if entity not in wanted.entities or not (key.isascii() and key.isdigit() and len(key) <= 18):
        example = f"'{wanted.entities[0]}:12'"
        raise finding(
            "key",
            N_("'{value}' is no record of {entities}.", value=text, entities=", ".join(wanted.entities)),
            N_("Write {example}.", example=example),
            node.offset,
        )
    return text


def _join(left: Type, right: Node) -> Type:
    match left, right.type:
        case NumberType(), NumberType():
            return numeric([left, right.type])
        case MoneyType(), MoneyType() if left.unit == right.type.unit:
            return MoneyType(left.unit, max(left.scale, right.type.scale))
        case MoneyType(), MoneyType():
            raise _apart(left, right, N_("Amounts of two currencies are not comparable; convert one first."))
        case TextType(), TextType():
            return left if left.options is not None else right.type
        case (DateType(), DatetimeType()) | (DatetimeType(), DateType()):
            raise _apart(left, right, N_("Write date_of(...) around the moment."))
        case _ if left == right.type:
            return left
        case _:
            raise _apart(left, right)


def _apart(left: Type, right: Node, hint: Text | None = None) -> Finding:
    return finding(
        "types_differ",
        N_("A {left} does not go with a {type}.", left=left.label, type=right.type.label),
        hint,
        right.offset,
    )
