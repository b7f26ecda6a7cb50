"""What conditions of a process ask of its steps."""

import pytest

from guanxi.expressions import ExpressionError, Formula, Shape, compile_formula
from guanxi.expressions.steps import step_variable, step_variables
from guanxi.expressions.types import BOOLEAN

SHAPES = {"order": Shape("order", {})}
KNOWN = step_variables({"legal": ("approved", "rejected"), "pause": ()})


def formula(text: str) -> Formula:
    return compile_formula(text, SHAPES, "order", expect=BOOLEAN, variables=KNOWN)


def refused(text: str, **given: object) -> str:
    with pytest.raises(ExpressionError) as refusal:
        compile_formula(text, SHAPES, "order", **(given or {"variables": KNOWN}))  # type: ignore[arg-type]
    return " ".join(f"{one.message} {one.hint or ''}" for one in refusal.value.problems)


def test_a_condition_asks_how_a_step_ended() -> None:
    ended = formula("outcome('legal') == 'rejected' and visits('legal') < 3")
    assert ended.variables == {"outcome:legal", "visits:legal"}
    for outcome, visits, holds in (("rejected", 1, True), ("rejected", 3, False), (None, 0, False)):
        values = {step_variable("outcome", "legal"): outcome, step_variable("visits", "legal"): visits}
        assert ended.holds({}, values) is holds


def test_a_step_that_is_not_there_is_told_with_the_nearest() -> None:
    assert "legal" in refused("outcome('legl') == 'approved'")
    assert "No step 'pause'" in refused("outcome('pause') == 'approved'")
    assert "visits('...')" in refused("visits(3) > 1")


def test_an_outcome_that_the_step_does_not_have_is_told() -> None:
    assert "rejected" in refused("outcome('legal') == 'rejcted'")


def test_elsewhere_there_are_no_steps_to_ask() -> None:
    assert "no function 'outcome'" in refused("outcome('legal') == 'approved'", expect=BOOLEAN)
