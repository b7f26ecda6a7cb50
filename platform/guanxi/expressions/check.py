"""From a syntax tree to a checked tree: names are resolved, types hold, constants are exact."""

import ast
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

from guanxi.errors import N_
from guanxi.expressions import unify
from guanxi.expressions.aggregates import check_aggregate
from guanxi.expressions.comparisons import check_comparison
from guanxi.expressions.errors import ExpressionProblem, Finding, did_you_mean, finding
from guanxi.expressions.functions import FUNCTIONS, ROW_FUNCTIONS
from guanxi.expressions.nodes import (
    Both,
    Call,
    Choose,
    Either,
    Frame,
    Literal,
    Negate,
    Node,
    Not,
    Variable,
)
from guanxi.expressions.operators import Operation, combine
from guanxi.expressions.parse import dotted, end_of, offset_of, segment
from guanxi.expressions.resolve import Collection, Path, Place, Resolver, Span, start
from guanxi.expressions.signatures import Site
from guanxi.expressions.steps import STEP_FUNCTIONS, step_variable, steps_asked
from guanxi.expressions.types import (
    BOOLEAN,
    INTEGER,
    TEXT,
    BooleanType,
    DecimalType,
    MoneyType,
    NumberType,
    ReferenceType,
    Shapes,
    Type,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

THIS = "this"


class Checker:
    """Checks one expression; `resolver.reads` and `variables` tell what it needs when it is done."""

    def __init__(self, text: str, shapes: Shapes, root: str, variables: Mapping[str, Type]) -> None:
        self.text = text
        self.resolver = Resolver(shapes)
        self.root = Frame("root", "record", root)
        self.known_variables = variables
        self.variables: set[str] = set()
        self.rows: dict[str, Place] = {}
        self._row_count = 0

    def span(self, node: ast.AST) -> Span:
        """The characters of the text that a node stands for."""
        return Span(offset_of(node, self.text), end_of(node, self.text))

    def each(self, nodes: Iterable[ast.expr]) -> tuple[Node, ...]:
        """The checked nodes, or one finding with the problems of all of them."""
        return self.gather([lambda node=node: self.value(node) for node in nodes])  # type: ignore[misc]

    def gather(self, checks: Iterable[Callable[[], Node]]) -> tuple[Node, ...]:
        """The results of several checks, or one finding with the problems of all of them."""
        found: list[Node] = []
        problems: list[ExpressionProblem] = []
        for check in checks:
            try:
                found.append(check())
            except Finding as refused:
                problems += refused.problems
        if problems:
            raise Finding(*problems)
        return tuple(found)

    def value(self, node: ast.expr) -> Node:
        """A node as a value.

        Raises:
            Finding: it does not hold.
        """
        checked = self._checked(node)
        for part in (checked,) if isinstance(checked, Variable) else ():
            self.variables.add(part.name)
        return checked

    def condition(self, node: ast.expr) -> Node:
        """A node as a condition: yes or no, or a reference (which holds when it is not missing)."""
        path = self.path(node)
        if isinstance(path, Collection):
            hint = N_("Write count({name}) > 0.", name=path.name)
            raise finding(
                "condition", N_("{name} is no condition.", name=path.name), hint, self.span(node).offset
            )
        checked = self.value(node)
        if not isinstance(checked.type, BooleanType | ReferenceType):
            written = segment(node, self.text)
            hint = (
                N_("Write not missing({written}).", written=written)
                if len(written) <= 40
                else N_("Ask not missing(...).")
            )
            message = N_(
                "A condition is yes or no; {written} is a {type}.",
                written=written[:40],
                type=checked.type.label,
            )
            raise finding("condition", message, hint, checked.offset)
        return checked

    def _checked(self, node: ast.expr) -> Node:
        span = self.span(node)
        match node:
            case ast.Constant():
                return self._constant(node, span)
            case ast.Name() | ast.Attribute():
                return self._path_value(node, span)
            case ast.BoolOp(op=op, values=values):
                parts = self.gather([lambda part=part: self.condition(part) for part in values])  # type: ignore[misc]
                kind = Both if isinstance(op, ast.And) else Either
                return kind(BOOLEAN, span.offset, span.end, parts)
            case ast.UnaryOp():
                return self._unary(node, span)
            case ast.BinOp(left=left, op=op, right=right):
                first, second = self.each([left, right])
                return combine(op, Operation(first, second, span), segment(node, self.text))
            case ast.Compare():
                return check_comparison(self, node, span)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                chosen = self.gather(
                    [lambda: self.condition(test), lambda: self.value(body), lambda: self.value(orelse)]
                )
                (then, otherwise), type_ = unify.unify(chosen[1:])
                return Choose(type_, span.offset, span.end, chosen[0], then, otherwise)
            case ast.Call():
                return self._call(node, span)
            case ast.GeneratorExp():
                raise finding(
                    "generator", N_("Rows are only read by an aggregate."), N_("Write sum(...)."), span.offset
                )
            case _:
                raise finding("list", N_("A list stands only behind `in`."), None, span.offset)

    def _constant(self, node: ast.Constant, span: Span) -> Node:
        match node.value:
            case bool():
                return Literal(BOOLEAN, span.offset, span.end, node.value)
            case str():
                return Literal(TEXT, span.offset, span.end, node.value)
        written = segment(node, self.text)
        if "." not in written:
            return Literal(INTEGER, span.offset, span.end, int(written))
        exact = Decimal(written)
        return Literal(DecimalType(len(written.partition(".")[2])), span.offset, span.end, exact)

    def path(self, node: ast.expr) -> Place | Collection | Node | None:
        """What a name with dots stands for: a record, records, a value; None if it is no such name."""
        names = dotted(node)
        return self._follow([(name, self.span(part)) for name, part in names]) if names else None

    def _path_value(self, node: ast.expr, span: Span) -> Node:
        found = self.path(node)
        if isinstance(found, Collection):
            hint = N_("Use an aggregate, such as count({path}).", path=found.path)
            raise finding(
                "rows", N_("{name} is many records, not a value.", name=found.name), hint, span.offset
            )
        if isinstance(found, Place):
            return self.resolver.identity(found, span)
        if found is None:
            raise finding("no_members", N_("Only names have members."), None, span.offset)
        return found

    def _unary(self, node: ast.UnaryOp, span: Span) -> Node:
        if isinstance(node.op, ast.Not):
            return Not(BOOLEAN, span.offset, span.end, self.condition(node.operand))
        operand = self.value(node.operand)
        if not isinstance(operand.type, NumberType | MoneyType):
            raise finding(
                "operands", N_("A {type} has no negative.", type=operand.type.label), None, span.offset
            )
        type_: Type = operand.type
        if isinstance(type_, DecimalType):
            type_ = DecimalType(type_.scale)
        return Negate(type_, span.offset, span.end, operand)

    def _call(self, node: ast.Call, span: Span) -> Node:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in STEP_FUNCTIONS and steps_asked(name, self.known_variables):
            return self._of_step(name, node, span)
        if name not in FUNCTIONS and name not in ROW_FUNCTIONS:
            hint = did_you_mean(name, [*FUNCTIONS, *ROW_FUNCTIONS])
            raise finding(
                "unknown_function", N_("There is no function '{name}'.", name=name), hint, span.offset
            )
        if name in ROW_FUNCTIONS and (len(node.args) == 1 or name not in FUNCTIONS):
            return check_aggregate(self, node, span)
        function = FUNCTIONS[name]
        if not function.least <= len(node.args) <= function.most:
            raise finding(
                "arguments",
                N_("{name} takes other arguments.", name=name),
                N_("Write {usage}.", usage=function.usage),
                span.offset,
            )
        site = Site(
            name, function.usage, self.each(node.args), span, lambda unit: self.resolver.currency(unit, span)
        )
        checked = function.rule(site)
        self.variables.update(part.name for part in checked.arguments if isinstance(part, Variable))
        return Call(checked.type, span.offset, span.end, checked.variant or name, checked.arguments)

    def _of_step(self, name: str, node: ast.Call, span: Span) -> Node:
        """A function that takes the name of a step of the process."""
        match node.args:
            case [ast.Constant(value=str() as step)]:
                variable = step_variable(name, step)
            case _:
                usage = N_("Write {usage}.", usage=f"{name}('...')")
                raise finding(
                    "arguments", N_("{name} takes the name of a step.", name=name), usage, span.offset
                )
        if variable not in self.known_variables:
            hint = did_you_mean(step, steps_asked(name, self.known_variables))
            raise finding("step", N_("No step '{name}' can be asked here.", name=step), hint, span.offset)
        return Variable(self.known_variables[variable], span.offset, span.end, variable)

    def beginning(self, names: Path) -> tuple[Place, Path]:
        """Where a path begins: at a row, at the record (`this`), or with a member of the record."""
        name = names[0][0]
        if name in self.rows:
            return self.rows[name], names[1:]
        return start(self.root), names[1:] if name == THIS else names

    def _follow(self, names: Path) -> Place | Collection | Node:
        place, rest = self.beginning(names)
        if not rest:
            return place
        if place == start(self.root) and len(rest) == len(names) and not self.resolver.has(place, rest[0][0]):
            found = self._variable(*rest[0])
            if len(rest) == 1:
                return found
            raise finding(
                "no_members", N_("{name} has no members.", name=rest[0][0]), None, rest[1][1].offset
            )
        return self.resolver.follow(place, rest)

    def _variable(self, name: str, span: Span) -> Node:
        if name in self.known_variables:
            return Variable(self.known_variables[name], span.offset, span.end, name)
        shape = self.resolver.shape(self.root.entity)
        known = [*shape.members, *self.known_variables, *self.rows, THIS]
        hint = did_you_mean(name, known, N_("Functions are called: f(...).") if name in FUNCTIONS else None)
        raise finding(
            "unknown_name",
            N_("{entity} has no '{name}'.", entity=self.root.entity, name=name),
            hint,
            span.offset,
        )

    @contextmanager
    def row(self, name: str, place: Place, span: Span) -> "Iterator[None]":
        """Makes the row of a generator known by its name while its parts are checked."""
        taken = {THIS, *self.rows, *self.known_variables, *self.resolver.shape(self.root.entity).members}
        if name in taken:
            raise finding(
                "row_name",
                N_("'{name}' already means something here.", name=name),
                N_("Choose another name."),
                span.offset,
            )
        self.rows[name] = place
        try:
            yield
        finally:
            del self.rows[name]

    def next_row_name(self) -> str:
        """A name for the next row frame, unique within the expression."""
        self._row_count += 1
        return f"row{self._row_count}"
