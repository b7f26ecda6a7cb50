"""The awkward interactions of deadlines, waits, sub-processes and versions; the numbers are theirs."""

from datetime import timedelta
from typing import Any

import pytest

from guanxi.workflow import CancelChild, CarryOut, Remind, StartChild, TimerGone
from guanxi.workflow import events as e
from guanxi.workflow.versions import fit
from tests.unit.workflow.acted import ID, START, Case, anybody, approve, parallel, process

DEAR = [{"discount": "5", "amount": "900"}]
CALL = {"name": "c", "type": "call", "process": "line_check"}
EACH = {**CALL, "forEach": "lines"}
TWO = [{"discount": "5", "id": 7}, {"discount": "5", "id": 8}]


def deadline(do: str, *to: str, after: str = "1 day") -> dict[str, Any]:
    return {"name": do, "after": after, "do": do, **({"to": anybody(*to)} if to else {})}


def wait(name: str, **what: Any) -> dict[str, Any]:
    return {"name": name, "type": "wait", **what}


def race(name: str, *branches: list[dict[str, Any]]) -> dict[str, Any]:
    named = [{"name": f"b{i}", "steps": steps} for i, steps in enumerate(branches, 1)]
    return {"name": name, "type": "race", "branches": named}


def test_10_a_recall_cancels_what_was_started() -> None:
    case = Case(process(EACH, policies={"recall": "anyTime"}), lines=TWO)
    assert [out.key for out in case.told if isinstance(out, StartChild)] == ["c#1.7", "c#1.8"]
    case.take(e.ChildEnded("c#1.7", "approved")).take(e.Recall(ID["rep"]))
    assert [out.key for out in case.told if isinstance(out, CancelChild)] == ["c#1.8"]


def test_10_a_decision_below_counts_for_the_recall() -> None:
    of = process(EACH, policies={"recall": "beforeFirstDecision"})
    case = Case(of, lines=TWO)
    case.refused(e.Recall(ID["rep"], decided_below=True), "recall_refused")
    case.take(e.ChildEnded("c#1.7", "approved"))
    case.refused(e.Recall(ID["rep"]), "recall_refused")
    assert Case(of, lines=TWO).take(e.Recall(ID["rep"])).status == "recalled"


def test_sub_processes_follow_the_lines() -> None:
    case = Case(process(EACH, watch=["note"]), lines=TWO)
    case.take(e.ChildEnded("c#1.7", "approved")).edit("bo", lines=[*TWO[:1], {"discount": "1", "id": 9}])
    assert [type(out) for out in case.told if hasattr(out, "child")] == [CancelChild, StartChild]
    assert case.take(e.ChildEnded("c#1.9", "approved")).status == "approved"


def test_a_sub_process_that_was_recalled_is_no_consent() -> None:
    assert Case(process(CALL)).take(e.ChildEnded("c#1.0", "recalled")).status == "rejected"


def test_35_the_end_of_a_cancelled_sub_process_is_refused() -> None:
    block = parallel("p", [CALL], [approve("right", "mia")], join="first")
    case = Case(process(block, approve("z", "lea"))).do("right", "mia")
    assert [out.key for out in case.told if isinstance(out, CancelChild)] == ["c#1.0"]
    case.refused(e.ChildEnded("c#1.0", "rejected"), "not_awaited")


def test_24_a_decision_at_the_instant_of_the_deadline_wins_and_the_timer_is_refused() -> None:
    case = Case(process(approve("a", "mia", deadlines=[deadline("reject")])))
    ((key, due),) = case.state.timers.items()
    assert due == START + timedelta(days=1)
    case.refused(e.Timer(key), "not_awaited")
    case.now = due
    case.do("a", "mia")
    assert TimerGone(key) in case.told
    case.refused(e.Timer(key), "not_awaited")


def test_25_after_a_return_deadlines_count_anew() -> None:
    steps = approve("a", "mia", deadlines=[deadline("remind")]), approve("b", "dora", may={"return": ["a"]})
    case = Case(process(*steps)).fire()
    assert Remind("a", (ID["mia"],), "remind") in case.told
    assert not case.state.timers
    case.later(days=3).do("a", "mia").back("b", "dora", "a")
    assert list(case.state.timers.values()) == [case.now + timedelta(days=1)]


def test_25_after_an_edit_the_reopened_step_counts_anew() -> None:
    steps = approve("a", "mia", deadlines=[deadline("remind")]), approve("z", "lea", watch=["note"])
    case = Case(process(*steps)).do("a", "mia").later(days=9).edit("bo", lines=DEAR)
    assert list(case.state.timers.values()) == [case.now + timedelta(days=1)]


def test_26_escalation_adds_reassignment_replaces() -> None:
    steps = [deadline("escalate", "dora"), deadline("reassign", "lea", after="2 days")]
    case = Case(process(approve("a", "mia", deadlines=steps)))
    old = case.key("a")
    assert sorted(case.fire().who["a"]) == ["dora", "mia"]
    case.refused(e.Decide(ID["mia"], old, "approve"), "task_closed")
    assert case.fire().who == {"a": ["lea"]}


def test_26_a_deadline_never_brings_in_the_submitter() -> None:
    case = Case(process(approve("a", "mia", deadlines=[deadline("escalate", "rep", "dora")])))
    assert sorted(case.fire().who["a"]) == ["dora", "mia"]


@pytest.mark.parametrize(("do", "status"), [("approve", "approved"), ("reject", "rejected")])
def test_26_a_deadline_decides_only_where_declared_and_says_so(do: str, status: str) -> None:
    case = Case(process(approve("a", "mia", deadlines=[deadline(do)]))).fire()
    entry = case.state.marks["a"].seats[0].line[0]
    assert (case.status, entry.by, entry.deadline) == (status, None, do)


def test_27_nothing_is_approved_because_somebody_was_missing() -> None:
    empty = approve("a", by=[{"managerOf": "helper"}], deadlines=[deadline("approve")])
    assert Case(process(empty)).fire().who == {"a": []}
    mixed = approve("v", by=[{"roles": ["director"]}], need={"atLeast": 2}, deadlines=[deadline("approve")])
    assert Case(process(mixed)).fire().status == "running"


def migrated(case: Case, new: Any, clear: tuple[str, ...]) -> Case:
    case.process = case.versions["new"] = new
    return case.take(e.Migrate(ID["adm"], "new", clear))


def test_28_a_moved_deadline_counts_from_the_opening_and_decides_only_after_a_whole_span() -> None:
    def version(span: str) -> Any:
        names = [{**deadline("remind", after=span)}, {**deadline("approve", after=span)}]
        return process(approve("a", "mia", deadlines=names))

    case = Case(version("4 days")).later(days=2)
    found = fit(case.process, version("3 days"), case.state, case.now, case.facts)
    assert (found.kind, len(found.timers)) == ("safe", 2)
    migrated(case, version("3 days"), found.clear)
    assert case.state.timers == {
        "a#1/remind": START + timedelta(days=3),
        "a#1/approve": START + timedelta(days=5),
    }


def test_29_a_version_that_keeps_every_consent_and_task_is_safe() -> None:
    old = process(approve("a", "mia"), approve("b", "dora"))
    case = Case(old).do("a", "mia")
    more = process(approve("a", "mia"), approve("b", "dora"), approve("c", "lea"))
    found = fit(old, more, case.state, case.now, case.facts)
    assert found.kind == "safe"
    assert migrated(case, more, found.clear).do("b", "dora").who == {"c": ["lea"]}


@pytest.mark.parametrize(
    "steps",
    [
        (approve("a", "mia", "lea"), approve("b", "dora")),
        (approve("a", "mia", need="all"), approve("b", "dora")),
        (approve("a", "mia", watch=["note"]), approve("b", "dora")),
        (approve("b", "dora"),),
        (approve("a", "mia", when="total > 500"), approve("b", "dora")),
    ],
)
def test_29_a_version_that_drops_a_consent_needs_a_decision(steps: Any) -> None:
    old = process(approve("a", "mia"), approve("b", "dora"))
    case = Case(old).do("a", "mia")
    found = fit(old, process(*steps), case.state, case.now, case.facts)
    assert found.kind == "decision"
    assert [(one.step, one.people) for one in found.lost] == [("a", (ID["mia"],))]


def test_29_a_version_under_which_others_are_asked_needs_a_decision() -> None:
    old, new = process(approve("a", "mia")), process(approve("a", "dora"))
    case = Case(old)
    found = fit(old, new, case.state, case.now, case.facts)
    assert (found.kind, found.opens, found.closes) == ("decision", ("a",), ("a",))
    assert migrated(case, new, found.clear).who == {"a": ["dora"]}


def test_29_a_sub_process_that_would_be_lost_pins_the_instance() -> None:
    case = Case(process(CALL, approve("a", "mia")))
    assert fit(case.process, process(approve("a", "mia")), case.state, case.now, case.facts).kind == "pinned"


def test_30_of_two_branches_that_are_over_at_once_the_first_is_taken() -> None:
    effect = [{"name": "e", "update": "this", "set": {"terms": "free"}}]
    done = {"name": "d", "type": "do", "effects": effect}
    both = race("r", [wait("w1", when="total > 500")], [wait("w2", when="total > 500"), done])
    case = Case(process(both, approve("z", "lea"), watch=["note"])).edit("bo", lines=DEAR)
    assert case.state.marks["r"].outcome == "b1"
    assert not [out for out in case.outputs if isinstance(out, CarryOut)], "what lost the race does nothing"


def test_a_race_is_won_by_the_first_decision_and_not_by_a_question() -> None:
    sides = race(
        "r", [approve("left", "mia", may={"ask": anybody()}), approve("l2", "bo")], [approve("right", "dora")]
    )
    case = Case(process(sides))
    case.take(e.Ask(ID["mia"], case.key("left"), ID["rep"], "why?"))
    assert set(case.who) == {"left", "right"}
    case.take(e.Reply(ID["rep"], case.key("left"), "so"))
    assert case.do("left", "mia").who == {"l2": ["bo"]}


def test_31_an_event_that_nothing_waits_for_is_refused_unless_it_was_for_many() -> None:
    case = Case(process(wait("w", event="paid", match={"bank": "one"}), approve("a", "mia")))
    case.refused(e.NamedEvent("paid", {"bank": "two"}), "not_awaited")
    case.take(e.NamedEvent("paid", {"bank": "two"}, broadcast=True))
    assert not case.who
    assert case.take(e.NamedEvent("paid", {"bank": "one"})).who == {"a": ["mia"]}
    case.refused(e.NamedEvent("paid", {"bank": "one"}), "not_awaited")
    case.take(e.NamedEvent("paid", {"bank": "one"}, broadcast=True))


@pytest.mark.parametrize(("early", "asked"), [(True, {"z": ["lea"]}), (False, {})])
def test_an_event_before_the_wait_counts_only_where_declared(early: bool, asked: object) -> None:
    steps = approve("a", "mia"), wait("w", event="paid", acceptEarly=early), approve("z", "lea")
    case = Case(process(*steps)).take(e.NamedEvent("paid", broadcast=True)).do("a", "mia")
    assert case.who == asked
    assert not case.state.early


def test_waits_for_a_span_and_for_a_condition() -> None:
    steps = wait("span", **{"for": "2 hours"}), wait("dear", when="total > 500"), approve("z", "lea")
    case = Case(process(*steps, watch=["note"])).fire()
    assert case.now == START + timedelta(hours=2)
    assert not case.who
    assert case.edit("bo", lines=DEAR).who == {"z": ["lea"]}


def test_going_back_ends_in_an_administrators_hands() -> None:
    again = {"name": "again", "type": "goBack", "to": "a", "max": 3}
    wrong = {"name": "wrong", "when": "outcome('t') == 'wrong'", "steps": [again]}
    task = {
        "name": "t",
        "type": "task",
        "by": anybody("adm"),
        "outcomes": [{"name": "paid"}, {"name": "wrong"}],
    }
    case = Case(
        process(
            approve("a", "mia"), task, {"name": "c", "type": "choose", "branches": [wrong], "otherwise": []}
        )
    )
    for _ in range(2):
        case.do("a", "mia").do("t", "adm", "wrong")
        assert case.who == {"a": ["mia"]}
    case.do("a", "mia").do("t", "adm", "wrong")
    assert case.who == {"again": []}
    case.refused(e.Assign(ID["adm"], case.key("again"), ID["lea"]), "task_closed")
    assert case.take(e.Move(ID["adm"], "t")).do("t", "adm", "paid").status == "approved"


def test_an_end_closes_all_that_is_open() -> None:
    end = {"name": "stop", "type": "end", "outcome": "cancelled"}
    block = parallel("p", [wait("w", event="stopped"), end], [approve("right", "mia")])
    case = Case(process(block)).take(e.NamedEvent("stopped"))
    assert (case.status, case.state.tasks) == ("cancelled", {})


def test_effects_have_a_key_and_happen_once_a_visit() -> None:
    effect = [{"name": "e", "update": "this", "set": {"terms": "free"}}]
    done = {"name": "d", "type": "do", "effects": effect}
    steps = approve("a", "mia", onApproved=effect), done, approve("b", "dora", watch=["note"])
    case = Case(process(*steps, onApproved=effect)).do("a", "mia").edit("bo", lines=DEAR)
    case.do("a", "mia").do("b", "dora")
    keys = [out.key for out in case.outputs if isinstance(out, CarryOut)]
    assert keys == ["a#1.onApproved.0", "d#1.0", "onApproved@5.0"]
