"""A checked tree written as a syntax tree that simpleeval's interpreter walks.

Every node is one of Python's, so that the interpreter decides what a comparison, a choice or a call does;
what a checked node means besides (exact numbers, missing values) is in the operators and functions that it is
given.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from guanxi.expressions.functions import ALL_FUNCTIONS
from guanxi.expressions.nodes import (
    Aggregate,
    Arithmetic,
    Both,
    Call,
    Choose,
    Compare,
    Either,
    Frame,
    Literal,
    Member,
    Negate,
    Node,
    Not,
    Shift,
    Variable,
    Within,
    children,
)
from guanxi.expressions.types import BooleanType, IntegerType, ReferenceType

VARIABLES = "variables"
"""Where a name begins that is a variable; other names begin with that of a frame."""

_COMPARISONS: Mapping[str, type[ast.cmpop]] = {
    "==": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
}  # fmt: skip
_WHOLE: Mapping[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}
_EXACT: Mapping[str, str] = {"+": "add", "-": "subtract", "*": "multiply"}


class IsTrue(ast.unaryop):
    """Whether a value is yes: a missing one is not."""


class IsThere(ast.unaryop):
    """Whether a value is not missing."""


class RowsOf(ast.expr):
    """The values of the rows of an aggregate."""

    _fields = ("aggregate", "element", "conditions")

    def __init__(self, aggregate: Aggregate, element: ast.expr, conditions: Sequence[ast.expr]) -> None:
        super().__init__()
        self.aggregate = aggregate
        self.element = element
        self.conditions = conditions


@dataclass(slots=True)
class Script:
    """What is interpreted, and which checked node a part of it stands for."""

    root: ast.expr = field(default_factory=lambda: ast.Constant(None))
    frames: dict[str, Frame] = field(default_factory=dict)
    nodes: dict[ast.expr, Node] = field(default_factory=dict)


def write_script(tree: Node) -> Script:
    """The script of a checked tree."""
    script = Script()
    script.root = _Writer(script).value(tree)
    return script


def written(node: Node) -> list[Node]:
    """The parts of a node that an author wrote: not a currency or a day that a function needs besides."""
    own = {(node.offset, node.end), (0, 0)}
    return [one for one in children(node) if (one.offset, one.end) not in own]


def name_in(frame: Frame, keys: Sequence[str]) -> str:
    """The name under which a member of a frame is looked up."""
    return f"{frame.name}:{'.'.join(keys)}"


class _Writer:
    def __init__(self, script: Script) -> None:
        self._script = script

    def value(self, node: Node) -> ast.expr:
        """The value of a node."""
        expression = self._written(node)
        self._script.nodes[expression] = node
        return expression

    def condition(self, node: Node) -> ast.expr:
        """A node as a condition: yes or no, never missing."""
        return self._judged(self.value(node), node)

    def _judged(self, expression: ast.expr, node: Node) -> ast.expr:
        operator = IsThere() if isinstance(node.type, ReferenceType) else IsTrue()
        return ast.UnaryOp(operator, expression)

    def _written(self, node: Node) -> ast.expr:
        match node:
            case Literal(value=value):
                return ast.Constant(value)  # type: ignore[arg-type]
            case Variable(name=name):
                return ast.Name(f"{VARIABLES}:{name}", ast.Load())
            case Member(frame=frame, keys=keys):
                self._know(frame)
                return ast.Name(name_in(frame, keys), ast.Load())
            case Not(operand=operand):
                return ast.UnaryOp(ast.Not(), self.condition(operand))
            case Both(operands=operands):
                return ast.BoolOp(ast.And(), [self.condition(one) for one in operands])
            case Either(operands=operands):
                return ast.BoolOp(ast.Or(), [self.condition(one) for one in operands])
            case Compare(operator=operator, left=left, right=right):
                return ast.Compare(self.value(left), [_COMPARISONS[operator]()], [self.value(right)])
            case Within(operand=operand, values=values, negated=negated):
                listed = ast.Constant(frozenset(values))  # type: ignore[arg-type]
                return ast.Compare(self.value(operand), [ast.NotIn() if negated else ast.In()], [listed])
            case Choose(test=test, then=then, otherwise=otherwise):
                return ast.IfExp(self.condition(test), self.value(then), self.value(otherwise))
            case Aggregate():
                return self._aggregate(node)
            case _:
                return self._calculation(node)

    def _calculation(self, node: Node) -> ast.expr:
        match node:
            case Arithmetic(operator=operator, left=left, right=right):
                if isinstance(node.type, IntegerType):
                    return ast.BinOp(self.value(left), _WHOLE[operator](), self.value(right))
                return _call(_EXACT[operator], [self.value(left), self.value(right)])
            case Negate(operand=operand):
                return _call("negate", [self.value(operand)])
            case Shift(operand=operand, places=places):
                return _call("shift", [self.value(operand), ast.Constant(-places)])
            case Call(function=function, arguments=arguments):
                called = _call(function, [self.value(one) for one in arguments])
                is_condition = isinstance(node.type, BooleanType) and ALL_FUNCTIONS[function].strict
                return self._judged(called, node) if is_condition else called
            case _:
                raise TypeError(f"A {type(node).__name__} cannot be explained.")

    def _aggregate(self, node: Aggregate) -> ast.expr:
        for frame in node.loops:
            self._know(frame)
        if node.element is None:
            element: ast.expr = ast.Constant(value=True)
        elif isinstance(node.type, BooleanType):
            element = self.condition(node.element)
        else:
            element = self.value(node.element)
        rows = RowsOf(node, element, [self.condition(one) for one in node.conditions])
        further: list[ast.expr] = []
        if node.function == "sum" and not isinstance(node.type, IntegerType):
            further = [ast.Constant(Decimal(0))]  # type: ignore[arg-type]
        elif node.function == "avg":
            further = [ast.Constant(getattr(node.type, "scale", 0))]
        return _call(f"rows:{node.function}", [rows, *further])

    def _know(self, frame: Frame | None) -> None:
        while frame is not None:
            self._script.frames[frame.name] = frame
            frame = frame.base


def _call(function: str, arguments: list[ast.expr]) -> ast.Call:
    return ast.Call(ast.Name(function, ast.Load()), arguments, [])
