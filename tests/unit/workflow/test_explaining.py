"""Why an instance goes its way: the conditions with their values, the rows that hit, who may not and why."""

from guanxi.workflow import Facts, State
from guanxi.workflow.explaining import RouteTold, StepTold, explain_route
from tests.unit.workflow.acted import ID, NAME, Case, approve, process
from tests.unit.workflow.test_outside import DEAR, Asking, compiled

TIER = {
    "name": "tier",
    "type": "choose",
    "branches": [
        {"name": "high", "when": "max(lines.discount) > 20", "steps": [approve("director", "fuller")]},
        {"name": "dear", "when": "total > 500", "steps": [approve("board", "bo")]},
    ],
    "otherwise": [],
}


def told(case: Case, **more) -> RouteTold:
    return explain_route(case.process, case.state, case.now, case.facts, **more)


def step(route: RouteTold, name: str) -> StepTold:
    return next(one for one in route.steps if one.step == name)


def test_a_branch_says_why_it_is_taken_and_the_others_why_not() -> None:
    route = told(Case(process(approve("m", "mia"), TIER), lines=[{"discount": "25"}]))
    high, dear, otherwise = step(route, "tier").ways
    assert (high.taken, dear.taken, otherwise.taken) == (True, False, False)
    assert high.condition is not None
    assert [(one.text, str(one.value)) for one in high.condition.steps[-2:]] == [
        ("max(lines.discount)", "25"),
        ("max(lines.discount) > 20", "True"),
    ]
    assert dear.condition is not None
    assert not dear.condition.holds
    assert otherwise.condition is None
    assert [one.step for one in route.steps] == ["m", "tier", "director"]
    assert step(route, "director").path == (("tier", "high"),)


def test_a_skipped_step_says_which_condition_left_it_out() -> None:
    route = told(Case(process(approve("m", "mia"), approve("late", "bo", when="total > 500"))))
    late = step(route, "late")
    assert late.skipped
    assert late.condition is not None
    assert not late.condition.holds
    assert late.namings == ()


def test_the_process_itself_says_why_it_is_needed() -> None:
    route = told(Case(process(approve("m", "mia"), when="total > 50")))
    assert route.needed is not None
    assert route.needed.holds


def test_selectors_are_told_in_the_order_in_which_they_were_tried() -> None:
    by = [{"field": "helper"}, {"roles": ["director"]}, {"roles": ["board"]}]
    tried = step(told(Case(process(approve("a", by=by)))), "a").namings
    assert [(one.people, one.counted) for one in tried] == [((), False), ((ID["fuller"],), True)]


def test_who_may_not_decide_is_named_with_the_reason_and_who_comes_instead() -> None:
    policies = {"approverIsSubmitter": "nextManager", "unavailable": ["deputy", "manager"]}
    own = Case(process(approve("a", "rep"), policies=policies))
    (person,) = step(told(own), "a").people
    assert (NAME[person.person], person.why, NAME[person.instead or 0]) == ("rep", "submitter", "mia")
    separate = process(approve("a", "mia"), approve("b", "mia"), policies={"separate": [["a", "b"]]})
    after = Case(separate).do("a", "mia")
    (person,) = step(told(after), "b").people
    assert (person.why, person.instead) == ("separated", None)
    assert step(told(after), "b").state == "held"
    edited = Case(process(approve("a", "mia"))).edit("mia", total="9")
    (person,) = step(told(edited), "a").people
    assert person.why == "editor"
    gone = Case(process(approve("a", "mia"), policies=policies)).change("mia", active=False)
    (person,) = step(told(gone), "a").people
    assert (person.why, NAME[person.instead or 0]) == ("inactive", "dora")


def test_a_table_tells_each_row_and_which_one_hit() -> None:
    by = [{"decision": "matrix", "output": "approver"}]
    case = Asking(compiled(approve("a", by=by)))
    case.edit("bo", lines=DEAR)
    route = told(case, tables={"matrix": case.table})
    table = step(route, "a").namings[0].table
    assert table is not None
    assert table.answer is not None
    assert table.answer.rows == ("dear",)
    assert [(row.name, row.hit) for row in table.rows] == [("dear", True), ("cheap", False)]
    assert [cell.holds for cell in table.rows[1].cells] == [False]


def test_people_of_a_step_are_told_by_what_was_known_when_it_was_opened() -> None:
    case = Case(process(approve("a", by=[{"managerOf": "owner"}]), approve("b", "bo"))).do("a", "mia")
    opened = Facts.from_json(case.rows[0][2])
    case.change("rep", manager=ID["eva"])
    now = step(told(case), "a")
    then = step(told(case, opened={"a": [opened]}), "a")
    assert [one.person for one in now.people] == [ID["mia"]]
    assert now.namings[0].people == (ID["eva"],)
    assert then.namings[0].people == (ID["mia"],)
    assert then.namings[0].counted
    assert then.asked[0].by == ID["mia"]


def test_before_submitting_it_is_told_of_a_state_without_marks() -> None:
    case = Case(process(approve("m", "mia"), TIER), lines=[{"discount": "25"}])
    empty = State(0, "running", ID["rep"], ID["rep"])
    route = explain_route(case.process, empty, case.now, case.facts)
    assert [(one.step, one.state) for one in route.steps] == [
        ("m", "todo"), ("tier", "todo"), ("director", "todo"),
    ]  # fmt: skip
    assert [one.person for one in step(route, "director").people] == [ID["fuller"]]
