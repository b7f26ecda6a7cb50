"""What people see of an approval before and while it runs, and what callers are told."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from guanxi.rules.organisation import Member, Snapshot
from guanxi.workflow import (
    AlreadyDecided,
    Close,
    Decide,
    Facts,
    Finished,
    Hold,
    Open,
    State,
    Submit,
    chain,
    needed,
    preview,
    question,
    step,
)
from guanxi.workflow.content import digest, read_path
from tests.scenarios.orders import approval_of, order_record

NOW = datetime(2026, 3, 2, tzinfo=UTC)
APPROVAL = approval_of(
    json.loads(Path("tests/scenarios/director_too/definitions/approval.json").read_text("utf-8"))
)
REP, MIA, FULLER = 1, 2, 3
ORG = Snapshot({REP: Member(MIA), MIA: Member(), FULLER: Member()}, {}, {"director": (FULLER,)})


def facts(*discounts: str) -> Facts:
    values: dict[str, Any] = {"owner": "rep", "lines": [{"discount": one} for one in discounts]}
    return Facts(order_record(values, {"rep": REP}), ORG)


def test_ten_percent_is_not_over_ten_percent() -> None:
    assert not needed(APPROVAL, REP, NOW, facts("10", "10.00"))
    assert needed(APPROVAL, REP, NOW, facts("10.01"))
    assert not needed(APPROVAL, REP, NOW, facts())


def test_the_preview_says_who_would_decide() -> None:
    links = preview(APPROVAL, REP, NOW, facts("25"))
    assert [(link.step, link.state, link.people) for link in links] == [
        ("manager", "todo", (MIA,)),
        ("director", "todo", (FULLER,)),
    ]
    assert [link.step for link in preview(APPROVAL, REP, NOW, facts("15"))] == ["manager"]
    assert preview(APPROVAL, MIA, NOW, facts("15"))[0].state == "held"


def test_the_question_shows_value_and_limit() -> None:
    (fact,) = question(APPROVAL, REP, NOW, facts("5", "25"))
    assert (fact.name, fact.value, fact.limit, fact.of) == ("discount", Decimal(25), 10, "lines.discount")


def test_outputs_tell_what_to_store_and_whom_to_ask() -> None:
    about = facts("15")
    submitted = step(APPROVAL, None, Submit(REP), NOW, about)
    (opened,) = submitted.outputs
    assert isinstance(opened, Open)
    assert opened.task.who == (MIA,)
    decided = step(APPROVAL, submitted.state, Decide(MIA, opened.key, "approve", " fine "), NOW, about)
    closed, finished = decided.outputs
    assert isinstance(closed, Close)
    assert closed.decided is not None
    assert (closed.key, closed.decided.by, closed.decided.comment) == (opened.key, MIA, "fine")
    hashed = digest({path: read_path(about.record, path) for path in APPROVAL.seen})
    assert finished == Finished("approved", hashed)
    assert decided.content() == hashed


def test_a_task_without_anybody_is_told_as_held() -> None:
    (held,) = step(APPROVAL, None, Submit(MIA), NOW, facts("15")).outputs
    assert isinstance(held, Hold)
    assert held.task.who == ()


def test_a_stale_decision_is_told_who_decided() -> None:
    about = facts("25")
    state = step(APPROVAL, None, Submit(REP), NOW, about).state
    (key,) = state.tasks
    after = step(APPROVAL, state, Decide(MIA, key, "approve", "as agreed"), NOW, about).state
    with pytest.raises(AlreadyDecided) as refused:
        step(APPROVAL, after, Decide(MIA, key, "reject", "no"), NOW, about)
    told = refused.value
    assert (told.by, told.answer, told.at, told.comment) == (MIA, "approve", NOW, "as agreed")


MADE_UP = ["", "manager", "manager#9.0.0.0", "#", "director#1.0.0.0", "manager#1." + "9" * 5000]


@pytest.mark.parametrize("key", MADE_UP)
def test_a_made_up_task_is_refused(key: str) -> None:
    about = facts("25")
    state = step(APPROVAL, None, Submit(REP), NOW, about).state
    with pytest.raises(Exception, match="anew") as refused:
        step(APPROVAL, state, Decide(MIA, key, "approve"), NOW, about)
    assert getattr(refused.value, "code", "") == "task_closed"


def test_the_chain_tells_every_decision() -> None:
    about = facts("25")
    state = step(APPROVAL, None, Submit(REP), NOW, about).state
    state = step(APPROVAL, state, Decide(MIA, next(iter(state.tasks)), "approve", "ok"), NOW, about).state
    manager, director = chain(APPROVAL, state, NOW, about)
    assert (manager.state, manager.by, manager.comment, manager.given, manager.needed) == (
        "done",
        MIA,
        "ok",
        1,
        1,
    )
    assert manager.label == {"en": "Sales manager", "zh-CN": "销售经理"}
    assert (director.state, director.people, director.by) == ("now", (FULLER,), None)


def test_a_state_of_another_schema_is_refused() -> None:
    stored = step(APPROVAL, None, Submit(REP), NOW, facts("25")).state.to_json()
    with pytest.raises(ValueError, match="schema 99"):
        State.from_json({**stored, "schema": 99})
