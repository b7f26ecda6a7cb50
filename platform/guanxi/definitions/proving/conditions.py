"""Conditions of a process as boxes: whether they can hold together, and for which values.

What a condition compares with constants is an input, as of a decision table; what is not understood is taken
for a fact that may be so or not. So more is taken for possible than is: what is said to be impossible is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.definitions.decisions.boxes import Box, Space, TooManyBoxes, common, space_of, uncovered
from guanxi.definitions.decisions.cells import Among, Cell, Except, Missing, Range
from guanxi.definitions.decisions.measures import Measure
from guanxi.definitions.decisions.model import Decision, Input, Row
from guanxi.expressions import Formula
from guanxi.expressions.nodes import (
    Both,
    Call,
    Compare,
    Either,
    Literal,
    Member,
    Node,
    Not,
    Variable,
    Within,
    may_be_missing,
)
from guanxi.expressions.types import (
    BooleanType,
    DatetimeType,
    DateType,
    IntegerType,
    MoneyType,
    NumberType,
    TextType,
    Type,
)

MOST_BOXES = 500
SO: Cell = Among(frozenset({True}))
Ends = Mapping[str, tuple[str, ...]]
"""How steps can end, by the variable that tells it (`outcome:legal`)."""

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


@dataclass(slots=True)
class Conditions:
    """The inputs of a set of conditions, gathered while they are read."""

    ends: Ends
    labels: Mapping[str, Any]
    inputs: dict[str, Input] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    leaves: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def read(self, formula: Formula) -> None:
        """Take a condition into the space."""
        self._read(formula.tree, formula)

    def _read(self, node: Node, formula: Formula) -> None:
        match node:
            case Both(operands=many) | Either(operands=many):
                for one in many:
                    self._read(one, formula)
            case Not(operand=one):
                self._read(one, formula)
            case Literal(value=bool()):
                return
            case _:
                self._leaf(node, formula)

    def _leaf(self, node: Node, formula: Formula) -> None:
        term, cell = _compared(node) or (node, SO)
        measure = _measure(term.type)
        if measure is None or (measure.type == "boolean" and term is node):
            term, cell, measure, required = node, SO, Measure("boolean"), not isinstance(node, Member)
        else:
            required = not may_be_missing(term)
        text = " ".join(formula.text[term.offset : term.end].split())
        if isinstance(term, Variable):
            text = term.name
            if text in self.ends:
                measure = Measure("select", values=self.ends[text])
        name = f"{measure.type}:{text}"
        if name not in self.inputs:
            label = self.labels.get(text) or {"en": text}
            self.inputs[name] = Input(name=name, label=label, measure=measure, required=required)
        place = list(self.inputs).index(name)
        self.leaves[formula.text, node.offset, node.end] = len(self.rows)
        self.rows.append(Row(name="", label={}, cells=((place, cell),), then={}))

    def table(self) -> Decision:
        """The conditions as the rows of a table, to be asked like one."""
        return Decision(
            name="",
            label={},
            of=None,
            inputs=tuple(self.inputs.values()),
            outputs=(),
            hit="any",
            rows=tuple(self.rows),
        )

    def boxes(self, space: Space, formula: Formula) -> list[Box]:
        """Where a condition holds.

        Raises:
            TooManyBoxes: it takes too long to say.
        """
        return self._boxes(space, formula.tree, formula)

    def _boxes(self, space: Space, node: Node, formula: Formula) -> list[Box]:
        match node:
            case Both(operands=many):
                found = [space.whole]
                for one in many:
                    found = both(found, self._boxes(space, one, formula))
                return found
            case Either(operands=many):
                return [box for one in many for box in self._boxes(space, one, formula)]
            case Not(operand=one):
                return without([space.whole], self._boxes(space, one, formula))
            case Literal(value=bool() as value):
                return [space.whole] if value else []
            case _:
                box = space.rows[self.leaves[formula.text, node.offset, node.end]]
                return [box] if all(box) else []


def both(some: Sequence[Box], others: Sequence[Box]) -> list[Box]:
    """What two sets of boxes share.

    Raises:
        TooManyBoxes: there are too many.
    """
    found = dict.fromkeys(box for one in some for other in others if (box := common(one, other)))
    if len(found) > MOST_BOXES:
        raise TooManyBoxes
    return list(found)


def without(some: Sequence[Box], others: Sequence[Box]) -> list[Box]:
    """What of a set of boxes the others leave.

    Raises:
        TooManyBoxes: there are too many.
    """
    found = [part for one in some for part in uncovered(one, others)]
    if len(found) > MOST_BOXES:
        raise TooManyBoxes
    return found


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of conditions: all of `holds`, and none of `fails`."""

    holds: tuple[Formula, ...] = ()
    fails: tuple[Formula, ...] = ()

    def possible(self, ends: Ends, labels: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Values that answer it, by input; None where there are none.

        Raises:
            TooManyBoxes: it could not be settled.
        """
        conditions, found = read_all((*self.holds, *self.fails), ends, labels)
        table = conditions.table()
        space = space_of(table)
        found = [space.whole] if all(space.whole) else []
        for one in self.holds:
            found = both(found, conditions.boxes(space, one))
        for one in self.fails:
            found = without(found, conditions.boxes(space, one))
        if not found:
            return None
        return dict(zip((one.name for one in table.inputs), space.point(found[0]), strict=True))


def read_all(
    formulas: Iterable[Formula], ends: Ends, labels: Mapping[str, Any]
) -> tuple[Conditions, list[Box]]:
    """The conditions with their common inputs, and room for what is found."""
    conditions = Conditions(ends, labels)
    for one in formulas:
        conditions.read(one)
    return conditions, []


def _compared(node: Node) -> tuple[Node, Cell] | None:
    """The term that a comparison with a constant is about, and where it holds."""
    match node:
        case Compare(operator=operator, left=left, right=Literal(value=value)) if not isinstance(
            left, Literal
        ):
            return left, _cell(operator, value)
        case Compare(operator=operator, left=Literal(value=value), right=right) if not isinstance(
            right, Literal
        ):
            return right, _cell(_TURNED[operator], value)
        case Within(operand=operand, values=values, negated=negated):
            among = Among(frozenset(values))
            return operand, Except(among) if negated else among
        case Call(function="missing", arguments=(one,)):
            return one, Missing()
        case _:
            return None


def _cell(operator: str, value: Any) -> Cell:
    match operator:
        case "==":
            return Among(frozenset({value}))
        case "!=":
            return Except(Among(frozenset({value})))
        case "<" | "<=":
            return Range(high=value, open_high=operator == "<")
        case _:
            return Range(low=value, open_low=operator == ">")


def _measure(kind: Type) -> Measure | None:
    """How the values of a term are ordered; None where it is not known."""
    match kind:
        case IntegerType():
            return Measure("integer")
        case NumberType(scale=scale) | MoneyType(scale=scale):
            return Measure("decimal", scale)
        case TextType(options=options):
            return Measure("select", values=options) if options else Measure("text")
        case BooleanType():
            return Measure("boolean")
        case DateType():
            return Measure("date")
        case DatetimeType():
            return Measure("datetime")
        case _:
            return None
