"""SQL of SQLite: numbers are scaled integers, and arithmetic that could leave 64 bits goes through text."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from guanxi.expressions.exact import shift
from guanxi.expressions.fragments import (
    FALSE,
    STORED_LIMIT,
    TRUE,
    Sql,
    filled,
    function_of,
    leaf,
    operator_text,
)
from guanxi.expressions.nodes import Aggregate, Arithmetic, Call, Comparison, Negate, Node, Shift, Within
from guanxi.expressions.rewrite import whole_bound
from guanxi.expressions.setback import SetWriter
from guanxi.expressions.sqlfunctions import EXACT_KIND, EXACT_WHOLE_KIND
from guanxi.expressions.sqlvalues import Dialect, kind_of
from guanxi.expressions.types import DecimalType, IntegerType, MoneyType, NumberType, Type

LIMIT = 2**63 - 1
_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply"}


class SqliteWriter(SetWriter):
    """Writes for SQLite 3.40 with the functions of `sqlfunctions`."""

    dialect: Dialect = "sqlite"

    def flag(self, sql: Sql, positive: bool) -> str:  # noqa: FBT001
        """See `SetWriter.flag`."""
        if sql.is_column:
            return f"({sql.text} = 1)" if positive else f"({sql.text} = 0 OR {sql.text} IS NULL)"
        return leaf(sql.text, positive)

    def parameter(self, value: object, type_: Type) -> Sql:
        """See `SetWriter.parameter`."""
        if value is None:
            return Sql("NULL", _scale(type_))
        if not _is_number(type_):
            return Sql(self.slot(self.stored(value, type_)))
        number, scale = cast("Decimal | int", value), _scale(type_)
        moved = int(shift(number, scale))
        if abs(moved) > LIMIT:
            return Sql(self.slot(f"{Decimal(number):f}"), scale, exact=True)
        return Sql(self.slot(moved), scale, abs(moved))

    def arithmetic(self, node: Arithmetic) -> Sql:
        """See `SetWriter.arithmetic`."""
        left, right = self.value(node.left), self.value(node.right)
        exact = left.exact or right.exact
        if node.operator == "*":
            limit, scale = left.limit * right.limit, left.scale + right.scale
        else:
            scale = max(left.scale, right.scale)
            limit = _raised(left, scale) + _raised(right, scale)
        if exact or limit > LIMIT:
            return self._exactly(_ARITHMETIC[node.operator], [left, right], scale)
        if node.operator != "*":
            left, right = self._raise(left, scale), self._raise(right, scale)
        return Sql(f"({left.text} {node.operator} {right.text})", scale, limit)

    def negative(self, node: Negate) -> Sql:
        """See `SetWriter.negative`."""
        operand = self.value(node.operand)
        if operand.exact:
            return self._exactly("negate", [operand], operand.scale)
        return Sql(f"(- {operand.text})", operand.scale, operand.limit)

    def shifted(self, node: Shift) -> Sql:
        """See `SetWriter.shifted`: the same integer means less."""
        operand = self.value(node.operand)
        scale = operand.scale + node.places
        if operand.exact:
            factor = Sql(self.slot(f"{shift(1, -node.places):f}"), node.places, exact=True)
            return self._exactly("multiply", [operand, factor], scale)
        return replace(operand, scale=scale, is_column=False)

    def number(self, node: Node) -> Sql:
        """See `SetWriter.number`."""
        return self.value(node)

    def stored_number(self, node: Node) -> Sql:
        """A number as an integer; the query fails, loudly, if it has too many digits for one."""
        value = self.value(node)
        if not value.exact:
            return value
        text = self._function("rescale", [EXACT_KIND], f"decimal:{value.scale}", [value])
        return Sql(text, value.scale, STORED_LIMIT)

    def alike(self, nodes: Sequence[Node]) -> list[Sql]:
        """See `SetWriter.alike`."""
        values = [self.value(node) for node in nodes]
        scale = max(value.scale for value in values)
        if any(value.exact or _raised(value, scale) > LIMIT for value in values):
            return [value if value.exact else self._exactly("rescale", [value], scale) for value in values]
        return [self._raise(value, scale) for value in values]

    def numbers_compare(self, operator: Comparison, left: Sql, right: Sql) -> str:
        """See `SetWriter.numbers_compare`."""
        scale = max(left.scale, right.scale)
        if left.exact or right.exact or max(_raised(left, scale), _raised(right, scale)) > LIMIT:
            kinds = [_kind(one, DecimalType()) for one in (left, right)]
            compared = self._function("compare", kinds, "integer", [left, right])
            return f"{compared} {operator_text(operator)} 0"
        return f"{self._raise(left, scale).text} {operator_text(operator)} {self._raise(right, scale).text}"

    def number_against(self, operator: Comparison, left: Node, wanted: Any, positive: bool) -> str:  # noqa: FBT001
        """See `SetWriter.number_against`."""
        number = self.value(left)
        if number.exact:
            right = Sql(self.slot(f"{Decimal(wanted):f}"), exact=True)
            return leaf(self.numbers_compare(operator, number, right), positive)
        bound = whole_bound(operator, wanted, number.scale)
        if bound is None:
            if operator == "!=":
                return f"({number.text} IS {'NOT ' if positive else ''}NULL)"
            return FALSE if positive else TRUE
        right = Sql(self.slot(max(-LIMIT, min(LIMIT, bound[1]))))
        return self.against(bound[0], number, number.text, right.text, positive)

    def listed(self, node: Within) -> tuple[str, list[str]]:
        """See `SetWriter.listed`."""
        if not _is_number(node.operand.type):
            values = [self.slot(self.stored(value, node.operand.type)) for value in node.values]
            return self.value(node.operand).text, values
        operand = self.stored_number(node.operand)
        bounds = [whole_bound("==", cast("Decimal | int", value), operand.scale) for value in node.values]
        return operand.text, [self.slot(bound[1]) for bound in bounds if bound and abs(bound[1]) <= LIMIT]

    def call(self, node: Call) -> Sql:
        """See `SetWriter.call`."""
        function = function_of(node)
        if function.sqlite is None:
            return self._called(node)
        arguments = (
            self.alike(node.arguments) if function.aligned else [self.value(one) for one in node.arguments]
        )
        if function.aligned and any(one.exact for one in arguments):
            return self._called(node)
        text = filled(function.sqlite, node, [one.text for one in arguments])
        return Sql(f"({text})", arguments[0].scale, max(one.limit for one in arguments))

    def folded(self, node: Aggregate, element: Sql, rows: str) -> Sql:
        """See `SetWriter.folded`: numbers kept as text are folded by the function itself."""
        if not element.exact:
            return super().folded(node, element, rows)
        scale = _scale(node.type)
        collected = f"(SELECT json_group_array(w.v) {rows})"
        return Sql(f"guanxi_rows('{node.function}', {scale}, {collected})", scale, exact=True)

    def mean(self, node: Aggregate, element: Sql, rows: str) -> Sql:
        """See `SetWriter.mean`."""
        scale = _scale(node.type)
        values = [Sql("u.total", element.scale), Sql("u.rows"), Sql(str(scale))]
        kinds = [_kind(values[0], DecimalType()), "integer", "integer"]
        mean = self._function("mean", kinds, f"decimal:{scale}", values)
        inner = f"SELECT sum(w.v) AS total, count(w.v) AS rows {rows}"
        return Sql(f"(SELECT {mean} FROM ({inner}) AS u)", scale, STORED_LIMIT)

    def _called(self, node: Call) -> Sql:
        """A function that has no SQL of its own here is called itself."""
        values = [self.value(one) for one in node.arguments]
        kinds = [
            _kind(value, one.type) if _is_number(one.type) else kind_of(one.type)[0]
            for value, one in zip(values, node.arguments, strict=True)
        ]
        scale, is_number = _scale(node.type), _is_number(node.type)
        if is_number and any(_outgrows(node, value, values, scale) for value in values):
            return Sql(self._function(node.function, kinds, EXACT_KIND, values), scale, exact=True)
        kind = kind_of(node.type)[0]
        result = f"decimal:{scale}" if kind == "decimal" else kind
        return Sql(self._function(node.function, kinds, result, values), scale, STORED_LIMIT)

    def _exactly(self, name: str, values: Sequence[Sql], scale: int) -> Sql:
        kinds = [_kind(value, DecimalType()) for value in values]
        text = self._function(name, kinds, EXACT_KIND, values)
        return Sql(text, scale, exact=True)

    def _raise(self, value: Sql, scale: int) -> Sql:
        if value.scale == scale or value.text == "NULL":
            return replace(value, scale=scale)
        return Sql(f"({value.text} * {10 ** (scale - value.scale)})", scale, _raised(value, scale))

    def _function(self, name: str, kinds: Sequence[str], result: str, values: Sequence[Sql]) -> str:
        arguments = ", ".join(value.text for value in values)
        return f"guanxi('{name}', '{','.join(kinds)}>{result}', {arguments})"


def _raised(value: Sql, scale: int) -> int:
    more = scale - value.scale
    factor: int = 10 ** abs(more)
    return value.limit * factor if more >= 0 else value.limit // factor


def _outgrows(node: Call, value: Sql, values: Sequence[Sql], scale: int) -> bool:
    """Whether a result of that scale may have more digits than an integer holds."""
    # A quotient grows with the decimals of the divisor.
    grown = scale + values[1].scale if node.function == "div" else scale
    return value.exact or _raised(value, grown) > LIMIT


def _kind(value: Sql, type_: Type) -> str:
    if isinstance(type_, IntegerType):
        return EXACT_WHOLE_KIND if value.exact else "integer"
    return EXACT_KIND if value.exact else f"decimal:{value.scale}"


def _is_number(type_: Type) -> bool:
    return isinstance(type_, NumberType | MoneyType)


def _scale(type_: Type) -> int:
    return type_.scale if isinstance(type_, NumberType | MoneyType) else 0
