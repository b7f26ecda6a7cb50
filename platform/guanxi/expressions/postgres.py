"""SQL of PostgreSQL: numeric is exact by itself, durations are numbers of microseconds."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from guanxi.expressions.exact import shift
from guanxi.expressions.fragments import FALSE, TRUE, Sql, filled, function_of, leaf
from guanxi.expressions.functions import FUNCTIONS
from guanxi.expressions.moments import MICROSECOND
from guanxi.expressions.nodes import (
    Aggregate,
    Arithmetic,
    Call,
    Comparison,
    Literal,
    Negate,
    Node,
    Shift,
    Within,
)
from guanxi.expressions.rewrite import whole_bound
from guanxi.expressions.setback import SetWriter
from guanxi.expressions.sqlvalues import Dialect, kind_of
from guanxi.expressions.types import (
    INTEGER,
    DurationType,
    IntegerType,
    MoneyType,
    TextType,
    Type,
)

BIGGEST = 2**63 - 1
_CASTS = {
    "text": "text",
    "integer": "bigint",
    "reference": "bigint",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamptz",
}


class PostgresWriter(SetWriter):
    """Writes for PostgreSQL 14 and later."""

    dialect: Dialect = "postgres"

    def flag(self, sql: Sql, positive: bool) -> str:  # noqa: FBT001
        """See `SetWriter.flag`."""
        return leaf(sql.text, positive)

    def parameter(self, value: object, type_: Type) -> Sql:
        """See `SetWriter.parameter`."""
        kind, _ = kind_of(type_)
        if kind == "duration":
            value = value // MICROSECOND if value is not None else None  # type: ignore[operator]
        if isinstance(value, int) and kind in {"integer", "duration"} and abs(value) > BIGGEST:
            kind = "decimal"
        cast = _CASTS.get(kind, "numeric")
        if value is None:
            return Sql(f"NULL::{cast}")
        if cast == "numeric":
            value = Decimal(value)  # type: ignore[arg-type]
        return Sql(f"{self.slot(value)}::{cast}")

    def arithmetic(self, node: Arithmetic) -> Sql:
        """See `SetWriter.arithmetic`."""
        return Sql(f"({self.number(node.left).text} {node.operator} {self.number(node.right).text})")

    def negative(self, node: Negate) -> Sql:
        """See `SetWriter.negative`."""
        return Sql(f"(- {self.number(node.operand).text})")

    def shifted(self, node: Shift) -> Sql:
        """See `SetWriter.shifted`: a product is exact where a quotient would be cut."""
        return Sql(f"({self.number(node.operand).text} * {shift(1, -node.places):f}::numeric)")

    def number(self, node: Node) -> Sql:
        """See `SetWriter.number`: whole numbers and spans are widened, so that nothing overflows."""
        value = self.value(node)
        wide = isinstance(node.type, IntegerType | DurationType)
        return Sql(f"{value.text}::numeric") if wide else value

    def alike(self, nodes: Sequence[Node]) -> list[Sql]:
        """See `SetWriter.alike`."""
        return [self.number(node) for node in nodes]

    def ordered(self, node: Node, sql: Sql) -> str:
        """See `SetWriter.ordered`: texts are in the order of their code points in every locale."""
        if isinstance(node.type, TextType) and not sql.is_column:
            return f'({sql.text} COLLATE "C")'
        return sql.text

    def call(self, node: Call) -> Sql:
        """See `SetWriter.call`."""
        texts = [self.number(one).text for one in node.arguments]
        return Sql(f"({filled(function_of(node).postgres, node, texts)})")

    def number_against(self, operator: Comparison, left: Node, wanted: Any, positive: bool) -> str:  # noqa: FBT001
        """See `SetWriter.number_against`."""
        number = self.value(left)
        if not isinstance(left.type, IntegerType):
            right = self.parameter(wanted, MoneyType() if isinstance(left.type, MoneyType) else left.type)
            return self.against(operator, number, number.text, right.text, positive)
        bound = whole_bound(operator, wanted, 0)
        if bound is None:
            if operator == "!=":
                return f"({number.text} IS {'NOT ' if positive else ''}NULL)"
            return FALSE if positive else TRUE
        right = self.parameter(max(-BIGGEST, min(BIGGEST, bound[1])), INTEGER)
        return self.against(bound[0], number, number.text, right.text, positive)

    def listed(self, node: Within) -> tuple[str, list[str]]:
        """See `SetWriter.listed`."""
        values: Sequence[Any] = node.values
        type_ = node.operand.type
        if isinstance(type_, IntegerType):
            bounds = [whole_bound("==", value, 0) for value in values]
            values = [bound[1] for bound in bounds if bound and abs(bound[1]) <= BIGGEST]
        return self.value(node.operand).text, [self.parameter(value, type_).text for value in values]

    def mean(self, node: Aggregate, element: Sql, rows: str) -> Sql:  # noqa: ARG002
        """See `SetWriter.mean`."""
        places = Literal(INTEGER, node.offset, node.end, getattr(node.type, "scale", 0))
        part = node.element or places
        call = Call(node.type, node.offset, node.end, "div", (part, part, places))
        quotient = filled(FUNCTIONS["div"].postgres, call, ["u.total", "u.rows", ""])
        inner = f"SELECT sum(w.v) AS total, count(w.v)::numeric AS rows {rows}"
        return Sql(f"(SELECT {quotient} FROM ({inner}) AS u)")
