"""The level-2 decision tables of DMN, case by case in our own words: unary tests, hit policies, literals."""

import datetime as dt
from decimal import Decimal

import pytest

from guanxi.rules.decision_facts import answer_json, outputs_json
from guanxi.rules.decisions import Undecided
from tests.unit.decisions.tables import compiled, problems, table

AGE = {"name": "age", "type": "integer"}
TEXT = [{"name": "out", "type": "text"}]


def ask(inputs, rows, facts, outputs=TEXT, hit="first", **more):
    found = compiled(table(inputs, rows, outputs, hit=hit, **more))
    return outputs_json(found, answer_json(found, facts))


@pytest.mark.parametrize(
    ("kind", "cell", "inside", "outside"),
    [
        ("integer", 18, [18], [17, 19, None]),
        ("integer", {"below": 18}, [17, -5], [18, None]),
        ("integer", {"upTo": 18}, [18, 17], [19, None]),
        ("integer", {"over": 18}, [19], [18, None]),
        ("integer", {"from": 18}, [18], [17, None]),
        ("integer", {"from": 18, "upTo": 21}, [18, 21], [17, 22, None]),
        ("integer", {"over": 18, "below": 21}, [19, 20], [18, 21, None]),
        ("integer", {"over": 18, "upTo": 21}, [19, 21], [18, 22]),
        ("integer", {"from": 18, "below": 21}, [18, 20], [17, 21]),
        ("integer", [1, {"over": 8, "below": 10}], [1, 9], [2, 8, None]),
        ("integer", {"not": [1, 2]}, [0, 3], [1, 2, None]),
        ("integer", {"not": {"from": 1, "upTo": 9}}, [0, 10], [1, 9, None]),
        ("integer", {"missing": True}, [None], [0]),
        ("integer", {"not": {"missing": True}}, [0], [None]),
        ("decimal", {"over": "-0.5", "below": "0.5"}, ["0", "0.49", "-0.49"], ["0.5", "-0.5"]),
        ("boolean", True, [True], [False, None]),
        ("boolean", {"not": True}, [False], [True, None]),
        ("text", "Medium", ["Medium"], ["medium", "", None]),
        ("text", ["High", "Decline"], ["High", "Decline"], ["Low", None]),
        ("text", {"not": ["High", "Decline"]}, ["Low"], ["High", None]),
        ("date", "2016-02-29", ["2016-02-29"], ["2016-02-28", None]),
        ("date", {"over": "2016-01-01", "below": "2016-12-31"}, ["2016-06-30"], ["2016-01-01", "2016-12-31"]),
        ("datetime", {"from": "2016-01-01T08:00:00Z"}, ["2016-01-01T08:00:00Z"], ["2016-01-01T07:59:59Z"]),
        (
            "datetime",
            {"from": "2016-01-01T08:00:00+08:00"},
            ["2016-01-01T00:00:00Z"],
            ["2015-12-31T23:59:59Z"],
        ),
        ("duration", {"over": "2 days"}, ["49 hours"], ["48 hours", "1 day", None]),
        ("duration", "90 minutes", ["90 minutes"], ["2 hours", None]),
    ],
)
def test_unary_tests(kind, cell, inside, outside):
    inputs = [{"name": "x", "type": kind}]
    found = compiled(
        table(
            inputs, [{"if": {"x": cell}, "then": {"out": "in"}}], TEXT, hit="first", otherwise={"out": "out"}
        )
    )
    assert [answer_json(found, {"x": one}).outputs["out"] for one in inside] == ["in"] * len(inside)
    assert [answer_json(found, {"x": one}).outputs["out"] for one in outside] == ["out"] * len(outside)


RISK = [
    {"if": {"age": {"below": 25}}, "then": {"out": "High"}},
    {"if": {"age": {"from": 18}}, "then": {"out": "Low"}},
]
GRADES = [{"name": "out", "type": "select", "values": ["High", "Medium", "Low"]}]


@pytest.mark.parametrize(
    ("hit", "outputs", "expected"),
    [
        ("first", TEXT, "High"),
        ("priority", GRADES, "High"),
        ("collect", TEXT, ["High", "Low"]),
        ("ruleOrder", TEXT, ["High", "Low"]),
        ("outputOrder", GRADES, ["High", "Low"]),
        ("count", TEXT, 2),
    ],
)
def test_hit_policies_where_two_rules_match(hit, outputs, expected):
    fallback = 0 if hit == "count" else "Medium" if hit in ("priority", "outputOrder") else "none"
    assert ask([AGE], RISK, {"age": 20}, outputs, hit, otherwise={"out": fallback}) == {"out": expected}


@pytest.mark.parametrize(("hit", "expected"), [("sum", "17.5"), ("min", "7.5"), ("max", "10")])
def test_aggregation_is_exact(hit, expected):
    rows = [
        {"if": {"age": {"upTo": 30}}, "then": {"out": 10}},
        {"if": {"age": {"from": 18}}, "then": {"out": "7.5"}},
    ]
    outputs = [{"name": "out", "type": "decimal"}]
    assert ask([AGE], rows, {"age": 20}, outputs, hit, otherwise={"out": 0}) == {"out": expected}


def test_any_and_unique_are_judged_before_they_are_asked():
    same = [{**one, "then": {"out": "Low"}} for one in RISK]
    assert ask([AGE], same, {"age": 20}, hit="any", otherwise={"out": "x"}) == {"out": "Low"}
    for hit in ("unique", "any"):
        found = problems(table([AGE], RISK, TEXT, hit=hit, otherwise={"out": "x"}))
        assert [one.pointer for one in found] == ["/rows/1"]


def test_several_outputs_of_every_type():
    outputs = [
        {"name": name, "type": name}
        for name in ("integer", "decimal", "boolean", "text", "date", "datetime", "duration")
    ]
    said = {
        "integer": 7,
        "decimal": "7.25",
        "boolean": True,
        "text": "Best",
        "date": "2016-02-29",
        "datetime": "2016-02-29T10:00:00Z",
        "duration": "5 working days",
    }
    found = compiled(table([AGE], [{"then": said}], outputs, hit="first"))
    answered = answer_json(found, {})
    assert outputs_json(found, answered) == said
    assert answered.outputs["decimal"] == Decimal("7.25")
    assert answered.outputs["date"] == dt.date(2016, 2, 29)


def test_no_rule_and_no_default_is_refused_with_the_facts():
    risk = table([{**AGE, "min": 0, "max": 120}], RISK[:1], TEXT, hit="first", otherwise={"out": "x"})
    found = compiled(risk)
    assert answer_json(found, {"age": 30}).outputs == {"out": "x"}
    assert [one.pointer for one in problems(_without(risk, "otherwise"))] == ["/rows"]
    with pytest.raises(Undecided, match="0 to 120"):
        answer_json(found, {"age": 121})


def _without(data, key):
    return {name: value for name, value in data.items() if name != key}


def test_a_decision_requires_another():
    risk = table([AGE], RISK[:1], GRADES, hit="first", name="risk", otherwise={"out": "Low"})
    rows = [
        {"if": {"risk": "High", "sum": {"over": 1000}}, "then": {"out": "Refuse"}},
        {"then": {"out": "Accept"}},
    ]
    inputs = [{"name": "risk", "decision": "risk"}, {"name": "sum", "type": "decimal"}]
    found = compiled(risk, table(inputs, rows, TEXT, hit="first"))
    assert answer_json(found, {"age": 20, "sum": 1001}).outputs == {"out": "Refuse"}
    assert answer_json(found, {"age": 30, "sum": 1001}).outputs == {"out": "Accept"}
    assert answer_json(found, {"risk": "High", "sum": 1001}).outputs == {"out": "Refuse"}
