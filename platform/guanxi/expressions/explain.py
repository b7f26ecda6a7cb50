"""The explain back end: simpleeval's interpreter, which remembers the value of every part of an expression.

Slow beside the record back end, and of one mind with it. It takes a checked formula and nothing else; of
what simpleeval brings, only the forms of checked trees are left: no attribute, no subscript, no function that
is not registered, no name that is not a member or a variable.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simpleeval import NameNotDefined, SimpleEval

from guanxi.expressions import exact
from guanxi.expressions.explain_tree import VARIABLES, IsThere, IsTrue, RowsOf, Script, write_script, written
from guanxi.expressions.formula import Formula, Record
from guanxi.expressions.functions import ALL_FUNCTIONS, ROW_FUNCTIONS, Function
from guanxi.expressions.nodes import Aggregate, Frame, Literal, Member, Node, walk
from guanxi.expressions.types import ReferenceType, Type

MOST_ROWS = 20
"""Rows whose values are kept; the others are counted."""


@dataclass(frozen=True, slots=True)
class Each:
    """The values of a part that is worked out for every row: the first of them, and how many `more`."""

    values: tuple[object, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an expression as it is written, and its value (an `Each` inside an aggregate).

    `offset` counts the characters before it, `depth` the parts around it; `reads` are the paths of the record
    that the value depends on.
    """

    text: str
    value: object
    offset: int
    depth: int
    type: Type
    reads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The value of an expression, and those of its parts, inner before outer; constants are left out.

    The branch of a choice that was not taken has no value and no step.
    """

    formula: Formula
    value: object
    steps: tuple[Step, ...]
    found: Mapping[int, object] = field(repr=False, compare=False)
    """The values by identity of the checked node, for whoever walks the tree."""

    @property
    def holds(self) -> bool:
        """Whether the expression, as a condition, holds."""
        return self.value is not None if isinstance(self.formula.type, ReferenceType) else self.value is True


def explain(formula: Formula, record: Record, variables: Mapping[str, object]) -> Explanation:
    """The value of a formula for a record, as `Formula.evaluate` gives it, with the values of all its parts.

    Raises:
        KeyError: the record lacks a path in `formula.reads`, or a variable was not given.
    """
    script = write_script(formula.tree)
    interpreter = _Interpreter(script, record, variables)
    try:
        value = interpreter.eval(formula.text, previously_parsed=script.root)
    except NameNotDefined as unknown:
        raise KeyError(unknown.name.rpartition(":")[2]) from None
    steps = tuple(_steps(formula, formula.tree, interpreter.found, 0))
    return Explanation(formula, value, steps, interpreter.found)


class _Interpreter(SimpleEval):  # type: ignore[misc]
    """Interprets a script; `found` are the values by identity of the checked node."""

    def __init__(self, script: Script, record: Record, variables: Mapping[str, object]) -> None:
        names = _Names(script.frames, record, variables)
        super().__init__(operators=_OPERATORS, functions=_FUNCTIONS, names=names)
        self.found: dict[int, object] = {}
        self._script = script
        self._rows_around = 0
        self.nodes: dict[type[ast.AST], Callable[[Any], Any]] = {
            ast.Constant: self._eval_constant,
            ast.Name: self._eval_name,
            ast.UnaryOp: self._eval_unaryop,
            ast.BinOp: self._eval_binop,
            ast.BoolOp: self._eval_boolop,
            ast.Compare: self._eval_compare,
            ast.IfExp: self._eval_ifexp,
            ast.Call: self._eval_call,
            RowsOf: self._eval_rows,
        }

    def _eval(self, node: ast.AST) -> Any:
        value = super()._eval(node)
        checked = self._script.nodes.get(node)  # type: ignore[call-overload]
        if checked is not None:
            self._remember(checked, value)
        return value

    def _eval_boolop(self, node: ast.BoolOp) -> bool:
        # All of them, also when the first decides: whoever asks why wants to see the others.
        held = [self._eval(one) for one in node.values]
        return all(held) if isinstance(node.op, ast.And) else any(held)

    def _eval_rows(self, node: RowsOf) -> list[Any]:
        self._rows_around += 1
        try:
            return list(self._values(node))
        finally:
            self._rows_around -= 1

    def _values(self, node: RowsOf) -> Iterator[Any]:
        for _ in self.names.rows(node.aggregate.loops):
            held = [self._eval(one) for one in node.conditions]
            if all(held):
                yield self._eval(node.element)

    def _remember(self, node: Node, value: object) -> None:
        if not self._rows_around:
            self.found[id(node)] = value
            return
        before = self.found.get(id(node))
        each = before if isinstance(before, Each) else Each(())
        is_full = len(each.values) == MOST_ROWS
        self.found[id(node)] = Each(each.values, each.more + 1) if is_full else Each((*each.values, value))


class _Names:
    """Members of the frames and variables by name; the rows gone through are among the frames."""

    def __init__(self, frames: Mapping[str, Frame], record: Record, variables: Mapping[str, object]) -> None:
        self._frames = frames
        self._record = record
        self._variables = variables
        self._rows: dict[str, Record] = {}

    def __getitem__(self, name: str) -> object:
        start, _, rest = name.partition(":")
        if start != VARIABLES:
            return self._holder(self._frames[start])[rest]
        # As everywhere, only a workspace outside UTC gives a zone.
        return self._variables.get("zone", "UTC") if rest == "zone" else self._variables[rest]

    def rows(self, loops: tuple[Frame, ...]) -> Iterator[None]:
        """Goes through the rows of nested loops."""
        if not loops:
            yield
            return
        frame, *inner = loops
        members: Any = self._holder(frame.base)[".".join(frame.keys)]
        for row in members or ():
            self._rows[frame.name] = row
            yield from self.rows(tuple(inner))

    def _holder(self, frame: Frame | None) -> Record:
        if frame is None or frame.kind == "root":
            return self._record
        if frame.kind == "row":
            return self._rows[frame.name]
        owner: Any = self._holder(frame.base)["parent"]
        return owner  # type: ignore[no-any-return]


def _steps(formula: Formula, node: Node, found: Mapping[int, object], depth: int) -> Iterator[Step]:
    for part in written(node):
        yield from _steps(formula, part, found, depth + 1)
    if id(node) in found and not isinstance(node, Literal):
        text = formula.text[node.offset : node.end]
        yield Step(text, found[id(node)], node.offset, depth, node.type, paths_read(node))


def paths_read(node: Node) -> frozenset[str]:
    """The paths of the record that the value of a node depends on."""
    read = set()
    for part in walk(node):
        if isinstance(part, Member):
            read.add(".".join((*part.frame.path, *part.keys)))
        elif isinstance(part, Aggregate):
            read |= {".".join(frame.path) for frame in part.loops}
    return frozenset(read)


def _there(work: Callable[[Any, Any], Any], otherwise: object) -> Callable[[Any, Any], Any]:
    return lambda left, right: otherwise if left is None or right is None else work(left, right)


def _guarded(function: Function) -> Callable[..., Any]:
    if not function.strict:
        return function.run

    def run(*arguments: Any) -> Any:
        needed = [one for index, one in enumerate(arguments) if index not in function.optional]
        return None if None in needed else function.run(*arguments)

    return run


def _shift(number: Any, places: int) -> Any:
    return None if number is None else exact.shift(number, places)


_OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Eq: _there(operator.eq, otherwise=False),
    ast.NotEq: _there(operator.ne, otherwise=False),
    ast.Lt: _there(operator.lt, otherwise=False),
    ast.LtE: _there(operator.le, otherwise=False),
    ast.Gt: _there(operator.gt, otherwise=False),
    ast.GtE: _there(operator.ge, otherwise=False),
    ast.In: _there(lambda value, listed: value in listed, otherwise=False),
    ast.NotIn: _there(lambda value, listed: value not in listed, otherwise=False),
    ast.Add: _there(operator.add, None),
    ast.Sub: _there(operator.sub, None),
    ast.Mult: _there(operator.mul, None),
    ast.Not: operator.not_,
    IsTrue: lambda value: value is True,
    IsThere: lambda value: value is not None,
}

_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: _guarded(function) for name, function in ALL_FUNCTIONS.items()},
    "shift": _shift,
    **{f"rows:{name}": function.run for name, function in ROW_FUNCTIONS.items()},
}
