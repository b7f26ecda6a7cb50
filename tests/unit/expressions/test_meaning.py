"""What expressions mean: missing values, exact numbers, money, paths, and what they declare to read."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from guanxi.expressions import (
    BOOLEAN,
    DATE,
    INTEGER,
    TEXT,
    DecimalType,
    ExpressionError,
    MoneyType,
    ReferenceType,
    compile_formula,
)
from tests.unit.expressions.world import SHAPES, VARIABLES

LINES = [
    {
        "discount": Decimal("0.10"),
        "price": Decimal(10),
        "quantity": Decimal(3),
        "gift": None,
        "memo": "华信",
    },
    {"discount": None, "price": Decimal("5.55"), "quantity": Decimal(-1), "gift": True, "memo": None},
]
ORDER = {
    "id": 7, "note": None, "number": "SO-1", "status": "draft", "account": 4, "account.currency": "JPY",
    "account.orders": [], "owner": 2, "owner.manager": None, "ordered_on": date(2026, 2, 3), "ends_on": None,
    "paid": None, "created_at": datetime(2026, 3, 4, 12, 30, 0, 1, tzinfo=UTC), "count_of_boxes": 3,
    "rate": None,
    "score": Decimal("2.5"), "margin": Decimal(25), "total": Decimal("100.50"), "limit": None,
    "lines": LINES,
}  # fmt: skip


def value(text: str, root: str = "order", record: object = ORDER) -> object:
    return compile_formula(text, SHAPES, root).evaluate(record, VARIABLES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "not limit > 5",
        "not limit < 5",
        "not limit == limit",
        "not limit != limit",
        "not rate in (1, 2)",
        "not rate not in (1, 2)",
        "not paid",
        "not (paid == False)",
        "missing(limit + 1)",
        "missing(-limit)",
        "missing(limit if total > 1 else total)",
        "missing(note + 'x')",
        "not contains(note, '')",
        "not between(1, limit, 9)",
        "missing(ends_on - today)",
        "missing(round(rate))",
        "missing(div(1, 0, 2))",
        "missing(max(account.orders.total))",
        "sum(account.orders.total) == 0",
        "count(account.orders) == 0",
        "all(o.total > 1 for o in account.orders)",
        "not any(o.total > 1 for o in account.orders)",
        "not owner.manager",
        "owner == me",
        "this == '7'",
        "count(lines.discount) == 1",
        "count(lines) == 2",
        "min(lines.discount) == 0.1",
        "max(rate, 2, score) == 2.5",
        "sum(l.price for l in lines if l.gift) == 5.55",
        "any(lines.gift)",
        "not all(lines.gift)",
        "any(l.parent.total > l.price for l in lines)",
        "all(l.parent == this for l in lines)",
        "coalesce(rate, score, 1) == 2.5",
        "0.1 + 0.2 == 0.3",
        "round(2.5) == 3",
        "round(-2.5) == -3",
        "round(total) == 101",
        "round(money(2.345, 'KWD')) == 2.345",
        "floor(-0.5) == -1",
        "div(-1, 2, 0) == -1",
        "div(1, 3, 4) == 0.3333",
        "score * 100 / 1000 == 0.25",
        "ordered_on == '2026-02-03'",
        "created_at < '2026-03-04T20:30:01+08:00'",
        "days_since(created_at) == 0",
        "days_since(ordered_on) == 30",
        "today + days(-2) < today",
        "add_months(ordered_on, 1) == '2026-03-03'",
        "lower('ÄΩЖＡß') == 'äωжａß'",
        "lower('İ') == 'İ'",
        "text(score) == '2.5'",
        "text(total * 2) == '201'",
        "starts_with(number, 'SO')",
        "(1 if paid else 2) == 2",
        "fits(rate, 5)",
        "not fits(score, rate)",
        "date_of(created_at) == '2026-03-04'",
        "total.currency == 'JPY'",
        "status not in ('approved', 'waiting')",
    ],
)
def test_holds(text):
    assert value(text) is True


def test_a_condition_over_a_reference_holds_when_it_is_set():
    assert compile_formula("account", SHAPES, "order", expect=BOOLEAN).holds(ORDER, VARIABLES)
    assert not compile_formula("owner.manager", SHAPES, "order", expect=BOOLEAN).holds(ORDER, VARIABLES)
    assert not compile_formula("paid", SHAPES, "order", expect=BOOLEAN).holds(ORDER, VARIABLES)


@pytest.mark.parametrize(
    ("text", "root", "reads"),
    [
        ("total > 1", "order", {"total"}),
        ("account.owner.manager == me", "order", {"account.owner.manager"}),
        ("max(lines.discount) > 10", "order", {"lines", "lines.discount"}),
        ("any(l.buyer.grade > 1 for l in lines)", "order", {"lines", "lines.buyer.grade"}),
        ("sum(l.parent.total for l in lines)", "order", {"lines", "total"}),
        ("sum(account.orders.total)", "order", {"account.orders", "account.orders.total"}),
        ("count(account.orders.lines)", "order", {"account.orders", "account.orders.lines"}),
        ("round(total)", "order", {"total", "account.currency"}),
        ("round(price)", "order.lines", {"price", "parent.account.currency"}),
        ("parent.total > price", "order.lines", {"parent.total", "price"}),
        ("fee.currency == 'CNY'", "order", {"fee", "fee.currency"}),
        ("this", "order", {"id"}),
    ],
)
def test_reads(text, root, reads):
    assert compile_formula(text, SHAPES, root).reads == reads


def test_variables_are_declared():
    assert compile_formula("days_since(created_at) > 1 and owner == me", SHAPES, "order").variables == {
        "now",
        "me",
    }
    assert compile_formula("date_of(created_at) == today", SHAPES, "order").variables == {"today", "zone"}


def test_the_day_of_a_moment_is_the_workspaces():
    formula = compile_formula("date_of(created_at)", SHAPES, "order")
    record = {"created_at": datetime(2026, 3, 4, 17, tzinfo=UTC)}
    assert formula.evaluate(record, VARIABLES) == date(2026, 3, 4)
    assert formula.evaluate(record, {**VARIABLES, "zone": "Asia/Shanghai"}) == date(2026, 3, 5)


def test_a_line_reads_its_owner():
    line = {"quantity": Decimal(3), "price": Decimal("19.99"), "discount": Decimal("12.5"), "parent": ORDER}
    formula = compile_formula(
        "round(quantity * price * (100 - discount) / 100)",
        SHAPES,
        "order.lines",
        expect=MoneyType("parent.account.currency"),
    )
    # Yen have no minor unit.
    assert formula.evaluate(line, VARIABLES) == Decimal(52)


def test_no_path_is_read_that_was_not_declared():
    with pytest.raises(KeyError, match="total"):
        compile_formula("total > 1", SHAPES, "order").evaluate({}, VARIABLES)


@pytest.mark.parametrize(
    ("text", "expect", "fits"),
    [
        ("count_of_boxes", DecimalType(2), True), ("score", INTEGER, False), ("score", DecimalType(1), False),
        ("round(score)", INTEGER, True), ("0", MoneyType("CNY"), True), ("score", MoneyType("CNY"), False),
        ("total", MoneyType(), True), ("total", MoneyType("CNY"), False), ("budget", MoneyType("CNY"), True),
        ("total * score", MoneyType(), False), ("round(total * score)", MoneyType(), True),
        ("account", BOOLEAN, True), ("account", ReferenceType("account"), True),
        ("account", ReferenceType("user"), False), ("note", (DATE, TEXT), True), ("note", DATE, False),
    ],
)  # fmt: skip
def test_expected_types(text, expect, fits):
    if fits:
        assert compile_formula(text, SHAPES, "order", expect=expect).text == text
    else:
        with pytest.raises(ExpressionError, match="is wanted here"):
            compile_formula(text, SHAPES, "order", expect=expect)


@pytest.mark.parametrize(
    ("text", "offset", "words"),
    [
        ("total > 1 and totl > 2", 14, "Did you mean 'total'"),
        ("account.curency == 'x'", 8, "Did you mean 'currency'"),
        ("'华信' == note and status == 'drat'", 27, "Did you mean 'draft'"),
        ("lenght(note)", 0, "no function"),
        ("lines.discount > 1", 0, "aggregate"),
        ("total > 1 and note", 14, "not missing(note)"),
    ],
)
def test_problems_say_where_and_what_to_write(text, offset, words):
    with pytest.raises(ExpressionError) as refused:
        compile_formula(text, SHAPES, "order")
    (problem,) = refused.value.problems
    assert problem.offset == offset
    assert words in str(problem)


def test_all_problems_are_told_at_once():
    with pytest.raises(ExpressionError) as refused:
        compile_formula("foo > 1 and (bar < 2 or note) and max(lines.baz) > 1", SHAPES, "order")
    assert [one.code for one in refused.value.problems] == [
        "unknown_name", "unknown_name", "condition", "unknown_member",
    ]  # fmt: skip
