"""Cells as people write them, and whole tables as CSV."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions.decisions.notation import (
    NotationProblem,
    cell_of,
    cell_text,
    outcome_of,
    outcome_text,
)
from guanxi.definitions.decisions.spreadsheet import table_csv, types_of, with_csv
from guanxi.errors import Invalid
from tests.unit.decisions.tables import table


@pytest.mark.parametrize(
    ("text", "kind", "cell"),
    [
        ("", "integer", None),
        ("-", "text", None),
        ("> 20", "percent", {"over": 20}),
        (">=20.50", "percent", {"from": "20.50"}),
        ("< 5", "integer", {"below": 5}),
        ("≤ 5", "integer", {"upTo": 5}),
        ("10..20", "integer", {"from": 10, "upTo": 20}),
        ("(10..20]", "integer", {"over": 10, "upTo": 20}),
        ("[10..20)", "integer", {"from": 10, "below": 20}),
        ("-5..-1", "integer", {"from": -5, "upTo": -1}),
        ("(2026-01-01..2026-02-01)", "date", {"over": "2026-01-01", "below": "2026-02-01"}),
        ("> 30 days", "duration", {"over": "30 days"}),
        ("east, west", "select", ["east", "west"]),
        ("east，west", "text", ["east", "west"]),
        ("not east, west", "select", {"not": ["east", "west"]}),
        ("1, not(2, 3), > 7", "integer", [1, {"not": [2, 3]}, {"over": 7}]),
        ("not missing", "integer", {"not": {"missing": True}}),
        ("missing, < 3", "integer", [{"missing": True}, {"below": 3}]),
        ('"a, b", "say ""x"""', "text", ["a, b", 'say "x"']),
        ('"-"', "text", "-"),
        ("yes", "boolean", True),
        ("否", "boolean", False),
    ],
)
def test_cells_are_read_as_they_are_written(text, kind, cell):
    assert cell_of(text, kind) == cell
    assert cell_of(cell_text(cell, kind), kind) == cell


@pytest.mark.parametrize(
    ("text", "kind"), [("maybe", "boolean"), ('"open', "text"), ("a,,b", "text"), ("not ,", "text")]
)
def test_what_cannot_be_read_is_told(text, kind):
    with pytest.raises(NotationProblem):
        cell_of(text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "outcome"),
    [
        ("= discount * 2", "decimal", "= discount * 2"),
        ("5 working days", "duration", "5 working days"),
        ("12.5", "money", "12.5"),
        (
            "roles director, cfo; managerOf owner",
            "who",
            [{"roles": ["director", "cfo"]}, {"managerOf": "owner"}],
        ),
        ('[{"teams": ["x"], "subTeams": false}]', "who", [{"teams": ["x"], "subTeams": False}]),
    ],
)
def test_outcomes_are_read_as_they_are_written(text, kind, outcome):
    assert outcome_of(text, kind) == outcome
    assert outcome_of(outcome_text(outcome, kind), kind) == outcome


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
LITERALS = {
    "text": TEXTS,
    "integer": st.integers(-99, 99),
    "boolean": st.booleans(),
    "date": st.dates().map(lambda one: one.isoformat()),
}


def cells(kind):
    literal = LITERALS[kind]
    bounds = st.fixed_dictionaries({"from": literal}) | st.fixed_dictionaries(
        {"over": literal, "below": literal}
    )
    plain = literal | st.just({"missing": True})
    test = plain | bounds if kind in ("integer", "date") else plain
    listed = st.lists(test | test.map(lambda one: {"not": one}), min_size=2, max_size=3)
    return st.none() | test | listed | (test | listed).map(lambda one: {"not": one})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(LITERALS)).flatmap(lambda kind: st.tuples(st.just(kind), cells(kind))))
def test_every_cell_is_read_back(case):
    kind, cell = case
    assert cell_of(cell_text(cell, kind), kind) == cell


INPUTS = [
    {"name": "discount", "type": "percent", "required": True, "min": 0},
    {"name": "region", "type": "select", "values": ["east", "west"]},
]
ROWS = [
    {
        "name": "big",
        "label": {"en": "Big"},
        "if": {"discount": {"over": 20}, "region": "east"},
        "then": {"out": "= region"},
    },
    {"name": "rest", "if": {"region": {"not": "east"}}, "then": {"out": "-"}},
]
OUT = [{"name": "out", "type": "text"}]
EXAMPLE = table(INPUTS, ROWS, OUT, hit="first", otherwise={"out": "none"})
CSV = (
    "name,if discount,if region,then out\r\n"
    "big,> 20,east,'= region\r\n"
    'rest,-,not east,"""-"""\r\n'
    "(otherwise),-,-,none\r\n"
)


def test_a_table_is_csv_and_back():
    assert table_csv(EXAMPLE, {}) == CSV
    assert with_csv(EXAMPLE, CSV, {}) == EXAMPLE
    moved = "then out,name,if discount\nx,big,\n"
    found = with_csv(EXAMPLE, "\ufeff" + moved, {})
    assert found["rows"] == [{"name": "big", "label": {"en": "Big"}, "if": {}, "then": {"out": "x"}}]
    assert "otherwise" not in found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("name,if dsicount,then out\n", "did you mean"),
        ("name,if discount\n", "“then out” is missing"),
        ("name,name,then out\n", "occurs twice"),
        ('name,then out\na,"x\n', "not CSV"),
        ("name,then out\na,b,c\n", "more cells than columns"),
        ("name,then out\n,b\n", "Write the name of the row."),
        ('name,if region,then out\na,"""open",1\n', "not to be understood"),
    ],
)
def test_what_is_wrong_with_a_csv_is_told_with_its_line(text, says):
    with pytest.raises(Invalid) as refused:
        with_csv(EXAMPLE, text, {})
    assert says in refused.value.problems[0].english()


def test_types_come_from_the_table_that_an_input_takes_its_answer_from():
    other = table([{"name": "x", "decision": "example"}], [{"then": {"out": 1}}], name="other")
    assert types_of(other, {"example": EXAMPLE})["if x"] == "text"
