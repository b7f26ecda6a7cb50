"""Who is asked follows who decided before; what a deadline shares out; time that no table stops."""

from dataclasses import replace

import pytest

from guanxi.rules.decisions import Undecided
from guanxi.workflow import Reask
from tests.unit.workflow.acted import Case, anybody, approve, process
from tests.unit.workflow.test_outside import DEAR, Asking, compiled

LATE = {"name": "late", "after": "1 day", "do": "reassign"}


def test_whom_another_step_was_decided_by_is_asked_anew_when_others_decide_it() -> None:
    first = approve("a", "lea", "bo", watch=["total"])
    second = approve("b", by=[{"deciderOf": "a"}], watch=["note"])
    case = Case(process(first, second, approve("z", "fuller", watch=["note"])))
    case.do("a", "lea").do("b", "lea")
    assert case.who == {"z": ["fuller"]}
    case.edit("rep", lines=DEAR)
    assert case.do("a", "bo").who == {"b": ["bo"]}
    assert [out.step for out in case.told if isinstance(out, Reask)] == ["b"]
    assert case.do("b", "bo").do("z", "fuller").status == "approved"


def test_the_same_decider_again_disturbs_nobody() -> None:
    first = approve("a", "lea", "bo", watch=["total"])
    second = approve("b", by=[{"deciderOf": "a"}], watch=["note"])
    case = Case(process(first, second, approve("z", "fuller", watch=["note"])))
    case.do("a", "lea").do("b", "lea").edit("rep", lines=DEAR)
    assert case.do("a", "lea").who == {"z": ["fuller"]}


def test_of_several_seats_a_deadline_gives_each_to_somebody_else() -> None:
    late = {**LATE, "to": anybody("ana", "eva")}
    case = Case(process(approve("a", "lea", "bo", "fin", need="all", deadlines=[late])))
    assert case.fire().who == {"a": ["ana", "eva", "fin"]}
    assert case.do("a", "ana").do("a", "eva").do("a", "fin").status == "approved"


def test_a_table_without_an_answer_refuses_a_person_and_holds_what_time_brings() -> None:
    late = {"name": "late", "after": "1 day", "do": "approve"}
    by = [{"decision": "matrix", "output": "approver"}]
    of = compiled(approve("a", "lea", deadlines=[late]), approve("b", by=by))
    case = Asking(of)
    case.table = replace(case.table, rows=())
    with pytest.raises(Undecided):
        case.do("a", "lea")
    assert case.fire().who == {"b": []}, "held for an administrator"
    assert not case.state.ended
