"""Every function is described, every example is true, and the page says what the code does."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from guanxi.expressions import compile_formula
from guanxi.expressions.functions import ALL_FUNCTIONS, FUNCTIONS, ROW_FUNCTIONS, Function, RowFunction
from guanxi.expressions.reference import page
from guanxi.expressions.texts import text as written
from guanxi.expressions.types import DATE, TEXT, CollectionType, DecimalType, MoneyType, Shape, TextType

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "expressions.md"
SHAPES = {
    "order": Shape(
        "order",
        {
            "status": TextType(("draft", "approved")),
            "note": TEXT,
            "ordered_on": DATE,
            "ends_on": DATE,
            "total": MoneyType("CNY"),
            "lines": CollectionType("order.lines"),
        },
    ),
    "order.lines": Shape(
        "order.lines",
        {
            "quantity": DecimalType(2),
            "price": MoneyType("CNY"),
            "discount": DecimalType(2, percent=True),
            "amount": MoneyType("CNY"),
        },
        parent="order",
    ),
}
LINE = ("quantity", "price", "discount", "amount")
ORDER = {
    "status": "draft",
    "note": None,
    "ordered_on": date(2026, 2, 19),
    "ends_on": date(2026, 3, 1),
    "total": Decimal("264.98"),
    "lines": [
        dict(zip(LINE, map(Decimal, ("3", "100.00", "25", "225.00")), strict=True)),
        dict(zip(LINE, map(Decimal, ("2", "19.99", "0", "39.98")), strict=True)),
    ],
}
VARIABLES = {"me": 1, "today": date(2026, 3, 5), "now": datetime(2026, 3, 5, 12, tzinfo=UTC)}
DESCRIBED: list[Function | RowFunction] = [*FUNCTIONS.values(), *ROW_FUNCTIONS.values()]
EXAMPLES = [example for one in DESCRIBED for example in one.examples]


def said(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else written(value)


@pytest.mark.parametrize(("text", "result"), EXAMPLES)
def test_example_is_true(text, result):
    assert said(compile_formula(text, SHAPES, "order").evaluate(ORDER, VARIABLES)) == result


@pytest.mark.parametrize("function", DESCRIBED, ids=lambda one: one.usage)
def test_function_is_described(function):
    assert function.about.endswith(".")
    assert function.examples
    assert function.usage.startswith(f"{function.name}(")


def test_variants_are_no_names_an_author_can_write():
    assert set(ALL_FUNCTIONS) - set(FUNCTIONS)
    for name in set(ALL_FUNCTIONS) - set(FUNCTIONS):
        with pytest.raises(Exception, match="no function"):
            compile_formula(f"{name}(total)", SHAPES, "order")


def test_the_committed_page_is_current():
    assert PAGE.read_text("utf-8") == page(), (
        "Run: python -m guanxi.expressions.reference > docs/reference/expressions.md"
    )
