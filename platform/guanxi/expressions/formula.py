"""A compiled expression."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from guanxi.errors import N_, Text
from guanxi.expressions.check import Checker
from guanxi.expressions.errors import ExpressionError, ExpressionProblem, Finding
from guanxi.expressions.nodes import Node
from guanxi.expressions.parse import parse
from guanxi.expressions.record import compile_record
from guanxi.expressions.types import (
    STANDARD_VARIABLES,
    BooleanType,
    MoneyType,
    NumberType,
    ReferenceType,
    Shapes,
    Type,
)
from guanxi.expressions.unify import assignable, is_constant

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression that was checked against the shapes and compiled once.

    `reads` are the paths it reads from a record of the entity `root`, `variables` the names it needs besides;
    `tree` is the checked tree that other back ends walk.
    """

    text: str
    root: str
    type: Type
    reads: frozenset[str]
    variables: frozenset[str]
    tree: Node = field(compare=False, repr=False)
    run: Callable[[Record, Mapping[str, object]], object] = field(compare=False, repr=False)

    def evaluate(self, record: Record, variables: Mapping[str, object]) -> object:
        """The value for a record, keyed by path (`record["account.currency"]`); None is missing.

        Raises:
            KeyError: the record lacks a path in `reads`, or a variable in `variables` was not given.
        """
        return self.run(record, variables)

    def holds(self, record: Record, variables: Mapping[str, object]) -> bool:
        """Whether the condition holds for a record; a missing value does not."""
        value = self.run(record, variables)
        return value is not None if isinstance(self.type, ReferenceType) else value is True


def compile_formula(
    text: str,
    shapes: Shapes,
    root: str,
    *,
    expect: Type | tuple[Type, ...] | None = None,
    variables: Mapping[str, Type] = STANDARD_VARIABLES,
) -> Formula:
    """The formula that a text stands for, over records of the entity `root`.

    `expect` is the type wanted, or several that would do; BOOLEAN also takes a reference, which holds when
    it is not missing.

    Raises:
        ExpressionError: the text is no expression over these shapes, or has another type.
        KeyError: `root` or an entity that is led to is not among the shapes.
    """
    syntax = parse(text)
    checker = Checker(text, shapes, root, variables)
    try:
        tree = checker.value(syntax)
        _refuse_type(tree, expect if isinstance(expect, tuple) else (expect,) if expect else ())
    except Finding as found:
        raise ExpressionError(found.problems) from None
    reads, named = frozenset(checker.resolver.reads), frozenset(checker.variables)
    return Formula(text, root, tree.type, reads, named, tree, compile_record(tree))


def _refuse_type(tree: Node, wanted: tuple[Type, ...]) -> None:
    given = tree.type
    if not wanted or any(_does(tree, one) for one in wanted):
        return
    hint: Text | None = None
    if isinstance(given, NumberType | MoneyType) and any(type(one) is type(given) for one in wanted):
        scale = max(one.scale for one in wanted if isinstance(one, NumberType | MoneyType))
        if given.scale > scale:
            hint = N_(
                "It may have {scale} decimals: write round(..., {most}).", scale=given.scale, most=scale
            )
        else:
            hint = N_("Amounts of two currencies; convert one first.")
    elif BooleanType() in wanted:
        hint = N_("Ask not missing(...), or compare.")
    elif any(isinstance(one, NumberType) and one.scale == 0 for one in wanted) and isinstance(
        given, NumberType
    ):
        hint = N_("Write round(...) or floor(...) for a whole number.")
    names = wanted[-1].label
    for one in reversed(wanted[:-1]):
        names = N_("{one} or {other}", one=one.label, other=names)
    problem = ExpressionProblem(
        "type",
        N_("A {wanted} is wanted here, and this is a {given}.", wanted=names, given=given.label),
        hint,
        tree.offset,
    )
    raise Finding(problem)


def _does(tree: Node, wanted: Type) -> bool:
    if isinstance(wanted, BooleanType) and isinstance(tree.type, ReferenceType):
        return True
    if isinstance(wanted, MoneyType) and isinstance(tree.type, NumberType) and is_constant(tree):
        return tree.type.scale <= wanted.scale
    return assignable(tree.type, wanted)
