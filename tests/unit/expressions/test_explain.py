"""The explain back end says what the record back end says, and says of every part what it was."""

import ast
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from guanxi.expressions import ExpressionError, Formula, compile_formula
from guanxi.expressions.explain import _OPERATORS, MOST_ROWS, Each, _Interpreter, explain
from guanxi.expressions.explain_reasons import sentence
from tests.unit.expressions.generated import expressions
from tests.unit.expressions.rows import worlds
from tests.unit.expressions.world import SHAPES, VARIABLES, Record, Rows

EXAMPLES = 700
DRAWN = 20
LIMITS = {"too_long", "too_large", "too_deep", "scale"}

ORDER: dict[str, Any] = {
    "id": 1,
    "note": None,
    "status": "draft",
    "owner": 2,
    "paid": False,
    "score": Decimal("4.50"),
    "count_of_boxes": 3,
    "account": None,
    "account.name": None,
    "lines": [
        {"discount": Decimal(5), "quantity": Decimal(2), "boxes": 1, "gift": False},
        {"discount": Decimal(25), "quantity": Decimal(1), "boxes": None, "gift": True},
    ],
}


def formula(text: str) -> Formula:
    return compile_formula(text, SHAPES, "order")


def explained(text: str, **changed: Any):
    return explain(formula(text), ORDER | changed, VARIABLES)


def steps(text: str, **changed: Any) -> list[tuple[str, object]]:
    return [(step.text, step.value) for step in explained(text, **changed).steps]


def compiled(texts: list[str]) -> list[Formula]:
    found = []
    for text in texts:
        try:
            found.append(formula(text))
        except ExpressionError as refused:
            if not {one.code for one in refused.problems} <= LIMITS:
                raise
    return found


def test_generated_expressions_agree_with_the_record_back_end():
    judged: set[str] = set()
    values: list[object] = []

    @settings(
        max_examples=3 * EXAMPLES // DRAWN,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds(), expressions(DRAWN))
    def judge(rows: Rows, texts: list[str]) -> None:
        if len(judged) >= EXAMPLES:
            return
        for one in compiled(texts):
            for key in rows["order"]:
                record = Record(rows, "order", key, one.reads)
                explanation = explain(one, record, VARIABLES)
                expected = one.evaluate(record, VARIABLES)
                assert (explanation.value, type(explanation.value)) == (expected, type(expected)), one.text
                assert explanation.holds == one.holds(record, VARIABLES)
                values.append(expected)
                for step in explanation.steps:
                    assert one.text[step.offset :].startswith(step.text)
                said = sentence(explanation, lambda _: True)
                assert said is not None or not one.reads, one.text
            judged.add(one.text)

    judge()
    assert len(judged) >= EXAMPLES
    assert None in values
    assert 0.1 < values.count(True) / len(values) < 0.9


def test_steps_are_as_written_and_inner_before_outer():
    explanation = explained("score * 2 > 8 and not paid")
    assert [(step.text, step.value, step.depth) for step in explanation.steps] == [
        ("score", Decimal("4.50"), 3),
        ("score * 2", Decimal("9.00"), 2),
        ("score * 2 > 8", True, 1),
        ("paid", False, 2),
        ("not paid", True, 1),
        ("score * 2 > 8 and not paid", True, 0),
    ]
    assert [step.offset for step in explanation.steps] == [0, 0, 0, 22, 18, 0]
    assert explanation.steps[2].reads == {"score"}


def test_a_missing_value_is_missing_all_the_way():
    assert steps("score * 2 > 8", score=None) == [
        ("score", None),
        ("score * 2", None),
        ("score * 2 > 8", False),
    ]
    assert steps("not score > 8", score=None)[-1] == ("not score > 8", True)
    assert steps("account.name", account=None) == [("account.name", None)]


def test_what_does_not_decide_is_worked_out_too():
    assert ("status == 'draft'", True) in steps("paid and status == 'draft'")
    assert ("paid", False) in steps("status == 'draft' or paid")


def test_the_branch_that_is_not_taken_has_no_step():
    assert steps("score if paid else count_of_boxes") == [
        ("paid", False),
        ("count_of_boxes", 3),
        ("score if paid else count_of_boxes", 3),
    ]


def test_rows_are_named_one_by_one():
    assert steps("max(lines.discount) > 20") == [
        ("lines.discount", Each((Decimal(5), Decimal(25)))),
        ("max(lines.discount)", Decimal(25)),
        ("max(lines.discount) > 20", True),
    ]
    text = "sum(l.boxes for l in lines if l.gift)"
    assert dict(steps(text)) == {"l.gift": Each((False, True)), "l.boxes": Each((None,)), text: 0}


def test_rows_beyond_the_first_are_counted():
    lines = [{"boxes": number} for number in range(MOST_ROWS + 7)]
    found = dict(steps("sum(lines.boxes)", lines=lines))
    assert found["lines.boxes"] == Each(tuple(range(MOST_ROWS)), 7)
    assert found["sum(lines.boxes)"] == sum(range(MOST_ROWS + 7))


def test_what_a_function_needs_besides_is_no_step():
    texts = [step.text for step in explained("date_of(now) == today").steps]
    assert texts == ["now", "date_of(now)", "today", "date_of(now) == today"]


@pytest.mark.parametrize(("text", "record"), [("score > 1", {}), ("owner == me", {"owner": 1})])
def test_what_is_not_given_is_an_error_as_elsewhere(text, record):
    for work in (lambda: formula(text).evaluate(record, {}), lambda: explain(formula(text), record, {})):
        with pytest.raises(KeyError):
            work()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("max(lines.discount) <= 20", "max(lines.discount) = 25"),
        ("status == 'draft' and paid", "paid = no"),
        ("status == 'draft' or paid", "status = draft"),
        ("not missing(note)", "note = missing"),
        ("any(l.discount > 30 for l in lines)", "l.discount = 5, 25"),
        ("paid and score > 5", "paid = no; score = 4.5"),
        ("between(score, count_of_boxes, 4)", "score = 4.5; count_of_boxes = 3"),
        ("score > 5 if paid else count_of_boxes > 5", "paid = no; count_of_boxes = 3"),
        ("status in ('waiting', 'approved')", "status = draft"),
        ("today > '2026-01-01'", "today = 2026-03-05"),
    ],
)
def test_why_in_short(text, said):
    assert str(sentence(explained(text), lambda _: True)) == said


def test_what_may_not_be_seen_is_not_said():
    explanation = explained("paid and score > 5")
    assert str(sentence(explanation, lambda path: path != "score")) == "paid = no"
    assert sentence(explanation, lambda _: False) is None
    assert sentence(explained("max(lines.discount) <= 20"), lambda path: path == "lines") is None


def test_nothing_of_simpleeval_is_left_that_a_checked_tree_does_not_need(monkeypatch):
    kept = []
    original = _Interpreter.__init__

    def remembered(self, *given):
        original(self, *given)
        kept.append(self)

    monkeypatch.setattr(_Interpreter, "__init__", remembered)
    explained("score > 1")
    (interpreter,) = kept
    for text in (
        "a.b",
        "a[0]",
        "f'{a}'",
        "[x for x in a]",
        "(lambda: 1)()",
        "rand()",
        "print(1)",
        "a",
        "2 ** 9",
    ):
        with pytest.raises(Exception, match=r"not available|not defined|Lambda|Operator"):
            interpreter.eval(text)


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        (ast.NotEq, lambda left, right: left != right),
        (ast.Mult, lambda left, right: (left or 0) * (right or 0)),
    ],
    ids=["a missing value differs", "a missing value is nothing"],
)
def test_a_seeded_fault_is_noticed(monkeypatch, place, fault):
    monkeypatch.setitem(_OPERATORS, place, fault)
    with pytest.raises(AssertionError):
        test_generated_expressions_agree_with_the_record_back_end()
