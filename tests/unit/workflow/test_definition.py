"""Reading an approval: what is wrong is named with its place, all at once."""

from typing import Any

import pytest

from guanxi.definitions.documents import Document
from guanxi.definitions.flow.read_approval import read_approval
from guanxi.definitions.flow.steps import Need
from guanxi.definitions.meta import schema_problems
from tests.scenarios.orders import approval_of, reading


def document(**changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "kind": "approval",
        "name": "discount",
        "of": "order",
        "watch": ["lines", "terms"],
        "steps": [
            {"name": "manager", "type": "approve", "by": [{"managerOf": "owner"}]},
            {
                "name": "tier",
                "type": "choose",
                "branches": [{"name": "high", "when": "total > 100", "steps": []}],
                "otherwise": [{"name": "legal", "type": "approve", "by": [{"roles": ["legal"]}]}],
            },
        ],
    }
    return base | changes


def step(**changes: Any) -> list[dict[str, Any]]:
    return [{"name": "manager", "type": "approve", "by": [{"managerOf": "owner"}], **changes}]


WAY = {"name": "high", "when": "total > 1", "steps": []}


def problems(**changes: Any) -> dict[str, str]:
    data = document(**changes)
    found = schema_problems(Document("approval.json", data))
    if not found:
        compiling = reading()
        read_approval(data, compiling)
        found = compiling.workshop.problems
    return {problem.pointer: f"{problem.message} {problem.hint}" for problem in found}


def test_a_right_document_has_no_problems() -> None:
    assert problems() == {}


def test_what_the_engine_needs_is_worked_out_once() -> None:
    approval = approval_of(document(when="max(lines.discount) > 10", show=[{"name": "n", "value": "note"}]))
    assert approval.watch == ("lines", "lines.amount", "lines.discount", "terms", "total")
    assert approval.reads == {"lines", "lines.amount", "lines.discount", "terms", "total", "owner", "note"}
    assert approval.places["tier"].chose == ("total",)
    assert approval.places["tier"].inside == ("tier", "legal")
    assert approval.label == {"en": "Discount"}


@pytest.mark.parametrize(
    ("need", "people", "quorum"),
    [
        (Need("any"), 5, 1),
        (Need("all"), 3, 3),
        (Need("all"), 0, 1),
        (Need("atLeast", 2), 1, 2),
        (Need("percent", 60), 3, 2),
        (Need("percent", 60), 5, 3),
        (Need("percent", 1), 0, 1),
    ],
)
def test_quorums(need: Need, people: int, quorum: int) -> None:
    assert need.quorum(people) == quorum


@pytest.mark.parametrize(
    ("changes", "place", "said"),
    [
        ({"of": "ordr"}, "/of", 'did you mean "order"?'),
        ({"watch": ["termz"]}, "/watch/0", 'did you mean "terms"?'),
        ({"watch": ["lines.discont"]}, "/watch/0", 'did you mean "discount"?'),
        ({"watch": ["account.nothing"]}, "/watch/0", "nothing"),
        ({"watch": ["status"]}, "/watch/0", "changes by the approval itself"),
        ({"watch": ["updated_at"]}, "/watch/0", "changes by the approval itself"),
        ({"when": "status == 'draft'"}, "/steps", "changes by the approval itself"),
        ({"when": "totl > 1"}, "/when", 'did you mean "total"'),
        ({"when": "note"}, "/when", ""),
        ({"watch": [], "steps": step()}, "/watch", "fewer than 1"),
        ({"steps": step(by=[{"roles": ["directr"]}])}, "/steps/0/by/0/roles/0", 'did you mean "director"?'),
        ({"steps": step(by=[{"field": "note"}])}, "/steps/0/by/0/field", "reference to user"),
        ({"steps": step(by=[{"managerOf": "ownr"}])}, "/steps/0/by/0/managerOf", 'did you mean "owner"'),
        ({"steps": step(by=[{"chainOf": "owner", "upTo": "boss"}])}, "/steps/0/by/0/upTo", "known: "),
        ({"steps": step(by=[{"level": 2}])}, "/steps/0/by/0", "nobody is named"),
        ({"steps": step(by=[{"roles": ["legal"], "level": 2}])}, "/steps/0/by/0/level", "managerOf"),
        (
            {"steps": step(by=[{"deciderOf": "manager"}])},
            "/steps/0/by/0/deciderOf",
            "other step in which people decide",
        ),
        ({"steps": step(by=[])}, "/steps/0/by", "fewer than 1"),
        ({"steps": step(type="aprove")}, "/steps/0/type", 'did you mean "approve"?'),
        ({"steps": step(need="most")}, "/steps/0/need", "any"),
        ({"steps": step(need={"atLeast": 0})}, "/steps/0/need/atLeast", "1 or more"),
        ({"steps": step(whn="true")}, "/steps/0/whn", 'did you mean "when"?'),
        ({"steps": [*step(), *step()]}, "/steps/1/name", "occurs twice"),
        (
            {"policies": {"separate": [["manager", "tier"]]}},
            "/policies/separate/0/1",
            "step in which people decide",
        ),
        ({"policies": {"recall": "always"}}, "/policies/recall", "not one of the choices"),
        ({"policies": {"unavailable": ["boss"]}}, "/policies/unavailable/0", "manager"),
        ({"show": [{"name": "x", "value": "totl"}]}, "/show/0/value", 'did you mean "total"'),
        ({"show": [{"name": "x", "value": "total", "of": "totl"}]}, "/show/0/of", 'did you mean "total"?'),
        (
            {
                "steps": [
                    {
                        "name": "tier",
                        "type": "choose",
                        "branches": [WAY],
                    }
                ]
            },
            "/steps/0",
            "otherwise",
        ),
    ],
)
def test_a_problem_names_its_place_and_a_remedy(changes: dict[str, Any], place: str, said: str) -> None:
    found = problems(**changes)
    assert place in found, found
    assert said in found[place].replace("'", '"').replace("Did", "did")


def test_a_consent_must_be_about_something() -> None:
    data = document(steps=step())
    del data["watch"]
    compiling = reading()
    read_approval(data, compiling)
    (problem,) = compiling.workshop.problems
    assert problem.message == "the consent is bound to no field"


def test_all_problems_are_told_at_once() -> None:
    found = problems(watch=["termz"], when="totl > 1", steps=step(by=[{"roles": ["directr"]}]))
    assert set(found) == {"/watch/0", "/when", "/steps/0/by/0/roles/0"}
