"""Every kind of step, read from one document, and what is told when a part of it does not fit."""

import copy
from typing import Any

import pytest

from guanxi.definitions.documents import Document
from guanxi.definitions.flow.approval import Approval
from guanxi.definitions.flow.read_approval import read_approval
from guanxi.definitions.flow.spans import DecidedSpan, Span
from guanxi.definitions.flow.steps import (
    Approve,
    Call,
    Do,
    End,
    GoBack,
    Join,
    Parallel,
    Race,
    Task,
    Wait,
)
from guanxi.definitions.meta import schema_problems
from guanxi.errors import DefinitionProblem
from tests.scenarios.orders import reading
from tests.unit.definitions.process_examples import LEGAL, SIGN, WHOLE

BRANCH = "/steps/1/branches/0/steps/0"
PROCESSES = {("approval", "other"): "order", ("approval", "far"): "account"}


def read(document: dict[str, Any]) -> tuple[Approval | None, list[DefinitionProblem]]:
    found = schema_problems(Document("approval.json", document))
    if found:
        return None, found
    compiling = reading()
    compiling.workshop.names = {
        **compiling.workshop.names,
        "calendar": frozenset({"office"}),
        "decision": frozenset({"limits"}),
    }
    compiling.workshop.processes = PROCESSES
    return read_approval(document, compiling), compiling.workshop.problems


def whole() -> Approval:
    approval, problems = read(WHOLE)
    assert problems == []
    assert approval is not None
    return approval


def test_every_kind_of_step_is_read() -> None:
    places = whole().places
    kinds = {
        name: type(place.step)
        for name, place in places.items()
        if name not in ("pause", "payment", "limit", "again")
    }
    assert kinds == {
        "prepare": Task, "check": Parallel, "sign": Approve, "first": Race, "sub": Call, "retry": GoBack,
        "stop": End, "write": Do,
    }  # fmt: skip
    check, pause, payment = places["check"].step, places["pause"].step, places["payment"].step
    assert isinstance(check, Parallel)
    assert check.join == Join("atLeast", 1)
    assert check.rest == "letRun"
    assert isinstance(pause, Wait)
    assert pause.span == Span(3, "days")
    assert str(pause.at) == "09:00:00"
    assert isinstance(payment, Wait)
    assert payment.accept_early
    assert payment.match["via"].literal == "bank"


def test_a_step_may_what_the_process_says_unless_it_says_otherwise() -> None:
    approval = whole()
    prepare, sign = approval.places["prepare"].step, approval.places["sign"].step
    assert isinstance(prepare, Task)
    assert isinstance(sign, Approve)
    assert prepare.may.skip
    assert prepare.may.return_to == ("submitter",)
    assert not prepare.may.remind
    assert sign.may.return_to == ("previous", "prepare")
    assert sign.may.transfer == approval.may.transfer != ()


def test_a_place_knows_what_is_around_it() -> None:
    places = whole().places
    assert places["retry"].before == ("prepare", "check", "first", "sub")
    assert places["retry"].up == (("again", "hopeless"),)
    assert places["first"].inside == ("first", "payment", "limit")
    assert places["sub"].behind == ("sub", "again", "retry", "stop", "write")
    assert places["sign"].before == ("prepare",)


def test_what_a_later_task_fills_in_binds_nobody_before_it() -> None:
    data = copy.deepcopy(WHOLE)
    task = {"name": "late", "type": "task", "by": LEGAL, "fields": {"terms": "editable"}}
    data["steps"] = [
        {**SIGN, "name": "a", "may": {}, "when": "terms == 'x'"},
        task,
        {**SIGN, "name": "b", "may": {}},
    ]
    approval, problems = read(data)
    assert problems == []
    assert approval is not None
    assert "terms" not in approval.places["a"].watch + approval.places["a"].chose
    assert "terms" in approval.places["b"].watch
    data["watch"] = ["terms"]
    approval, _ = read(data)
    assert approval is not None
    assert "terms" in approval.places["a"].watch


def test_spans_vary() -> None:
    data = copy.deepcopy(WHOLE)
    data["steps"][0]["due"] = {"decision": "limits", "output": "time"}
    approval, problems = read(data)
    assert problems == []
    assert approval is not None
    step = approval.places["prepare"].step
    assert isinstance(step, Task)
    assert step.due == DecidedSpan("limits", "time")


def put(path: str, value: Any) -> dict[str, Any]:
    """The whole document with another value at a path; None takes it away."""
    data = copy.deepcopy(WHOLE)
    *outer, last = path.split("/")[1:]
    holder: Any = data
    for part in outer:
        holder = holder[int(part) if isinstance(holder, list) else part]
    key: Any = int(last) if isinstance(holder, list) else last
    if value is None:
        del holder[key]
    else:
        holder[key] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "place", "said"),
    [
        ("/calendar", "offce", "/calendar", '"office"'),
        ("/calendar", None, "/steps/0/due", "needs a calendar"),
        ("/may/return", ["nobody"], "/may/return/0", "earlier step"),
        ("/exits/0", {"name": "x"}, "/exits/0", "exactly one"),
        ("/steps/0/due", "2 working weeks", "/steps/0/due", "no weeks"),
        ("/steps/0/due", "soon", "/steps/0/due", "2 working days"),
        ("/steps/0/due", "= total", "/steps/0/due", "duration"),
        ("/steps/0/due", {"decision": "limit"}, "/steps/0/due/decision", '"limits"'),
        ("/steps/0/fields", {"nte": "required"}, "/steps/0/fields/nte", '"note"'),
        ("/steps/0/deadlines/0/do", "approve", "/steps/0/deadlines/0/do", "neither approved"),
        ("/steps/0/deadlines/0/to", None, "/steps/0/deadlines/0", '"to" is missing'),
        ("/steps/0/outcomes/1/name", "ready", "/steps/0/outcomes/1/name", "occurs twice"),
        ("/steps/0/by", [{"decision": "limts"}], "/steps/0/by/0/decision", '"limits"'),
        ("/steps/0/by", [{"chosenBy": "submitter"}], "/steps/0/by/0", '"from" is missing'),
        ("/steps/0/by", [{"where": "user.id == owner"}], "/steps/0/by/0", "nobody is named"),
        ("/steps/0/by", [{"roles": ["legal"], "where": "usr.id == owner"}], "/steps/0/by/0/where", "user"),
        ("/steps/1/join", {"atLeast": 3}, "/steps/1/join/atLeast", "only 2"),
        (f"{BRANCH}/may/return", ["write"], f"{BRANCH}/may/return/0", "earlier"),
        (f"{BRANCH}/may/return", ["pause"], f"{BRANCH}/may/return/0", "earlier"),
        ("/steps/1/branches/1/steps/0/until", "now", "/steps/1/branches/1/steps/0", "exactly one"),
        ("/steps/2/branches/0/steps/0/event", None, "/steps/2/branches/0/steps/0", "exactly one"),
        ("/steps/2/branches/1/steps", [], "/steps/2/branches/1/steps", "waits for nothing"),
        ("/steps/3/process", "othr", "/steps/3/process", "no approval"),
        ("/steps/3/process", "far", "/steps/3/process", "about account"),
        ("/steps/3/forEach", "line", "/steps/3/forEach", '"lines"'),
        ("/steps/3/forEach", None, "/steps/3/join", "forEach"),
        ("/steps/4/branches/0/when", "outcome('prepre') == 'x'", "/steps/4/branches/0/when", "prepare"),
        ("/steps/4/branches/0/when", "outcome('prepare') == 'redy'", "/steps/4/branches/0/when", "ready"),
        ("/steps/4/branches/0/steps/0/to", "write", "/steps/4/branches/0/steps/0/to", "earlier"),
        ("/steps/4/branches/0/steps/0/to", "sign", "/steps/4/branches/0/steps/0/to", "earlier"),
        ("/steps/4/otherwise/0/outcome", "done", "/steps/4/otherwise/0/outcome", "does not end"),
        ("/steps/5/effects/0/set", {"lines": "x"}, "/steps/5/effects/0/set/lines", "cannot be set"),
        ("/steps/5/type", "taks", "/steps/5/type", '"task"'),
        ("/watch", ["terms"], "/steps/5/effects", "start itself again"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_where_it_is(path: str, value: Any, place: str, said: str) -> None:
    problems = read(put(path, value))[1]
    told = [f"{one.message} {one.hint}".replace("'", '"') for one in problems if one.pointer == place]
    assert any(said.replace("'", '"') in one for one in told), list(map(str, problems))
