"""The checked tree of an expression: what all back ends walk.

Names are resolved, types are known, literals are exact, and `min(lines.price)` has become a loop with an
element, so a back end decides nothing about meaning. `offset` and `end` are the characters of the text that
a node stands for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from guanxi.expressions.types import Type

Comparison = OneOf["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Frame:
    """A record from which members are read.

    `kind` is `root` (the record judged), `owner` (what the line `base` belongs to) or `row` (one of the
    collection that `keys` leads to from `base`; `via` as in `CollectionType`). `name` is unique within the
    expression.
    """

    kind: OneOf["root", "owner", "row"]
    name: str
    entity: str
    base: "Frame | None" = None
    keys: tuple[str, ...] = ()
    via: str | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The way from the root record, as in `Formula.reads`."""
        if self.base is None:
            return ()
        return (*self.base.path, *(("parent",) if self.kind == "owner" else self.keys))


@dataclass(frozen=True, slots=True)
class Node:
    """Root of the nodes: a type, and the characters of the text it stands for."""

    type: Type
    offset: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A constant: text, int, Decimal, bool, date or datetime."""

    value: object


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """A value given with the evaluation, such as `today`."""

    name: str


@dataclass(frozen=True, slots=True)
class Member(Node):
    """A member of a frame, perhaps through references: `account.currency` has two keys."""

    frame: Frame
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The condition turned round."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Both(Node):
    """All conditions hold (`and`)."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either(Node):
    """At least one condition holds (`or`)."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """One comparison; false when a side is missing."""

    operator: Comparison
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Within(Node):
    """`in` (or `not in`) a list of constants; false when the operand is missing."""

    operand: Node
    values: tuple[object, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`+`, `-` or `*` of numbers and amounts; missing when a side is missing."""

    operator: OneOf["+", "-", "*"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Shift(Node):
    """Division by the power of ten 10 ** places, which is exact."""

    operand: Node
    places: int


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """The number with the other sign."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Choose(Node):
    """`then if test else otherwise`."""

    test: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A registered function on values."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """An aggregate over the rows of nested `loops` for which all `conditions` hold.

    `element` is None where rows are counted.
    """

    function: str
    loops: tuple[Frame, ...]
    conditions: tuple[Node, ...]
    element: Node | None


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node in the order of the text."""
    match node:
        case Not(operand=one) | Within(operand=one) | Shift(operand=one) | Negate(operand=one):
            return (one,)
        case Both(operands=many) | Either(operands=many) | Call(arguments=many):
            return many
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case Choose():
            return (node.then, node.test, node.otherwise)
        case Aggregate():
            return (*(() if node.element is None else (node.element,)), *node.conditions)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def reads_record(node: Node) -> bool:
    """Whether the value depends on the record, rather than on constants and variables alone."""
    return any(isinstance(part, Member | Aggregate) for part in walk(node))


def may_be_missing(node: Node) -> bool:
    """Whether the value can be missing; conditions, counts and sums never are."""
    match node:
        case Literal() | Not() | Both() | Either() | Compare() | Within():
            return False
        case Aggregate():
            return node.function not in {"sum", "count", "any", "all"}
        case Call():
            return node.function not in {
                "missing",
                "between",
                "contains",
                "starts_with",
                "fits",
                "chosen",
                "count_chosen",
            }
        case Arithmetic(left=left, right=right):
            return may_be_missing(left) or may_be_missing(right)
        case Negate(operand=one) | Shift(operand=one):
            return may_be_missing(one)
        case Choose():
            return may_be_missing(node.then) or may_be_missing(node.otherwise)
        case _:
            return True
