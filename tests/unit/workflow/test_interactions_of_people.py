"""The awkward interactions of adding, handing on, deputies and barred people; the numbers are theirs."""

from typing import Any

import pytest

from guanxi.errors import Invalid
from guanxi.workflow import Carried
from guanxi.workflow import events as e
from guanxi.workflow.powers import powers
from tests.unit.workflow.acted import ID, Case, anybody, approve, organisation, parallel, process

ALL: dict[str, Any] = {power: anybody() for power in ("transfer", "delegate", "add", "ask")}
DEAR = [{"discount": "5", "amount": "900"}]
BOARD = [{"roles": ["board"]}]


def test_5_who_is_added_before_or_after_joins_the_same_vote() -> None:
    case = Case(process(approve("a", "mia", may=ALL)))
    case.take(e.Add(ID["mia"], case.key("a"), ID["lea"], "before"))
    assert case.who == {"a": ["lea"]}
    assert case.do("a", "lea").who == {"a": ["mia"]}
    case.do("a", "mia", add=ID["fin"])
    assert case.who == {"a": ["fin"]}
    assert case.do("a", "fin", "reject").status == "rejected"


@pytest.mark.parametrize("need", ["any", {"percent": 60}])
def test_6_who_is_added_beside_is_needed_besides(need: object) -> None:
    case = Case(process(approve("v", by=BOARD, need=need, may=ALL)))
    case.take(e.Add(ID["bo"], case.key("v", "bo"), ID["fin"], "beside"))
    for name in ("bo", "ana") if need != "any" else ("bo",):
        case.do("v", name)
    assert case.who == {"v": ["fin"]}
    assert case.do("v", "fin").status == "approved"


def test_6_who_is_added_beside_can_stop_it() -> None:
    case = Case(process(approve("v", by=BOARD, need={"atLeast": 1}, may=ALL)))
    case.take(e.Add(ID["bo"], case.key("v", "bo"), ID["fin"], "beside"))
    assert case.do("v", "fin", "reject").status == "rejected"


def test_7_only_who_added_somebody_removes_them_and_only_before_they_answer() -> None:
    case = Case(process(approve("a", "mia", may=ALL)))
    case.take(e.Add(ID["mia"], case.key("a"), ID["lea"], "before"))
    case.refused(e.Remove(ID["dora"], "a", ID["lea"]), "may_not_decide")
    assert case.take(e.Remove(ID["mia"], "a", ID["lea"])).who == {"a": ["mia"]}
    case.take(e.Add(ID["mia"], case.key("a"), ID["lea"], "beside")).do("a", "lea")
    case.refused(e.Remove(ID["mia"], "a", ID["lea"]), "may_not_decide")
    assert case.do("a", "mia").status == "approved"


def test_7_a_seat_that_was_taken_out_is_not_waited_for() -> None:
    case = Case(process(approve("a", "mia", may=ALL)))
    case.take(e.Add(ID["mia"], case.key("a"), ID["lea"], "beside"))
    case.take(e.Remove(ID["mia"], "a", ID["lea"]))
    assert case.do("a", "mia").status == "approved"


@pytest.mark.parametrize("kind", [e.Delegate, e.Ask])
def test_8_a_reply_is_no_decision_and_the_task_returns(kind: type[e.Ask]) -> None:
    case = Case(process(approve("a", "mia", may=ALL)))
    old = case.key("a")
    case.take(kind(ID["mia"], old, ID["lea"], "what do you think?"))
    assert case.who == {"a": ["lea"]}
    case.refused(case.decision("a", "lea"), "may_not_decide")
    case.take(e.Reply(ID["lea"], case.key("a"), "fine with me"))
    assert case.who == {"a": ["mia"]}
    case.refused(e.Decide(ID["mia"], old, "approve"), "task_closed")
    assert case.do("a", "mia").status == "approved"


def test_8_the_submitter_may_be_asked_but_not_delegated_to() -> None:
    case = Case(process(approve("a", "mia", may=ALL)))
    with pytest.raises(Invalid, match="cannot be chosen"):
        case.take(e.Delegate(ID["mia"], case.key("a"), ID["rep"]))
    case.take(e.Ask(ID["mia"], case.key("a"), ID["rep"], "why?"))
    assert case.take(e.Reply(ID["rep"], case.key("a"), "because")).who == {"a": ["mia"]}


def test_9_after_a_transfer_the_old_form_decides_nothing() -> None:
    case = Case(process(approve("a", "mia", may={"transfer": anybody("dora", "rep")})))
    old = case.key("a")
    for barred in ("rep", "lea"):
        with pytest.raises(Invalid, match="cannot be chosen"):
            case.take(e.Transfer(ID["mia"], old, ID[barred]))
    case.take(e.Transfer(ID["mia"], old, ID["dora"]))
    case.refused(e.Decide(ID["mia"], old, "approve"), "task_closed")
    assert case.state.marks["a"].seats[0].line[0].moved == (ID["mia"],)
    assert case.do("a", "dora").status == "approved"


def test_9_what_is_not_allowed_is_refused_and_not_offered() -> None:
    case = Case(process(approve("a", "mia")))
    for event in (
        e.Transfer(ID["mia"], case.key("a"), ID["dora"]),
        e.Add(ID["mia"], case.key("a"), ID["dora"], "after"),
        e.Return(ID["mia"], case.key("a"), "submitter", "no"),
    ):
        case.refused(event, "may_not_decide")
    offered = powers(case.process, case.state, case.key("a"), ID["mia"], case.now, case.facts)
    assert offered.answers == ("approve", "reject")
    assert (offered.transfer, offered.add, offered.returns) == ((), (), ())


def test_16_who_edits_what_they_approve_is_replaced_or_it_is_held() -> None:
    asked = approve("a", "mia")
    up = Case(process(asked, policies={"approverIsSubmitter": "nextManager"})).edit("mia", lines=DEAR)
    assert up.who == {"a": ["dora"]}
    held = Case(process(asked)).edit("mia", lines=DEAR)
    assert held.who == {"a": []}
    with pytest.raises(Invalid, match="changed it last"):
        held.take(e.Assign(ID["adm"], held.key("a"), ID["mia"]))
    assert held.take(e.Assign(ID["adm"], held.key("a"), ID["lea"])).do("a", "lea").status == "approved"


def test_18_a_deputy_decides_only_while_the_holder_is_absent() -> None:
    case = Case(process(approve("a", "mia"))).away("mia", "lea")
    case.refused(case.decision("a", "bo", behalf=ID["mia"]), "may_not_decide")
    later = Case(process(approve("a", "mia"))).away("mia", "lea").later(days=60)
    later.refused(later.decision("a", "lea", behalf=ID["mia"]), "may_not_decide")
    assert case.do("a", "lea", behalf=ID["mia"]).status == "approved"
    entry = case.state.marks["a"].seats[0].line[0]
    assert (entry.by, entry.behalf) == (ID["lea"], ID["mia"])


def test_18_a_deputy_who_is_the_submitter_does_not_count_and_it_is_not_passed_on() -> None:
    case = Case(process(approve("a", "mia"))).away("mia", "rep").away("rep", "lea")
    case.refused(case.decision("a", "rep", behalf=ID["mia"]), "may_not_decide")
    case.refused(case.decision("a", "lea", behalf=ID["mia"]), "may_not_decide")
    assert case.who == {"a": ["mia"]}


def test_19_one_natural_person_has_one_vote_a_step() -> None:
    case = Case(process(approve("v", by=BOARD, need="all"))).away("ana", "bo").do("v", "bo")
    case.refused(case.decision("v", "bo", behalf=ID["ana"]), "may_not_decide")
    in_turn = Case(process(approve("v", by=BOARD, need="inTurn"))).away("bo", "ana")
    assert in_turn.do("v", "ana", behalf=ID["bo"]).who == {"v": []}, "her own vote is held, not given twice"


def test_20_separation_comes_before_carrying_over() -> None:
    again = {"sameApproverAgain": "carryOver"}
    steps = approve("a", "mia"), approve("b", "dora"), approve("c", "mia", "lea")
    carried = Case(process(*steps, policies=again)).do("a", "mia").do("b", "dora")
    assert carried.status == "approved"
    assert Carried("c", (ID["mia"],)) in carried.outputs
    apart = Case(process(*steps, policies={**again, "separate": [["a", "c"]]})).do("a", "mia").do("b", "dora")
    assert apart.who == {"c": ["lea"]}


def test_21_a_carried_consent_is_emptied_as_any_other() -> None:
    steps = approve("a", "mia"), approve("c", "mia"), approve("z", "lea", watch=["note"])
    case = Case(process(*steps, policies={"sameApproverAgain": "carryOver"})).do("a", "mia")
    assert case.who == {"z": ["lea"]}
    assert case.edit("bo", lines=DEAR).who == {"a": ["mia"]}
    assert case.do("a", "mia").who == {"z": ["lea"]}


def test_22_short_of_people_the_quorum_stays() -> None:
    case = Case(process(approve("v", by=[{"roles": ["director"]}], need={"atLeast": 2})))
    assert case.who == {"v": ["fuller"]}
    held = next(key for key, task in case.state.tasks.items() if task.kind == "hold")
    assert case.take(e.Assign(ID["adm"], held, ID["lea"])).do("v", "fuller").status == "running"
    assert case.do("v", "lea").status == "approved"


def test_23_a_holder_who_leaves_is_replaced_at_the_next_tick() -> None:
    policies = {"unavailable": ["deputy", "manager"]}
    case = Case(process(approve("a", "mia"), policies=policies))
    case.change("mia", deputy=ID["lea"], active=False)
    assert case.take(e.Tick()).who == {"a": ["lea"]}
    case.change("lea", active=False, deputy=ID["bo"])
    assert case.take(e.Tick()).who == {"a": []}, "a deputy of a deputy does not count"


def test_23_a_deputy_who_may_not_decide_is_passed_over() -> None:
    org = Case(process(approve("a", "mia"))).change("mia", deputy=ID["rep"], active=False).org
    case = Case(process(approve("a", "mia"), policies={"unavailable": ["deputy", "manager"]}), org=org)
    assert case.who == {"a": ["dora"]}


def test_34_the_same_person_in_two_branches_has_two_tasks() -> None:
    block = parallel("p", [approve("left", "mia")], [approve("right", "mia")])
    case = Case(process(block, policies={"sameApproverAgain": "carryOver"}))
    assert set(case.who) == {"left", "right"}
    assert set(case.do("left", "mia").who) == {"right"}, "it was entered before, so she is asked"
    assert case.do("right", "mia").status == "approved"


def test_one_of_several_claims_a_task_and_gives_it_back() -> None:
    case = Case(process(approve("a", by=BOARD)))
    case.take(e.Claim(ID["bo"], case.key("a")))
    assert case.who == {"a": ["bo"]}
    case.refused(e.Decide(ID["ana"], case.key("a"), "approve"), "may_not_decide")
    assert sorted(case.take(e.Release(ID["bo"], case.key("a"))).who["a"]) == ["ana", "bo", "eva"]


def test_the_submitter_chooses_within_what_is_declared() -> None:
    who = [{"chosenBy": "submitter", "from": [{"roles": ["board"]}], "min": 1, "max": 2}]
    of = process(approve("a", by=who, need="all"))
    assert Case(of).who == {"a": []}, "nobody was chosen, so it is held"
    for people in ((), (ID["mia"],), (ID["bo"], ID["ana"], ID["eva"])):
        fresh = Case(of, org=organisation())
        fresh.take(e.Cancel(ID["adm"]))
        with pytest.raises(Invalid, match="cannot be chosen like this"):
            fresh.submit(chosen={"a": people})
    fresh.submit(chosen={"a": (ID["bo"], ID["eva"])})
    assert sorted(fresh.who["a"]) == ["bo", "eva"]


def test_a_task_may_be_left_out_where_it_is_allowed_and_an_approval_never() -> None:
    task = {"name": "t", "type": "task", "by": anybody("rep"), "may": {"skip": True}}
    case = Case(process(task, approve("a", "mia")))
    case.take(e.Skip(ID["rep"], case.key("t")))
    assert case.state.marks["t"].skipped
    case.refused(e.Skip(ID["mia"], case.key("a")), "may_not_decide")
