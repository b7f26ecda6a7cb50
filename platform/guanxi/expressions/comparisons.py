"""Comparisons: what may be compared with what, and what may stand behind `in`."""

import ast
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from guanxi.errors import N_
from guanxi.expressions import unify
from guanxi.expressions.any_references import compare_any
from guanxi.expressions.errors import did_you_mean, finding
from guanxi.expressions.nodes import Call, Compare, Comparison, Literal, Negate, Node, Not, Within
from guanxi.expressions.resolve import Span
from guanxi.expressions.types import (
    BOOLEAN,
    AnyReferenceType,
    BooleanType,
    CollectionType,
    OptionsType,
    ReferenceType,
    TextType,
    Type,
)

if TYPE_CHECKING:
    from guanxi.expressions.check import Checker

COMPARISONS: Mapping[type[ast.cmpop], Comparison] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


def check_comparison(checker: "Checker", node: ast.Compare, span: Span) -> Node:
    """The node of a comparison, `in` among them.

    Raises:
        Finding: it does not hold.
    """
    operator, right = node.ops[0], node.comparators[0]
    if isinstance(operator, ast.In | ast.NotIn):
        return _within(checker, node, span)
    sides = checker.each([node.left, right])
    found = compare_any(sides, COMPARISONS[type(operator)], span, checker.resolver)
    if found is not None:
        return found
    (left_node, right_node), shared = unify.unify(sides)
    ordering = not isinstance(operator, ast.Eq | ast.NotEq)
    if isinstance(shared, CollectionType) or (
        ordering and isinstance(shared, BooleanType | ReferenceType | AnyReferenceType | OptionsType)
    ):
        raise finding(
            "order",
            N_("A {type} has no order.", type=shared.label),
            N_("Compare with == or !=."),
            span.offset,
        )
    _refuse_unknown_options(shared, (left_node, right_node))
    return Compare(BOOLEAN, span.offset, span.end, COMPARISONS[type(operator)], left_node, right_node)


def _within(checker: "Checker", node: ast.Compare, span: Span) -> Node:
    listed = node.comparators[0]
    if isinstance(listed, ast.Name | ast.Attribute):
        return _chosen(checker, node, span)
    if not isinstance(listed, ast.List | ast.Tuple | ast.Set) or not listed.elts:
        hint = N_("Write status in ('draft', 'waiting').")
        raise finding(
            "list", N_("Behind `in` stands a list of constants."), hint, checker.span(listed).offset
        )
    operand, *values = checker.each([node.left, *listed.elts])
    adapted, shared = unify.unify([operand, *values])
    _refuse_unknown_options(shared, adapted)
    constants = []
    for value in adapted[1:]:
        sign = -1 if isinstance(value, Negate) else 1
        literal = value.operand if isinstance(value, Negate) else value
        if not isinstance(literal, Literal):
            raise finding(
                "list",
                N_("Behind `in` stand constants only."),
                N_("Join conditions with `or`."),
                value.offset,
            )
        constants.append(-literal.value if sign < 0 else literal.value)  # type: ignore[operator]
    negated = isinstance(node.ops[0], ast.NotIn)
    return Within(BOOLEAN, span.offset, span.end, adapted[0], tuple(constants), negated)


def _chosen(checker: "Checker", node: ast.Compare, span: Span) -> Node:
    """`'email' in channels`: whether an option is among those that are chosen."""
    option, chosen = checker.each([node.left, node.comparators[0]])
    if not isinstance(chosen.type, OptionsType):
        hint = N_("Write status in ('draft', 'waiting').")
        raise finding("list", N_("Behind `in` stands a list of constants."), hint, chosen.offset)
    if not isinstance(option.type, TextType):
        message = N_("A {type} is no option.", type=option.type.label)
        raise finding("type", message, N_("Write 'option' in the field."), option.offset)
    _refuse_unknown_options(TextType(chosen.type.options), (option,))
    call = Call(BOOLEAN, span.offset, span.end, "chosen", (option, chosen))
    return Not(BOOLEAN, span.offset, span.end, call) if isinstance(node.ops[0], ast.NotIn) else call


def _refuse_unknown_options(shared: Type, nodes: Iterable[Node]) -> None:
    options = shared.options if isinstance(shared, TextType) else None
    for node in nodes if options is not None else ():
        if isinstance(node, Literal) and node.value not in (options or ()):
            hint = did_you_mean(
                str(node.value),
                options or (),
                N_("It is one of: {names}.", names=", ".join(options or ())),
            )
            raise finding(
                "unknown_option",
                N_("'{value}' is none of the choices.", value=node.value),
                hint,
                node.offset,
            )
