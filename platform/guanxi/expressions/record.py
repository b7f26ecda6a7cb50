"""The record back end: a checked tree becomes one Python function, compiled once.

The source is made of names chosen here, of member names that are declared identifiers, and of constants
that are passed by reference, so nothing an author wrote is ever read as Python again.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from guanxi.expressions import exact, values
from guanxi.expressions.functions import ALL_FUNCTIONS, ROW_FUNCTIONS
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
    may_be_missing,
)
from guanxi.expressions.types import BooleanType, IntegerType, ReferenceType

Evaluate = Callable[[Mapping[str, object], Mapping[str, object]], object]

_EXACT = {"+": exact.EXACT.add, "-": exact.EXACT.subtract, "*": exact.EXACT.multiply}


def compile_record(tree: Node) -> Evaluate:
    """The function of a record and the variables that gives the value of a checked tree."""
    writer = _Writer()
    source = f"def evaluate(record, variables):\n    return {writer.value(tree)}"
    code = compile(source, "<expression>", "exec")
    # The source is written above from the checked tree; no text of an author is in it.
    exec(code, writer.names)  # noqa: S102
    evaluate: Evaluate = writer.names["evaluate"]
    return evaluate


class _Writer:
    """Writes Python source; `names` holds the constants and functions that it uses."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__builtins__": {}}
        self._count = 0

    def value(self, node: Node) -> str:
        """Source of the value of a node; None where it is missing."""
        match node:
            case Literal(value=value):
                return self._constant(value)
            case Variable(name="zone"):
                # Only a workspace outside UTC gives one.
                return "variables.get('zone', 'UTC')"
            case Variable(name=name):
                return f"variables[{name!r}]"
            case Member(frame=frame, keys=keys):
                return f"{_frame(frame)}[{'.'.join(keys)!r}]"
            case Arithmetic():
                return self._arithmetic(node)
            case Negate(operand=operand):
                negated = self._bound("negated", values.negated)
                return self._guarded([operand], lambda names: f"{negated}({names[0]})")
            case Shift(operand=operand, places=places):
                shift = self._bound("shift", exact.shift)
                return self._guarded([operand], lambda names: f"{shift}({names[0]}, -{places})")
            case Choose(test=test, then=then, otherwise=otherwise):
                return f"({self.value(then)} if {self.condition(test)} else {self.value(otherwise)})"
            case Call():
                return self._call(node)
            case Aggregate():
                return self._aggregate(node)
            case _:
                return self.condition(node)

    def condition(self, node: Node) -> str:
        """Source of a condition, which gives True or False and nothing else."""
        match node:
            case Not(operand=operand):
                return f"(not {self.condition(operand)})"
            case Both(operands=operands):
                return f"({' and '.join(map(self.condition, operands))})"
            case Either(operands=operands):
                return f"({' or '.join(map(self.condition, operands))})"
            case Compare(operator=operator, left=left, right=right):
                return self._judged([left, right], lambda names: f"{names[0]} {operator} {names[1]}")
            case Within(operand=operand, values=listed, negated=negated):
                constant = self._constant(frozenset(listed))
                verb = "not in" if negated else "in"
                return self._judged([operand], lambda names: f"{names[0]} {verb} {constant}")
            case _ if isinstance(node.type, ReferenceType):
                return f"({self.value(node)} is not None)"
            case _ if isinstance(node.type, BooleanType) and not may_be_missing(node):
                return self.value(node)
            case _:
                return f"({self.value(node)} is True)"

    def _constant(self, value: object) -> str:
        if value is True or value is False or type(value) is int:
            return repr(value)
        return self._bound("constant", value)

    def _bound(self, kind: str, value: Any) -> str:
        self._count += 1
        name = f"{kind}_{self._count}"
        self.names[name] = value
        return name

    def _named(self, nodes: list[Node]) -> tuple[list[str], list[str]]:
        """A name or source for each node, and the tests that name them and find them there."""
        names, tests = [], []
        for node in nodes:
            source = self.value(node)
            if may_be_missing(node):
                self._count += 1
                names.append(f"t{self._count}")
                tests.append(f"(t{self._count} := {source}) is not None")
            else:
                names.append(source)
        return names, tests

    def _judged(self, nodes: list[Node], write: Callable[[list[str]], str]) -> str:
        names, tests = self._named(nodes)
        return f"({' and '.join([*tests, write(names)])})"

    def _guarded(self, nodes: list[Node], write: Callable[[list[str]], str]) -> str:
        names, tests = self._named(nodes)
        return f"({write(names)} if {' and '.join(tests)} else None)" if tests else f"({write(names)})"

    def _arithmetic(self, node: Arithmetic) -> str:
        operator = node.operator
        if isinstance(node.type, IntegerType):
            return self._guarded([node.left, node.right], lambda names: f"{names[0]} {operator} {names[1]}")
        bound = self._bound("exact", _EXACT[operator])
        return self._guarded([node.left, node.right], lambda names: f"{bound}({names[0]}, {names[1]})")

    def _call(self, node: Call) -> str:
        function = ALL_FUNCTIONS[node.function]
        bound = self._bound(function.name, function.run)
        if not function.strict:
            return f"{bound}({', '.join(map(self.value, node.arguments))})"
        guarded = [one for index, one in enumerate(node.arguments) if index not in function.optional]
        free = [one for index, one in enumerate(node.arguments) if index in function.optional]

        def write(names: list[str]) -> str:
            return f"{bound}({', '.join([*names, *map(self.value, free)])})"

        is_condition = isinstance(node.type, BooleanType)
        return (self._judged if is_condition else self._guarded)(guarded, write)

    def _aggregate(self, node: Aggregate) -> str:
        loops = "".join(
            f" for {frame.name} in ({_frame(frame.base)}[{'.'.join(frame.keys)!r}] or ())"
            for frame in node.loops
            if frame.base is not None
        )
        conditions = "".join(f" if {self.condition(one)}" for one in node.conditions)
        rows = f"{self._element(node)}{loops}{conditions}"
        bound = self._bound(node.function, ROW_FUNCTIONS[node.function].run)
        if node.function == "sum" and not isinstance(node.type, IntegerType):
            return f"{bound}(({rows}), {self._bound('zero', Decimal(0))})"
        if node.function == "avg":
            return f"{bound}(({rows}), {_scale(node)})"
        return f"{bound}({rows})"

    def _element(self, node: Aggregate) -> str:
        if node.element is None:
            return "True"
        if isinstance(node.type, BooleanType):
            return self.condition(node.element)
        return self.value(node.element)


def _scale(node: Aggregate) -> int:
    scale: int = getattr(node.type, "scale", 0)
    return scale


def _frame(frame: Frame | None) -> str:
    if frame is None or frame.kind == "root":
        return "record"
    return f"{_frame(frame.base)}['parent']" if frame.kind == "owner" else frame.name
