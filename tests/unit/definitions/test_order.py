"""The order of computation: everything after what it reads, whatever the order of writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.definitions import Document, check_documents, compile_catalog
from tests.unit.definitions.field_of import entity_of


def thing(fields):
    return Document("thing.json", {"kind": "entity", "name": "thing", "title": "name",
                                   "fields": {"name": {"type": "text"}, **fields}})  # fmt: skip


@given(st.permutations(["a", "b", "c", "d"]))
def test_a_field_comes_after_those_that_it_reads(names):
    written = {
        "a": {"type": "integer", "formula": "b + c"},
        "b": {"type": "integer", "formula": "c + 1"},
        "c": {"type": "integer", "suggest": "d"},
        "d": {"type": "integer"},
    }
    order = entity_of({name: written[name] for name in names}).order
    assert order == ("c", "b", "a")


@pytest.mark.parametrize("first", ["lines", "fee"])
def test_lines_come_after_what_they_read_of_their_record(first):
    fields = {
        "lines": {"type": "lines", "fields": {
            "quantity": {"type": "decimal"},
            "share": {"type": "decimal", "scale": 4, "formula": "quantity * parent.rate"},
        }},
        "rate": {"type": "decimal", "formula": "base"},
        "base": {"type": "decimal"},
        "fee": {"type": "decimal", "scale": 4, "formula": "sum(lines.share)"},
    }  # fmt: skip
    entity = entity_of({first: fields[first], **fields})
    assert entity.order == ("rate", "lines", "fee")
    (lines,) = entity.line_fields
    assert lines.lines is not None
    assert lines.lines.order == ("share",)


def test_lines_that_compute_nothing_are_not_in_the_order():
    entity = entity_of({
        "lines": {"type": "lines", "fields": {"quantity": {"type": "decimal"}}},
        "sum": {"type": "decimal", "formula": "sum(lines.quantity)"},
    })  # fmt: skip
    assert entity.order == ("sum",)


def test_a_line_may_not_wait_for_itself():
    lines = {"type": "lines", "fields": {
        "quantity": {"type": "decimal", "suggest": "share"},
        "share": {"type": "decimal", "formula": "quantity"},
    }}  # fmt: skip
    (problem,) = check_documents([thing({"lines": lines})])
    assert problem.pointer == "/fields/lines/fields/quantity/suggest"
    assert "quantity -> share -> quantity" in problem.message


def test_a_formula_may_not_read_itself():
    (problem,) = check_documents([thing({"a": {"type": "integer", "formula": "a + 1"}})])
    assert "a -> a" in problem.message


def test_a_formula_has_no_more_decimals_than_its_field_keeps():
    fields = {"a": {"type": "decimal", "scale": 2}, "b": {"type": "decimal", "scale": 2, "formula": "a * a"}}
    (problem,) = check_documents([thing(fields)])
    assert problem.pointer == "/fields/b/formula"
    assert "round" in problem.hint
    fields["b"]["formula"] = "round(a * a, 2)"
    assert compile_catalog([thing(fields)]).entities["thing"].order == ("b",)
