"""Aggregates: `max(lines.discount)` and `sum(l.amount for l in lines if l.quantity > 0)` become loops."""

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanxi.errors import N_
from guanxi.expressions.errors import finding
from guanxi.expressions.functions import ROW_FUNCTIONS, RowFunction
from guanxi.expressions.nodes import Aggregate, Call, Frame, Node
from guanxi.expressions.parse import dotted
from guanxi.expressions.resolve import Collection, Place, Span, start
from guanxi.expressions.signatures import Site
from guanxi.expressions.types import INTEGER, BooleanType, OptionsType, ReferenceType, Type

if TYPE_CHECKING:
    from guanxi.expressions.check import Checker

MAX_NESTED = 4
"""Collections that may be gone through within one another: the cost is the product of their sizes."""

CONDITIONAL = frozenset({"any", "all"})


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows reached by nested loops, what is taken of each (None: the row itself), and which count.

    `place` is the record that a row stands for: itself, or what a link leads to.
    """

    loops: tuple[Frame, ...]
    place: Place
    element: Node | None
    conditions: tuple[Node, ...] = ()


def check_aggregate(checker: "Checker", node: ast.Call, span: Span) -> Node:
    """The node of an aggregate.

    Raises:
        Finding: it does not hold.
    """
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    function = ROW_FUNCTIONS[name]
    if len(node.args) != 1:
        raise finding(
            "arguments",
            N_("{name} takes other arguments.", name=name),
            N_("Write {usage}.", usage=function.usage),
            span.offset,
        )
    argument = node.args[0]
    rows = (
        _generator(checker, argument, name)
        if isinstance(argument, ast.GeneratorExp)
        else _path(checker, argument)
    )
    if rows is None and name == "count" and isinstance(argument, ast.Name | ast.Attribute):
        chosen = checker.value(argument)
        if isinstance(chosen.type, OptionsType):
            return Call(INTEGER, span.offset, span.end, "count_chosen", (chosen,))
    if rows is None:
        raise finding(
            "rows",
            N_("{name} goes over records.", name=name),
            N_("Write {usage}.", usage=function.usage),
            span.offset,
        )
    if len(checker.rows) + len(rows.loops) > MAX_NESTED:
        message = N_("More than {most} collections within one another cost too much.", most=MAX_NESTED)
        raise finding("cost", message, N_("Keep a total on the records in between."), span.offset)
    type_ = _result(function, rows.element, span)
    return Aggregate(type_, span.offset, span.end, name, rows.loops, rows.conditions, rows.element)


def _result(function: RowFunction, element: Node | None, span: Span) -> Type:
    if element is None:
        if function.name == "count":
            return INTEGER
        message = N_("{name} needs a value of each record.", name=function.name)
        raise finding("element", message, N_("Write {usage}.", usage=function.usage), span.offset)
    if function.name in CONDITIONAL and not isinstance(element.type, BooleanType | ReferenceType):
        message = N_("{name} needs a condition, not a {type}.", name=function.name, type=element.type.label)
        raise finding("element", message, N_("Write {usage}.", usage=function.usage), element.offset)

    def no_currency(unit: str) -> Node:
        raise ValueError(f"An aggregate asks for no currency ({unit}).")

    return function.rule(Site(function.name, function.usage, (element,), span, no_currency)).type


def _generator(checker: "Checker", node: ast.GeneratorExp, name: str) -> _Rows:
    part = node.generators[0]
    span = checker.span(part.iter)
    source = _path(checker, part.iter)
    if source is None or source.element is not None:
        raise finding(
            "rows", N_("A generator goes over records."), N_("Write `for l in lines`."), span.offset
        )
    if not isinstance(part.target, ast.Name):
        raise finding(
            "generator", N_("A generator has one name."), N_("Write `for l in lines`."), span.offset
        )
    row = part.target.id
    with checker.row(row, source.place, checker.span(part.target)):
        is_row = isinstance(node.elt, ast.Name) and node.elt.id == row
        take = checker.condition if name in CONDITIONAL else checker.value
        checks = [] if is_row else [lambda: take(node.elt)]
        checks += [lambda condition=condition: checker.condition(condition) for condition in part.ifs]  # type: ignore[misc]
        found = checker.gather(checks)
    if is_row:
        return _Rows(source.loops, source.place, None, found)
    return _Rows(source.loops, source.place, found[0], found[1:])


def _path(checker: "Checker", node: ast.expr) -> _Rows | None:
    """Follows a path through collections; None if it passes none."""
    names = [(name, checker.span(part)) for name, part in dotted(node)]
    if not names:
        return None
    place, names = checker.beginning(names)
    loops: list[Frame] = []
    for index, (name, span) in enumerate(names):
        is_last = index == len(names) - 1
        collection = checker.resolver.collection(place, name, span)
        if collection is not None:
            loops.append(_loop(checker, collection))
            place = _meant(checker, loops[-1], collection, span)
        elif not is_last:
            place = checker.resolver.enter(place, name, span)
        elif loops:
            element = checker.resolver.member(place, name, span)
            return _Rows(tuple(loops), place, element) if isinstance(element, Node) else None
    return _Rows(tuple(loops), place, None) if loops else None


def _meant(checker: "Checker", row: Frame, collection: Collection, span: Span) -> Place:
    """The record that a row stands for: itself, or the one that it links to."""
    through = collection.type.through
    return start(row) if through is None else checker.resolver.enter(start(row), through, span)


def _loop(checker: "Checker", collection: Collection) -> Frame:
    place: Place = collection.place
    keys = (*place.keys, collection.name)
    checker.resolver.reads.add(collection.path)
    frame_name = checker.next_row_name()
    return Frame("row", frame_name, collection.type.entity, place.frame, keys, collection.type.via)
