"""The set back end: a checked tree becomes SQL that chooses the same rows as the record back end.

Two-valued logic is kept by pushing NOT down to the leaves: a positive leaf may be NULL, which chooses
nothing, and a negative leaf says what a missing value does.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from guanxi.expressions.fragments import FALSE, STORED_LIMIT, TRUE, Sql, leaf, operator_text
from guanxi.expressions.nodes import (
    Aggregate,
    Arithmetic,
    Both,
    Call,
    Choose,
    Compare,
    Comparison,
    Either,
    Literal,
    Member,
    Negate,
    Node,
    Not,
    Shift,
    Variable,
    Within,
    reads_record,
)
from guanxi.expressions.record import Evaluate, compile_record
from guanxi.expressions.rewrite import FLIPPED, OPPOSITE, days_since_as_cutoff
from guanxi.expressions.setpaths import Paths
from guanxi.expressions.sqlvalues import Dialect, kind_of, to_sql
from guanxi.expressions.tables import Bind, Tables
from guanxi.expressions.types import BooleanType, MoneyType, NumberType, ReferenceType, Type

_SLOT = re.compile("\x01([0-9]+)\x01")


class SetWriter(ABC):
    """Writes the SQL of one expression for one dialect."""

    dialect: Dialect

    def __init__(self, tables: Tables, alias: str, variables: Mapping[str, object]) -> None:
        self.paths = Paths(tables, alias)
        self._variables = variables
        self._slots: list[object] = []

    def finish(self, text: str, bind: Bind) -> str:
        """The SQL with its placeholders; values are bound in the order of the text."""
        return _SLOT.sub(lambda slot: bind(self._slots[int(slot[1])]), text)

    def condition(self, node: Node, *, positive: bool = True) -> str:
        """SQL that is true for exactly the rows for which the condition holds (or, negative, does not)."""
        match node:
            case Not(operand=operand):
                return self.condition(operand, positive=not positive)
            case Both(operands=operands):
                return self._joined("AND" if positive else "OR", operands, positive)
            case Either(operands=operands):
                return self._joined("OR" if positive else "AND", operands, positive)
        if not reads_record(node):
            value = self.constant(node)
            holds = value is not None if isinstance(node.type, ReferenceType) else value is True
            return TRUE if holds == positive else FALSE
        match node:
            case Compare():
                return self._comparison(node, positive)
            case Within():
                return self._within(node, positive)
            case Choose():
                then, otherwise = (
                    self.condition(one, positive=positive) for one in (node.then, node.otherwise)
                )
                return f"(CASE WHEN {self.condition(node.test)} THEN {then} ELSE {otherwise} END)"
            case Aggregate(function="any" | "all"):
                return self._existence(node, positive)
            case Call(function="missing", arguments=arguments):
                return self._present(arguments[0], not positive)
            case Call() if node.function != "coalesce":
                return leaf(self.call(node).text, positive)
        if isinstance(node.type, ReferenceType):
            return self._present(node, positive)
        return self.flag(self.value(node), positive)

    def value(self, node: Node) -> Sql:
        """SQL of the value of a node; NULL where it is missing."""
        if not reads_record(node):
            return self.parameter(self.constant(node), node.type)
        match node:
            case Member(frame=frame, keys=keys):
                text, column = self.paths.member(frame, keys)
                return Sql(text, column.scale, STORED_LIMIT, is_column=not text.startswith("("))
            case Arithmetic():
                return self.arithmetic(node)
            case Negate():
                return self.negative(node)
            case Shift():
                return self.shifted(node)
            case Choose(test=test):
                then, otherwise = self.alike([node.then, node.otherwise])
                text = f"(CASE WHEN {self.condition(test)} THEN {then.text} ELSE {otherwise.text} END)"
                return Sql(text, then.scale, max(then.limit, otherwise.limit), then.exact)
            case Call() if not isinstance(node.type, BooleanType) or node.function == "coalesce":
                return self.call(node)
            case Aggregate() if not isinstance(node.type, BooleanType):
                return self._aggregate(node)
            case _:
                return Sql(f"(CASE WHEN {self.condition(node)} THEN {TRUE} ELSE {FALSE} END)")

    def constant(self, node: Node) -> Any:
        """The value of a node that reads no record."""
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Variable) and node.name in self._variables:
            return self._variables[node.name]
        return _evaluation(node)({}, self._variables)

    def slot(self, value: object) -> str:
        """A place for a value to be bound."""
        self._slots.append(value)
        return f"\x01{len(self._slots) - 1}\x01"

    def stored(self, value: object, type_: Type) -> Any:
        """A value as it is kept in a column of its type."""
        kind, scale = kind_of(type_)
        return to_sql(value, kind, scale, self.dialect)

    def numbers_compare(self, operator: Comparison, left: Sql, right: Sql) -> str:
        """A comparison of two numbers."""
        return f"{left.text} {operator_text(operator)} {right.text}"

    def _joined(self, word: str, operands: tuple[Node, ...], positive: bool) -> str:  # noqa: FBT001
        return f"({f' {word} '.join(self.condition(one, positive=positive) for one in operands)})"

    def _present(self, node: Node, positive: bool) -> str:  # noqa: FBT001
        if not reads_record(node):
            return TRUE if (self.constant(node) is not None) == positive else FALSE
        if isinstance(node.type, BooleanType) and not isinstance(node, Member | Call | Choose):
            return TRUE if positive else FALSE
        return f"({self.value(node).text} IS {'NOT ' if positive else ''}NULL)"

    def _comparison(self, node: Compare, positive: bool) -> str:  # noqa: FBT001
        if not reads_record(node.left):
            node = Compare(node.type, node.offset, node.end, FLIPPED[node.operator], node.right, node.left)
        if reads_record(node.right):
            left, right = self.value(node.left), self.value(node.right)
            if isinstance(node.left.type, NumberType | MoneyType):
                return leaf(self.numbers_compare(node.operator, left, right), positive)
            return leaf(
                f"{self.ordered(node.left, left)} {operator_text(node.operator)} {right.text}", positive
            )
        wanted = self.constant(node.right)
        if wanted is None:
            return FALSE if positive else TRUE
        rewritten = days_since_as_cutoff(node, wanted, self.constant)
        if rewritten is not None:
            return self.condition(rewritten, positive=positive)
        if isinstance(node.left.type, NumberType | MoneyType):
            return self.number_against(node.operator, node.left, wanted, positive)
        left = self.value(node.left)
        compared = self.parameter(wanted, node.left.type)
        return self.against(node.operator, left, self.ordered(node.left, left), compared.text, positive)

    def against(self, operator: Comparison, left: Sql, shown: str, right: str, positive: bool) -> str:  # noqa: FBT001
        """A comparison with a constant: negative, it is written so that an index still serves."""
        if not left.is_column or positive:
            return leaf(f"{shown} {operator_text(operator)} {right}", positive)
        return f"({shown} {operator_text(OPPOSITE[operator])} {right} OR {left.text} IS NULL)"

    def ordered(self, node: Node, sql: Sql) -> str:  # noqa: ARG002
        """SQL of a value where its order matters."""
        return sql.text

    def _within(self, node: Within, positive: bool) -> str:  # noqa: FBT001
        operand, listed = self.listed(node)
        if not listed:
            return self._present(node.operand, positive) if node.negated else (FALSE if positive else TRUE)
        return leaf(f"{operand} {'NOT IN' if node.negated else 'IN'} ({', '.join(listed)})", positive)

    def rows(self, node: Aggregate, extra: tuple[str, ...] = ()) -> str:
        """FROM and WHERE of an aggregate."""
        sources = [self.paths.source(row) for row in node.loops]
        tables = ", ".join(table for table, _ in sources)
        conditions = [link for _, link in sources] + [self.condition(one) for one in node.conditions]
        return f"FROM {tables} WHERE {' AND '.join([*conditions, *extra])}"

    def _existence(self, node: Aggregate, positive: bool) -> str:  # noqa: FBT001
        if node.element is None:
            raise ValueError(f"{node.function} judges a condition: the checker has seen to it.")
        wants_any = node.function == "any"
        judged = self.condition(node.element, positive=wants_any)
        return f"({'' if wants_any == positive else 'NOT '}EXISTS (SELECT 1 {self.rows(node, (judged,))}))"

    def _aggregate(self, node: Aggregate) -> Sql:
        if node.element is None:
            return Sql(f"(SELECT count(*) {self.rows(node)})", 0, STORED_LIMIT)
        element = self.number(node.element)
        # Elements are computed apart: an aggregate of only outer columns would be the outer query's.
        rows = f"FROM (SELECT {element.text} AS v {self.rows(node)}) AS w"
        if node.function == "count":
            return Sql(f"(SELECT count(w.v) {rows})", 0, STORED_LIMIT)
        return self.folded(node, element, rows)

    def folded(self, node: Aggregate, element: Sql, rows: str) -> Sql:
        """The sum, mean, smallest or largest of the elements `w.v`."""
        match node.function:
            case "sum":
                return Sql(f"coalesce((SELECT sum(w.v) {rows}), 0)", element.scale, 2**63 - 1)
            case "avg":
                return self.mean(node, element, rows)
            case _:
                return Sql(f"(SELECT {node.function}(w.v) {rows})", element.scale, element.limit)

    @abstractmethod
    def flag(self, sql: Sql, positive: bool) -> str:  # noqa: FBT001
        """A yes/no value as a condition."""

    @abstractmethod
    def parameter(self, value: object, type_: Type) -> Sql:
        """A constant."""

    @abstractmethod
    def arithmetic(self, node: Arithmetic) -> Sql:
        """A sum, difference or product."""

    @abstractmethod
    def negative(self, node: Negate) -> Sql:
        """A number with the other sign."""

    @abstractmethod
    def shifted(self, node: Shift) -> Sql:
        """A number divided by a power of ten."""

    @abstractmethod
    def number(self, node: Node) -> Sql:
        """A value that an aggregate of the database can work on."""

    def stored_number(self, node: Node) -> Sql:
        """A number as its column would hold it."""
        return self.number(node)

    @abstractmethod
    def alike(self, nodes: list[Node]) -> list[Sql]:
        """Values of one type, numbers at one scale."""

    @abstractmethod
    def call(self, node: Call) -> Sql:
        """A function on values."""

    @abstractmethod
    def number_against(self, operator: Comparison, left: Node, wanted: Any, positive: bool) -> str:  # noqa: FBT001
        """A comparison of a number with a constant."""

    @abstractmethod
    def listed(self, node: Within) -> tuple[str, list[str]]:
        """The operand of `in`, and those constants that it can equal."""

    @abstractmethod
    def mean(self, node: Aggregate, element: Sql, rows: str) -> Sql:
        """The mean of the elements `w.v`."""


@lru_cache(maxsize=1024)
def _evaluation(node: Node) -> Evaluate:
    return compile_record(node)
