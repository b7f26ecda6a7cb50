"""The awkward interactions of rejecting, returning and editing with steps at once; the numbers are theirs."""

import pytest

from guanxi.workflow import Facts, Reask, step
from guanxi.workflow import events as e
from tests.unit.workflow.acted import ID, Case, approve, parallel, process

BOTH = parallel("p", [approve("left", "mia")], [approve("right", "dora")])
DEAR = [{"discount": "5", "amount": "900"}]


def test_1_a_rejection_inside_a_parallel_ends_all() -> None:
    case = Case(process(BOTH)).do("left", "mia", "reject")
    assert case.status == "rejected"
    assert not case.state.tasks


@pytest.mark.parametrize("join", ["first", {"atLeast": 2}])
def test_1_with_another_join_only_when_it_cannot_be_reached(join: object) -> None:
    block = parallel(
        "p", *([approve(f"s{i}", who)] for i, who in enumerate(("mia", "dora", "lea"))), join=join
    )
    case = Case(process(block)).do("s0", "mia", "reject")
    assert case.status == "running"
    case.do("s1", "dora", "reject")
    assert case.status == ("running" if join == "first" else "rejected")


@pytest.mark.parametrize(("again", "asked"), [("askAll", {"l1", "r1"}), ("askAffected", {"l2"})])
def test_2_a_return_to_before_the_split(again: str, asked: set[str]) -> None:
    left = [approve("l1", "mia"), approve("l2", "dora", may={"return": ["a"]})]
    block = parallel("p", left, [approve("r1", "lea")])
    case = Case(process(approve("a", "fuller"), block, policies={"resubmit": again}))
    case.do("a", "fuller").do("l1", "mia").do("r1", "lea").back("l2", "dora", "a")
    assert case.who == {"a": ["fuller"]}
    assert set(case.do("a", "fuller").who) == asked


def test_3_a_return_inside_a_branch_disturbs_no_sibling() -> None:
    left = [approve("l1", "mia"), approve("l2", "dora", may={"return": ["l1"]})]
    case = Case(process(parallel("p", left, [approve("r1", "lea")])))
    case.do("l1", "mia").do("r1", "lea").back("l2", "dora", "l1")
    assert case.who == {"l1": ["mia"]}
    assert case.do("l1", "mia").do("l2", "dora").status == "approved"


@pytest.mark.parametrize(("again", "asked"), [("askAll", "a"), ("askAffected", "b")])
def test_4_a_return_to_the_submitter(again: str, asked: str) -> None:
    steps = approve("a", "mia"), approve("b", "dora", may={"return": ["submitter"]})
    case = Case(process(*steps, policies={"resubmit": again})).do("a", "mia").back("b", "dora", "submitter")
    assert case.status == "returned"
    assert not case.state.tasks
    case.refused(e.Submit(ID["lea"]), "may_not_decide")
    case.edit("rep", note="looked at")
    assert set(case.submit().who) == {asked}


def test_4_what_changed_meanwhile_asks_from_the_earliest_affected() -> None:
    steps = approve("a", "mia"), approve("b", "dora", may={"return": ["submitter"]})
    case = Case(process(*steps, policies={"resubmit": "askAffected"})).do("a", "mia")
    case.back("b", "dora", "submitter").edit("rep", lines=DEAR)
    assert set(case.submit().who) == {"a"}


def test_4_a_returned_case_can_be_given_up() -> None:
    case = Case(process(approve("a", "mia", may={"return": ["submitter"]})))
    assert case.back("a", "mia", "submitter").take(e.Recall(ID["rep"])).status == "recalled"


def test_4_previous_goes_to_the_nearest_decided_step_else_to_the_submitter() -> None:
    may = {"return": ["previous"]}
    case = Case(
        process(
            approve("a", "mia", may=may),
            approve("b", "dora", when="total > 500"),
            approve("c", "lea", may=may),
        )
    )
    case.do("a", "mia").back("c", "lea", "previous")
    assert case.who == {"a": ["mia"]}
    assert case.back("a", "mia", "previous").status == "returned"


def test_11_an_edit_asks_only_those_who_saw_something_else() -> None:
    steps = approve("a", "mia", watch=["total"]), approve("b", "dora", watch=["note"]), approve("c", "lea")
    case = Case(process(*steps)).do("a", "mia").do("b", "dora").edit("bo", lines=DEAR)
    assert case.who == {"a": ["mia"]}
    reasked = next(output for output in case.told if isinstance(output, Reask))
    assert (reasked.step, reasked.people, reasked.changed) == ("a", (ID["mia"],), {"total": ("100", "900")})
    assert case.do("a", "mia").who == {"c": ["lea"]}


def test_12_an_edit_in_a_parallel_reopens_only_the_affected_branch() -> None:
    left, right = approve("left", "mia", watch=["total"]), approve("right", "dora", watch=["note"])
    case = Case(process(parallel("p", [left], [right, approve("more", "lea", watch=["note"])])))
    case.do("left", "mia").do("right", "dora")
    open_ = case.key("more")
    case.edit("bo", lines=DEAR)
    assert set(case.who) == {"left", "more"}
    assert case.key("more") == open_


def test_12_branches_come_and_go_with_their_conditions() -> None:
    block = parallel("p", [approve("always", "mia")], [approve("dear", "dora")])
    block["branches"][1]["when"] = "total > 500"
    case = Case(process(block, watch=["note"]))
    assert set(case.who) == {"always"}
    assert set(case.edit("bo", lines=DEAR).who) == {"always", "dear"}
    assert set(case.edit("bo", lines=[]).who) == {"always"}


def test_13_a_related_record_that_changed_is_noticed_with_the_next_event() -> None:
    case = Case(process(approve("a", "mia"), approve("b", "dora"), watch=["account.level"])).do("a", "mia")
    case.values["account.level"] = "A"
    assert case.take(e.Tick()).who == {"a": ["mia"]}


def test_14_a_vote_that_was_reopened_asks_all_who_are_undecided() -> None:
    vote = approve("v", by=[{"roles": ["board"]}], need={"atLeast": 2})
    case = Case(process(vote, approve("z", "mia", watch=["note"])))
    old = case.key("v", "eva")
    case.do("v", "bo").do("v", "ana")
    assert case.who == {"z": ["mia"]}
    case.edit("dora", lines=DEAR)
    assert sorted(case.who["v"]) == ["ana", "bo", "eva"]
    case.refused(e.Decide(ID["eva"], old, "approve"), "task_closed")


def test_15_what_a_later_task_fills_in_disturbs_nobody() -> None:
    task = {"name": "t", "type": "task", "by": [{"roles": ["admin"]}], "fields": {"terms": "required"}}
    late = approve("late", "dora", when="terms == 'free'")
    case = Case(process(approve("a", "mia"), task, late)).do("a", "mia")
    case.edit("adm", terms="free")
    assert case.who == {"t": ["adm"]}
    assert case.do("t", "adm", "done").who == {"late": ["dora"]}


def test_32_the_winner_is_asked_again_and_the_cancelled_branch_stays_closed() -> None:
    block = parallel("p", [approve("left", "mia")], [approve("right", "dora", watch=["note"])], join="first")
    case = Case(process(block, approve("z", "lea", watch=["note"]))).do("left", "mia")
    assert case.who == {"z": ["lea"]}
    assert case.edit("bo", lines=DEAR).who == {"left": ["mia"]}


def test_33_a_choice_that_flips_back_asks_again() -> None:
    branch = {"name": "dear", "when": "total > 500", "steps": [approve("dear_ok", "mia")]}
    other = [approve("cheap_ok", "dora")]
    choice = {"name": "c", "type": "choose", "branches": [branch], "otherwise": other}
    case = Case(process(choice, approve("z", "lea"), watch=["note"])).do("cheap_ok", "dora")
    assert case.edit("bo", lines=DEAR).who == {"dear_ok": ["mia"]}
    assert case.edit("bo", lines=[]).who == {"cheap_ok": ["dora"]}


def test_a_rejection_that_goes_on_branches_on_its_outcome() -> None:
    refused = {"name": "no", "when": "outcome('a') == 'rejected'", "steps": [approve("more", "dora")]}
    choice = {"name": "c", "type": "choose", "branches": [refused], "otherwise": []}
    case = Case(process(approve("a", "mia", ifRejected="continue"), choice)).do("a", "mia", "reject")
    assert case.who == {"more": ["dora"]}
    assert case.edit("bo", lines=DEAR).who == {"a": ["mia"]}
    assert case.do("a", "mia").status == "approved"


def test_what_runs_on_beside_decides_nothing_any_more() -> None:
    block = parallel("p", [approve("left", "mia")], [approve("right", "dora")], join="first", rest="letRun")
    case = Case(process(block, approve("z", "lea"))).do("left", "mia")
    assert set(case.who) == {"right", "z"}
    assert case.do("right", "dora", "reject").who == {"z": ["lea"]}
    assert case.do("z", "lea").status == "approved"


def test_rows_that_were_not_loaded_are_an_error_and_never_no_rows() -> None:
    case = Case(process({"name": "each", "type": "call", "process": "line_check", "forEach": "lines"}))
    unloaded = {key: value for key, value in case.facts.record.items() if key != "lines"}
    with pytest.raises(KeyError, match="lines"):
        step(case.process, case.state, e.Tick(), case.now, Facts(unloaded, case.org))
