"""The chain, the picture and the powers of a process with steps at once; and how it is stored."""

import json
from typing import Any

from guanxi.workflow import State, chain, preview
from guanxi.workflow import events as e
from guanxi.workflow.picture import Node, picture
from guanxi.workflow.powers import Choice, may_copy_to, may_remind, powers, to_choose
from tests.unit.workflow.acted import ID, Case, anybody, approve, parallel, process

MAY: dict[str, Any] = {"add": anybody("lea", "rep"), "return": ["previous"], "cc": anybody("fin")}
SIDES = parallel("p", [approve("legal", "lea")], [approve("money", "fin"), approve("more", "bo")])
OF = process(approve("first", "mia"), approve("dear", "dora", when="total > 500"), SIDES, may=MAY)


def test_the_chain_shows_what_stands_side_by_side_and_what_was_left_out() -> None:
    case = Case(OF).do("first", "mia")
    found = {link.step: link for link in chain(OF, case.state, case.now, case.facts)}
    assert [(link.step, link.state) for link in found.values()] == [
        ("first", "done"),
        ("dear", "skipped"),
        ("legal", "now"),
        ("money", "now"),
        ("more", "todo"),
    ]
    assert found["dear"].why == "condition"
    assert found["legal"].path == (("p", "b1"),)
    assert found["money"].path == found["more"].path == (("p", "b2"),)
    assert found["more"].people == (ID["bo"],)


def test_the_preview_is_the_chain_before_anything_happened() -> None:
    case = Case(OF)
    links = preview(OF, ID["rep"], case.now, case.facts)
    assert [link.state for link in links] == ["todo", "skipped", "todo", "todo", "todo"]


def _states(nodes: tuple[Node, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in nodes:
        found[node.step] = node.state
        for way in node.ways:
            found |= _states(way.nodes)
    return found


def test_the_picture_has_every_step_with_how_far_it_came() -> None:
    case = Case(OF).do("first", "mia").do("legal", "lea")
    assert _states(picture(OF, case.state, case.now, case.facts)) == {
        "first": "done",
        "dear": "skipped",
        "p": "now",
        "legal": "done",
        "money": "now",
        "more": "todo",
    }
    case.do("money", "fin", "reject")
    assert _states(picture(OF, case.state, case.now, case.facts))["p"] == "rejected"


def test_a_way_not_taken_is_drawn_as_left_out() -> None:
    branch = {"name": "dear", "when": "total > 500", "steps": [approve("board", "bo")]}
    choice = {"name": "c", "type": "choose", "branches": [branch], "otherwise": [approve("cheap", "mia")]}
    case = Case(process(choice))
    (node,) = picture(case.process, case.state, case.now, case.facts)
    assert [(way.name, way.taken) for way in node.ways] == [("dear", False), ("otherwise", True)]
    assert _states((node,)) == {"c": "now", "board": "skipped", "cheap": "now"}


def test_powers_offer_just_what_the_events_accept() -> None:
    case = Case(OF).do("first", "mia")
    key = case.key("legal")
    offered = powers(OF, case.state, key, ID["lea"], case.now, case.facts)
    assert offered.answers == ("approve", "reject")
    assert offered.returns == (("previous", "first"),)
    assert offered.add == (), "lea has a vote, rep is the submitter"
    assert powers(OF, case.state, key, ID["bo"], case.now, case.facts).answers == ()
    assert may_copy_to(OF, case.state, "legal", case.now, case.facts) == (ID["fin"],)
    assert may_remind(OF, case.state, ID["rep"], "legal")
    assert not may_remind(OF, case.state, ID["bo"], "legal")


def test_the_submitter_is_shown_whom_they_can_choose() -> None:
    who = [{"chosenBy": "submitter", "from": [{"roles": ["board"]}], "min": 1, "max": 2}]
    of = process(approve("a", by=who))
    case = Case(of, by="bo")
    (choice,) = to_choose(of, ID["bo"], case.now, case.facts)
    assert (choice.step, choice.least, choice.most) == ("a", 1, 2)
    assert set(choice.people) == {ID["ana"], ID["eva"]}, "nobody chooses themselves"
    assert isinstance(choice, Choice)


def test_a_state_of_the_first_schema_is_read() -> None:
    stored = json.loads(json.dumps(Case(process(approve("a", "mia"))).state.to_json()))
    assert State.from_json({**stored, "schema": 1}).to_json() == stored


def test_a_stored_instance_is_about_a_kilobyte() -> None:
    case = Case(OF).do("first", "mia").do("legal", "lea").take(e.Tick())
    assert len(json.dumps(case.state.to_json())) < 1800
