"""The smallest change of one field that changes the route, tried against trying every value."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions.entity import Column, Entity, Field, Option
from guanxi.definitions.flow.approval import Approval
from guanxi.expressions import compile_formula
from guanxi.workflow import Facts
from guanxi.workflow.alternatives import Alternative, alternatives
from guanxi.workflow.route import Submission
from tests.scenarios.orders import LINES, ORDER, SHAPES, order_record
from tests.unit.workflow.acted import ID, START, approve, organisation, process


def field(name: str, kind: str, **options: Any) -> Field:
    column = Column(name, name, "decimal", options.get("scale", 0))
    return Field(name=name, type=kind, label={"en": name}, columns=(column,), **options)


def entity(scale: int = 0) -> Entity:
    """Orders whose total is computed from the amounts of their lines."""
    bounds = {"min": Decimal(0), "max": Decimal(100)}
    inner = {
        "discount": field("discount", "percent", scale=scale, **bounds),
        "amount": field("amount", "decimal"),
    }
    lines = replace(LINES, fields=inner)
    terms = Field(
        name="terms", type="select", label={"en": "Terms"},
        options=(Option("free", {"en": "Free"}), Option("cash", {"en": "Cash"})),
    )  # fmt: skip
    total = field("total", "decimal", formula=compile_formula("sum(lines.amount)", SHAPES, "order"))
    fields = {
        **ORDER.fields,
        "lines": replace(ORDER.fields["lines"], lines=lines),
        "terms": terms,
        "total": total,
    }
    return replace(ORDER, fields=fields, order=("total",))


def asked(of: Approval, shows: Any = lambda path: True, scale: int = 0, **values: Any) -> list[Alternative]:
    record = order_record({"owner": "rep", "terms": "cash", **values}, ID)
    submission = Submission(of, ID["rep"], START, {})
    facts = Facts(record, organisation())
    return list(alternatives(submission, entity(scale), facts, {}, shows))


def two_levels(when: str) -> Approval:
    return process(approve("m", "mia"), approve("director", "fuller", when=when))


def said(found: list[Alternative]) -> list[tuple[str, str, str]]:
    return [(one.variation.path, str(one.now), str(one.value)) for one in found]


def test_a_little_less_needs_no_director() -> None:
    found = asked(two_levels("max(lines.discount) > 10"), lines=[{"discount": "12"}])
    assert said(found) == [("lines.discount", "12", "10")]
    assert found[0].spared == ({"en": "Director"},)
    assert found[0].needed


@pytest.mark.parametrize(("scale", "value"), [(0, "11"), (1, "10.1"), (2, "10.01")])
def test_a_little_more_needs_one_to_the_last_decimal_of_the_field(scale: int, value: str) -> None:
    found = asked(two_levels("max(lines.discount) > 10"), scale=scale, lines=[{"discount": "5"}])
    assert said(found) == [("lines.discount", "5", value)]
    assert found[0].asked == ({"en": "Director"},)


def test_of_several_lines_all_are_lowered() -> None:
    found = asked(two_levels("max(lines.discount) > 10"), lines=[{"discount": "12"}, {"discount": "15"}])
    assert said(found) == [("lines.discount", "15", "10")]
    assert found[0].variation.line is None


def test_a_computed_field_is_changed_by_what_it_is_computed_from() -> None:
    found = asked(two_levels("total > 150"), lines=[{"discount": "5", "amount": "160"}])
    assert said(found) == [("lines.amount", "160", "150")]


def test_options_are_tried_one_by_one() -> None:
    found = asked(two_levels("terms == 'free'"))
    assert said(found) == [("terms", "cash", "free")]


def test_no_approval_at_all_is_an_alternative() -> None:
    of = process(approve("m", "mia"), when="max(lines.discount) > 10")
    (one,) = asked(of, lines=[{"discount": "11"}])
    assert (one.value, one.needed) == (Decimal(10), False)


def test_nothing_is_told_of_what_decides_together_with_something_hidden() -> None:
    of = two_levels("max(lines.discount) > 10 and note == 'x'")
    assert not asked(of, lambda path: path != "note", lines=[{"discount": "12"}], note="x")
    assert asked(of, lines=[{"discount": "12"}], note="x")


def test_nothing_is_told_where_nothing_decides() -> None:
    assert asked(process(approve("m", "mia")), lines=[{"discount": "12"}]) == []


CONDITIONS = st.sampled_from(
    [
        "max(lines.discount) > {a}",
        "max(lines.discount) >= {a} and not missing(owner)",
        "max(lines.discount) > {a} or max(lines.discount) < {b}",
        "sum(lines.discount) > {a}",
        "max(lines.discount) == {a}",
        "max(lines.discount) * 2 - {b} > {a}",
    ]
)
NUMBERS = st.integers(0, 100)


@settings(max_examples=60, deadline=None)
@given(CONDITIONS, NUMBERS, NUMBERS, NUMBERS)
def test_it_is_the_nearest_of_all_values(text: str, a: int, b: int, now: int) -> None:
    of = two_levels(text.format(a=a, b=b))

    def people(value: int) -> list[str]:
        record = order_record({"owner": "rep", "lines": [{"discount": str(value)}]}, ID)
        return list(Submission(of, ID["rep"], START, {}).route(Facts(record, organisation())).people)

    other = [value for value in range(101) if people(value) != people(now)]
    nearest = {
        next((v for v in reversed(other) if v < now), None),
        next((v for v in other if v > now), None),
    } - {None}
    found = asked(of, lines=[{"discount": str(now)}])
    closest = min((abs(v - now) for v in nearest if v is not None), default=None)
    assert [abs(int(one.value) - now) for one in found[:1]] == ([] if closest is None else [closest])
