"""Whether values of inputs that depend on each other can occur together.

Two inputs such as `total` and `total - discount` do not take all pairs of values. Where both are sums and
products of numbers of the record, z3 (the extra `proof`) settles it; without it, or for anything else, the
answer is that it is not known.
"""

import importlib
from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any

from guanxi.definitions.decisions.boxes import Box, Space
from guanxi.definitions.decisions.model import Decision, Input
from guanxi.expressions.exact import round_half_away
from guanxi.expressions.nodes import Arithmetic, Literal, Member, Negate, Node
from guanxi.expressions.types import MoneyType, NumberType

MILLISECONDS = 200
"""How long one question may take."""


def dependent(table: Decision) -> bool:
    """Whether two inputs read the same, so that not all of their values go together."""
    sources = [_leaves(source.reads) for one in table.inputs if (source := one.formula or one.table)]
    return any(one & other for one, other in combinations(sources, 2))


def _leaves(reads: frozenset[str]) -> frozenset[str]:
    """The paths without the collections that they lead through: two aggregates may well differ."""
    return frozenset(one for one in reads if not any(other.startswith(f"{one}.") for other in reads))


class Occurrence:
    """Asks which boxes of a table can occur."""

    def __init__(self, table: Decision) -> None:
        self._table = table
        self._z3 = _library()

    def within(self, space: Space, box: Box) -> tuple[bool | None, Mapping[str, Any] | None]:
        """Whether some record has all inputs within a box (None: not known), and the inputs it has."""
        if self._z3 is None:
            return None, None
        question = _Question(self._z3)
        for at, (one, part) in enumerate(zip(self._table.inputs, box, strict=True)):
            if not question.take(one, space, at, part):
                return None, None
        return question.answer(self._table)


class _Question:
    """One question to z3: which record lies in a box."""

    def __init__(self, z3: Any) -> None:
        self._z3 = z3
        self._solver = z3.Solver()
        self._solver.set("timeout", MILLISECONDS)
        self._members: dict[str, tuple[Any, Any]] = {}
        self._values: dict[str, tuple[Any, Any]] = {}

    def take(self, one: Input, space: Space, at: int, part: int) -> bool:
        """Put an input into the question; False where it cannot be."""
        axis = space.axes[at]
        if one.formula is None or not axis.spans:
            return False
        written = self._written(one.formula.tree)
        if written is None:
            return False
        value, there = written
        self._values[one.name] = written
        z3, unit = self._z3, Decimal(1).scaleb(-one.measure.scale)
        spans = []
        for place, (low, high) in enumerate(axis.spans):
            if not part >> place & 1:
                continue
            if axis.values[place] is None:
                spans.append(z3.Not(there))
                continue
            within = [there]
            if low is not None:
                within.append(value >= z3.RealVal(str(low * unit)))
            if high is not None:
                within.append(value <= z3.RealVal(str(high * unit)))
            spans.append(z3.And(within))
        self._solver.add(z3.Or(spans))
        return True

    def answer(self, table: Decision) -> tuple[bool | None, Mapping[str, Any] | None]:
        """What z3 says."""
        said = self._solver.check()
        if said == self._z3.unsat:
            return False, None
        if said != self._z3.sat:
            return None, None
        model = self._solver.model()
        found: dict[str, Any] = {}
        for one in table.inputs:
            value, there = self._values[one.name]
            if not self._z3.is_true(model.eval(there, model_completion=True)):
                found[one.name] = None
                continue
            number = model.eval(value, model_completion=True)
            exact = Decimal(number.numerator_as_long()) / Decimal(number.denominator_as_long())
            kept = round_half_away(exact, one.measure.scale)
            found[one.name] = int(kept) if one.measure.type == "integer" else kept
        return True, found

    def _written(self, node: Node) -> tuple[Any, Any] | None:
        """A number as z3 has it, and whether it is there."""
        z3 = self._z3
        match node:
            case Literal(value=int() | Decimal() as value) if not isinstance(value, bool):
                return z3.RealVal(str(value)), z3.BoolVal(True)
            case Member(frame=frame, keys=keys) if frame.kind == "root":
                return self._member(".".join(keys), node)
            case Negate(operand=operand):
                inner = self._written(operand)
                return None if inner is None else (-inner[0], inner[1])
            case Arithmetic(operator=operator, left=left, right=right) if operator in ("+", "-", "*"):
                one, other = self._written(left), self._written(right)
                if one is None or other is None:
                    return None
                a, b = one[0], other[0]
                value = {"+": a + b, "-": a - b, "*": a * b}[operator]
                return value, z3.And(one[1], other[1])
            case _:
                return None

    def _member(self, path: str, node: Node) -> tuple[Any, Any] | None:
        kind = node.type
        if not isinstance(kind, NumberType | MoneyType):
            return None
        if path not in self._members:
            # Whole units of the last decimal place: what the column can hold.
            units = self._z3.Int(path)
            scale = self._z3.RealVal(10**kind.scale)
            self._members[path] = (self._z3.ToReal(units) / scale, self._z3.Bool(f"{path} there"))
        return self._members[path]


def _library() -> Any | None:
    """z3, where the extra is installed."""
    try:
        return importlib.import_module("z3")
    except ImportError:
        return None
