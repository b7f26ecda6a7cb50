"""Whom a definition names by a table, by choice, by formula, and narrowed by a condition."""

from typing import Any

import pytest

from guanxi.definitions import Document, check_documents, compile_catalog
from guanxi.definitions.flow.steps import Task
from tests.unit.definitions.base import base_documents
from tests.unit.definitions.process_examples import REMIND

TABLE: dict[str, Any] = {
    "kind": "decision",
    "name": "caller",
    "of": "order",
    "hit": "unique",
    "inputs": [{"name": "big", "type": "boolean", "formula": "total > 1000"}],
    "outputs": [{"name": "people", "type": "who"}, {"name": "note", "type": "text"}],
    "rows": [{"name": "all", "if": {}, "then": {"people": [{"field": "owner"}], "note": "x"}}],
}


def documents(*by: dict[str, Any]) -> list[Document]:
    task = {"name": "call", "type": "task", "by": list(by)}
    process = {**REMIND, "steps": [task]}
    return [*base_documents(), Document("table.json", TABLE), Document("process.json", process)]


def selector(**who: Any) -> Any:
    step = compile_catalog(documents(who)).automations["remind"].places["call"].step
    assert isinstance(step, Task)
    return step.by[0]


def test_a_table_is_asked_and_what_it_decides_by_is_read() -> None:
    found = selector(decision="caller", output="people")
    assert (found.decision, found.output) == ("caller", "people")
    assert {"total", "owner"} <= found.reads


def test_a_condition_reads_the_candidate_apart_from_the_record() -> None:
    found = selector(roles=["rep"], where="user.team == owner.team and total > 5")
    assert found.candidate_reads == {"team"}
    assert found.reads >= {"owner.team", "total"}
    assert not any(path.startswith("user") for path in found.reads)


def test_somebody_is_chosen_out_of_others() -> None:
    found = selector(chosenBy="submitter", **{"from": [{"roles": ["rep"]}]}, max=2)
    assert (found.chosen.least, found.chosen.most) == (1, 2)
    assert found.chosen.source[0].roles == ("rep",)


def test_a_formula_gives_a_user() -> None:
    assert selector(formula="owner if total > 1 else account.owner").reads >= {"owner", "account.owner"}


@pytest.mark.parametrize(
    ("who", "place", "said"),
    [
        ({"decision": "caler", "output": "people"}, "/decision", "caller"),
        ({"decision": "caller"}, "", '"output" is missing'),
        ({"decision": "caller", "output": "peple"}, "/output", "people"),
        ({"decision": "caller", "output": "note"}, "/decision", "does not name people"),
        ({"formula": "total"}, "/formula", "user"),
        ({"roles": ["rep"], "where": "user.tem == owner.team"}, "/where", "team"),
        ({"chosenBy": "submitter", "from": [{"roles": ["rep"]}], "min": 3, "max": 2}, "/max", "fewer"),
        ({"chosenBy": "submitter", "from": [{"chosenBy": "submitter"}]}, "/from/0/chosenBy", "itself"),
        ({"roles": ["rep"], "max": 2}, "/max", "chosenBy"),
    ],
)
def test_what_does_not_fit_is_told_where_it_is(who: dict[str, Any], place: str, said: str) -> None:
    problems = check_documents(documents(who))
    here = [one for one in problems if one.pointer == f"/steps/0/by/0{place}"]
    assert any(said in f"{one.message} {one.hint}" for one in here), list(map(str, problems))
