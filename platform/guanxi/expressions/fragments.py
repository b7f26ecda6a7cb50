"""Pieces of SQL from which the set back end is put together."""

from dataclasses import dataclass

from guanxi.expressions.functions import ALL_FUNCTIONS, Function, Template
from guanxi.expressions.nodes import Call, Comparison
from guanxi.expressions.sqlvalues import MAX_DIGITS

FALSE, TRUE = "FALSE", "TRUE"
STORED_LIMIT = 10**MAX_DIGITS


@dataclass(frozen=True, slots=True)
class Sql:
    """SQL of a value. A number of SQLite is scaled by `scale` and not above `limit`, or `exact` (as text)."""

    text: str
    scale: int = 0
    limit: int = 0
    exact: bool = False
    is_column: bool = False


def leaf(text: str, positive: bool) -> str:  # noqa: FBT001
    """A condition that may be NULL, which means no."""
    return f"({text})" if positive else f"(({text}) IS NOT TRUE)"


def operator_text(operator: Comparison) -> str:
    """A comparison as SQL writes it."""
    return {"==": "=", "!=": "<>"}.get(operator, operator)


def filled(template: Template, node: Call, texts: list[str]) -> str:
    """A function's SQL with its arguments; one that is used twice is computed once."""
    written = template if isinstance(template, str) else template(node.arguments)
    costly = [
        index
        for index, text in enumerate(texts)
        if written.count(f"{{{index}}}") > 1 and ("(" in text or " " in text)
    ]
    if not costly:
        return written.format(*texts, all=", ".join(texts))
    inner = ", ".join(f"{texts[index]} AS a{index}" for index in costly)
    names = [f"q.a{index}" if index in costly else text for index, text in enumerate(texts)]
    return f"(SELECT {written.format(*names, all=', '.join(names))} FROM (SELECT {inner}) AS q)"


def function_of(node: Call) -> Function:
    """The registered function of a call."""
    return ALL_FUNCTIONS[node.function]
