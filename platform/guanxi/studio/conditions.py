"""Conditions as rows (field, operator, value) and as expressions, without losing what rows cannot say."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from guanxi.expressions.errors import ExpressionError
from guanxi.expressions.parse import parse

Join = Literal["and", "or"]
NUMBERS = ("integer", "decimal", "money", "percent", "rating")
VARIABLES = ("me", "today", "now")
SPANS = ("time", "duration")
"""Types of which a value is hours and minutes, such as 1:30."""
_SPAN = re.compile(r"([0-9]{1,6}):([0-5][0-9])")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?")
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.In: "in",
    ast.NotIn: "not in",
}
WITHOUT_VALUE = ("missing", "there", "yes", "no")
OPERATORS = ("==", "!=", ">", ">=", "<", "<=", "in", "not in", "contains", *WITHOUT_VALUE)


@dataclass(frozen=True, slots=True)
class Row:
    """One condition. `value` is what somebody types; a list is separated by commas."""

    field: str = ""
    operator: str = "=="
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Conditions of which all (`and`) or one (`or`) must hold; without any, there is no condition."""

    join: Join = "and"
    rows: tuple[Row, ...] = ()


def rows_of(text: str, types: Mapping[str, str]) -> Rows | None:
    """An expression as rows; None where rows cannot say the same. `types` are field types by path."""
    if not text.strip():
        return Rows()
    try:
        tree = parse(text)
    except ExpressionError:
        return None
    join: Join = "or" if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.Or) else "and"
    parts = tree.values if isinstance(tree, ast.BoolOp) else [tree]
    found = [_row(part) for part in parts]
    rows = Rows(join, tuple(row for row in found if row is not None))
    return rows if len(rows.rows) == len(parts) and _same(text_of(rows, types), tree) else None


def text_of(rows: Rows, types: Mapping[str, str]) -> str:
    """The expression of rows; those without a field say nothing."""
    return f" {rows.join} ".join(_text(row, types.get(row.field, "text")) for row in rows.rows if row.field)


def _row(node: ast.expr) -> Row | None:
    match node:
        case ast.Compare(left=ast.Constant(value=str(option)), ops=[ast.In()], comparators=[chosen]):
            return Row(_path(chosen), "contains", option) if _path(chosen) else None
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            field, value = _path(left), _value(right)
            sign = _COMPARISONS.get(type(operator), "")
            return Row(field, sign, value) if field and sign and value is not None else None
        case ast.Call(func=ast.Name(id="missing"), args=[one], keywords=[]):
            return Row(_path(one), "missing") if _path(one) else None
        case ast.Call(func=ast.Name(id="contains"), args=[one, ast.Constant(value=str(part))], keywords=[]):
            return Row(_path(one), "contains", part) if _path(one) else None
        case ast.UnaryOp(op=ast.Not(), operand=ast.Call(func=ast.Name(id="missing"), args=[one])):
            return Row(_path(one), "there") if _path(one) else None
        case ast.UnaryOp(op=ast.Not(), operand=one):
            return Row(_path(one), "no") if _path(one) else None
        case _:
            return Row(_path(node), "yes") if _path(node) else None


def _path(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return "" if name in VARIABLES else name
        case ast.Attribute(value=value, attr=name):
            outer = _path(value)
            return f"{outer}.{name}" if outer else ""
    return ""


def _value(node: ast.expr) -> str | None:
    match node:
        case ast.Constant(value=bool(value)):
            return "true" if value else "false"
        case ast.Constant(value=value) | ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)):
            return ast.unparse(node) if not isinstance(value, str) else value
        case ast.Name(id=name) if name in VARIABLES:
            return name
        case ast.Call(func=ast.Name(id="minutes"), args=[ast.Constant(value=int(minutes))], keywords=[]):
            return f"{minutes // 60}:{minutes % 60:02}"
        case ast.Tuple(elts=many) | ast.List(elts=many) | ast.Set(elts=many):
            values = [_value(one) for one in many]
            return ", ".join(value for value in values if value is not None)
    return None


def _text(row: Row, type_: str) -> str:
    match row.operator:
        case "missing":
            return f"missing({row.field})"
        case "there":
            return f"not missing({row.field})"
        case "yes":
            return row.field
        case "no":
            return f"not {row.field}"
        case "contains" if type_ == "multiSelect":
            return f"{row.value!r} in {row.field}"
        case "contains":
            return f"contains({row.field}, {row.value!r})"
        case "in" | "not in":
            values = [_constant(one.strip(), type_) for one in re.split("[,，]", row.value) if one.strip()]
            return f"{row.field} {row.operator} ({', '.join(values)}{',' if len(values) == 1 else ''})"
    return f"{row.field} {row.operator} {_constant(row.value, type_)}"


def _constant(value: str, type_: str) -> str:
    text = value.strip()
    if type_ in NUMBERS and _NUMBER.fullmatch(text):
        return text
    if type_ in SPANS and (match := _SPAN.fullmatch(text)):
        return f"minutes({int(match[1]) * 60 + int(match[2])})"
    if type_ == "boolean" and text in ("true", "false"):
        return text.capitalize()
    if (type_ == "reference" and text == "me") or (type_ in ("date", "datetime") and text in VARIABLES):
        return text
    return repr(value)


def _same(text: str, tree: ast.expr) -> bool:
    """Whether a text means what the tree does; the brackets of a list are a matter of taste."""
    try:
        other = parse(text)
    except ExpressionError:
        return False
    return ast.dump(_plain(other)) == ast.dump(_plain(tree))


def _plain(tree: ast.expr) -> ast.expr:
    copied = ast.parse(ast.unparse(tree), mode="eval").body
    for node in ast.walk(copied):
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                setattr(node, name, [_tuple(one) for one in value])
    return copied


def _tuple(node: object) -> object:
    return ast.Tuple(elts=node.elts, ctx=ast.Load()) if isinstance(node, ast.List | ast.Set) else node
