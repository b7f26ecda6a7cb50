"""What the checks find, with the values that prove it."""

import time

import pytest

from guanxi.definitions.decisions.proof import Occurrence
from tests.unit.decisions.tables import compiled, problems, table, told

NUMBER = {"name": "discount", "type": "percent", "min": 0, "max": 60, "required": True}
AMOUNT = {"name": "amount", "type": "integer", "min": 0, "required": True}
ONE, TWO = {"then": {"out": 1}}, {"then": {"out": 2}}


def test_a_gap_of_one_hundredth_is_found_and_where_there_is_none_nothing_is():
    rows = [{"if": {"discount": {"upTo": 20}}, **ONE}, {"if": {"discount": {"over": "20.01"}}, **TWO}]
    assert told(table([NUMBER], rows)) == ["No row hits for Discount 20.01."]
    rows[1] = {"if": {"discount": {"from": "20.01"}}, **TWO}
    assert told(table([NUMBER], rows)) == []


def test_missing_is_a_case_of_its_own():
    optional = {**NUMBER, "required": False}
    rows = [{"if": {"discount": {"upTo": 60}}, **ONE}]
    assert told(table([optional], rows)) == ["No row hits for Discount missing."]
    assert told(table([optional], [*rows, {"if": {"discount": {"missing": True}}, **TWO}])) == []
    assert told(table([optional], rows, otherwise={"out": 9})) == []


@pytest.mark.parametrize(
    ("inputs", "cell", "rest", "says"),
    [
        ({"type": "boolean"}, True, {"missing": True}, "X no"),
        ({"type": "select", "values": ["a", "b"]}, "a", {"missing": True}, "X b"),
        ({"type": "text"}, ["a", "b"], {"missing": True}, "X other1"),
        ({"type": "text"}, {"not": "a"}, {"missing": True}, "X a"),
        (
            {"type": "date"},
            {"below": "2026-03-01"},
            [{"over": "2026-03-01"}, {"missing": True}],
            "X 2026-03-01",
        ),
        ({"type": "duration"}, {"below": "2 days"}, [{"over": "2 days"}, {"missing": True}], "X 2 days"),
        (
            {"type": "datetime"},
            {"below": "2026-03-01T00:00:00Z"},
            [{"over": "2026-03-01T00:00:00Z"}, {"missing": True}],
            "X 2026-03-01T00:00:00Z",
        ),
    ],
)
def test_gaps_of_every_type(inputs, cell, rest, says):
    rows = [{"if": {"x": cell}, **ONE}, {"if": {"x": rest}, **TWO}]
    assert told(table([{"name": "x", **inputs}], rows)) == [f"No row hits for {says}."]


def test_rows_that_overlap_are_refused_under_unique():
    rows = [{"if": {"discount": {"upTo": 20}}, **ONE}, {"if": {"discount": {"from": 20}}, **TWO}]
    assert told(table([NUMBER], rows)) == ['The rows "R1" and "R2" both hit for Discount 20.']
    assert told(table([NUMBER], rows, hit="first")) == []


def test_rows_that_contradict_each_other_are_refused_under_any():
    rows = [{"if": {"discount": {"upTo": 20}}, **ONE}, {"if": {"discount": {"from": 20}}, **ONE}]
    assert told(table([NUMBER], rows, hit="any")) == []
    rows[1] = {**rows[1], **TWO}
    assert told(table([NUMBER], rows, hit="any")) == [
        'The rows "R1" and "R2" say different things for Discount 20.'
    ]
    rows[1] = {**rows[1], "then": {"out": "= round(discount)"}}
    found = compiled(table([NUMBER], rows, hit="any"))
    assert [str(one) for one in found.unproved] == [
        'Not proved: whether the rows "R1" and "R2" say the same for Discount 20.'
    ]


def test_a_row_behind_two_others_that_cover_it_together_is_dead():
    rows = [
        {"if": {"discount": {"upTo": 20}}, **ONE},
        {"if": {"discount": {"over": 20}}, **TWO},
        {"if": {"discount": {"from": 10, "upTo": 30}}, **ONE},
    ]
    found = problems(table([NUMBER], rows, hit="first"))
    assert [one.pointer for one in found] == ["/rows/2"]
    assert found[0].message.startswith('The row "R3" never decides: rows that go before it hit')
    assert found[0].message.endswith("for example for Discount 10.")


def test_a_cell_outside_of_the_bounds_is_told():
    rows = [{"if": {"discount": {"upTo": 60}}, **ONE}, {"if": {"discount": {"over": 60}}, **TWO}]
    assert told(table([NUMBER], rows)) == [
        'The row "R2" never hits: one of its cells is outside of what the input can be.'
    ]


def test_a_promise_is_proved_or_refuted_by_two_examples():
    promise = [{"input": "discount", "output": "out", "never": "decreases"}]
    rows = [
        {"if": {"discount": {"upTo": 20}}, **ONE},
        {"if": {"amount": {"over": 100}}, **TWO},
        {"then": {"out": 1}},
    ]
    assert told(table([NUMBER, AMOUNT], rows, hit="first", monotone=promise)) == []
    rows[1] = {"if": {"amount": {"over": 100}}, "then": {"out": 0}}
    [said] = told(table([NUMBER, AMOUNT], rows, hit="first", monotone=promise))
    assert said.startswith("Out decreases from 1 to 0 while Discount grows: for Discount 0, Amount 101, then")
    assert said.endswith("then for Discount 20.01, Amount 101.")
    promise[0]["never"] = "increases"
    assert told(table([NUMBER, AMOUNT], rows, hit="first", monotone=promise)) == []


def test_a_promise_about_a_sum_is_said_not_to_be_proved():
    promise = [{"input": "discount", "output": "out", "never": "decreases"}]
    found = compiled(table([NUMBER], [ONE], hit="sum", monotone=promise))
    assert [str(one) for one in found.unproved] == [
        "Not proved: whether Out always keeps its promise while Discount grows."
    ]


def crossing(third):
    inputs = [
        {"name": "total", "type": "money", "formula": "total", "required": True, "min": 0},
        {"name": "twice", "type": "money", "formula": "total * 2", "required": True, "min": 0},
    ]
    rows = [
        {"if": {"total": {"from": 100}, "twice": {"from": 200}}, **ONE},
        {"if": {"total": {"below": 100}, "twice": {"below": third}}, **TWO},
    ]
    return table(inputs, rows, of="order")


def test_inputs_that_depend_on_each_other_are_proved_by_arithmetic():
    assert told(crossing(200)) == []
    assert told(crossing(150)) == ["No row hits for Total 75, Twice 150."]


def test_without_the_prover_it_is_said_that_nothing_is_proved(monkeypatch):
    monkeypatch.setattr("guanxi.definitions.decisions.proof._library", lambda: None)
    found = compiled(crossing(200))
    assert all(str(one).startswith("Not proved: whether a row hits for Total") for one in found.unproved)
    assert found.unproved
    assert Occurrence(found)._z3 is None


@pytest.mark.parametrize("hit", ["unique", "first", "collect", "max"])
@pytest.mark.parametrize("shuffled", [False, True])
def test_two_hundred_rows_of_four_inputs_are_judged_in_a_second(hit, shuffled):
    inputs = [{"name": f"i{n}", "type": "decimal", "min": 0, "max": 1000, "required": True} for n in range(4)]
    rows = [
        {"if": {f"i{axis}": _part(at, of) for axis, (at, of) in enumerate(cell)}, "then": {"out": number}}
        for number, cell in enumerate(_cells())
    ]
    if shuffled:
        rows = [rows[7 * place % 200] for place in range(200)]
    document = table(inputs, rows[:-1], hit=hit)
    begun = time.process_time()
    found = told(document)
    assert time.process_time() - begun < 1
    assert len(found) == 1
    assert found[0].startswith("No row hits for I0")


def _cells():
    return [
        ((a, 5), (b, 5), (c, 4), (d, 2))
        for a in range(5)
        for b in range(5)
        for c in range(4)
        for d in range(2)
    ]


def _part(at, of):
    return {"from": 1000 * at // of, **({"below": 1000 * (at + 1) // of} if at + 1 < of else {})}
