"""What the compiler says of actions, and who is told to use what."""

import copy

import pytest

from guanxi.definitions import Document, check_documents, compile_catalog
from guanxi.definitions.uses import uses_of
from guanxi.definitions.uses_removed import removed_in_use
from tests.commands.actions.definitions import ACTIONS, FINISH, REPEAT, granted
from tests.unit.definitions.base import base_documents


def with_actions(*actions, rep=()):
    documents = [one for one in base_documents() if (one.kind, one.name) != ("role", "rep")]
    role = next(one for one in base_documents() if (one.kind, one.name) == ("role", "rep"))
    role = Document(role.file, granted(role.data, "order", *rep, rows="own"), role.pack)
    new = [Document(f"action/{one['name']}", one) for one in actions]
    return [*documents, role, *new]


def test_the_actions_compile():
    catalog = compile_catalog(with_actions(*ACTIONS, rep=("repeat", "finish")))
    assert [one.name for one in catalog.actions_of("order")] == ["finish", "repeat"]
    assert catalog.actions["repeat"].opens == "order"
    assert not any(":" in name for name in catalog.shapes)


EFFECT = {"name": "one", "update": "this", "set": {"note": "x"}}
MISTAKES = [
    ({"set": {"nott": "x"}}, "/effects/0/set/nott", "no field", "note"),
    ({"set": {"total": "1"}}, "/effects/0/set/total", "cannot be set", "computed"),
    ({"set": {"status": "draft"}}, "/effects/0/set/status", "cannot be set", "transition"),
    ({"set": {"note": "= total"}}, "/effects/0/set/note", "text is wanted", ""),
    ({"set": {"ordered_on": "soon"}}, "/effects/0/set/ordered_on", "does not fit", ""),
    ({"set": {"account": None}}, "/effects/0/set/account", "is required", ""),
    ({"set": {"account": "7"}}, "/effects/0/set/account", "cannot be named", "= this"),
    ({"as": "l"}, "/effects/0/as", "for a collection", ""),
    ({"open": True}, "/effects/0/open", "says nothing", "remove"),
    ({"move": "submit"}, "/effects/0", "exactly one", ""),
    ({"update": "line", "as": "l"}, "/effects/0/update", "no collection", "lines"),
    ({"update": "lines", "as": "note"}, "/effects/0/as", "something else", ""),
    (
        {"update": "lines", "as": "l", "set": {"discount": "= l.discont"}},
        "/effects/0/set/discount",
        "discont",
        "",
    ),
    ({"update": "lines"}, "/effects/0", '"as" is missing', ""),
    ({"update": None, "move": "send"}, "/effects/0/move", "no transition", ""),
    ({"update": None, "create": "invoice"}, "/effects/0/create", "no entity", ""),
    ({"update": None, "assign": "me"}, "/effects/0/assign", "cannot be named", "= me"),
    ({"update": None, "if": "total"}, "/effects/0", '"then" is missing', ""),
]


@pytest.mark.parametrize(("change", "pointer", "says", "hint"), MISTAKES, ids=lambda one: str(one)[:50])
def test_a_mistake_is_told_where_it_is(change, pointer, says, hint):
    effect = {
        key: value for key, value in {**EFFECT, **change}.items() if not (key == "update" and value is None)
    }
    if effect.keys() & {"move", "assign", "if"} and "update" not in effect:
        effect.pop("set")
    problems = check_documents(with_actions({**REPEAT, "effects": [effect]}))
    told = [one for one in problems if one.pointer == pointer and says in one.message]
    assert told, "\n".join(map(str, problems))
    assert hint in told[0].hint
    assert {one.file for one in problems} == {"action/repeat"}


def test_an_action_is_not_called_as_a_transition():
    (problem,) = check_documents(with_actions({**REPEAT, "name": "submit"}))
    assert (problem.file, problem.pointer) == ("action/submit", "/name")


def test_one_effect_leads_to_a_record():
    effects = [REPEAT["effects"][0], {**REPEAT["effects"][0], "name": "two"}]
    (problem,) = check_documents(with_actions({**REPEAT, "effects": effects}))
    assert problem.pointer == "/effects"


def test_a_role_names_actions_that_are_there():
    (problem,) = check_documents(with_actions(REPEAT, rep=("repaet",)))
    assert "repeat" in problem.hint


def test_an_action_uses_the_fields_that_it_reads_and_sets():
    catalog = compile_catalog(with_actions(*ACTIONS))
    places = {
        (use.name, use.path)
        for field in ("lines.quantity", "account")
        for use in uses_of(catalog, "order", field)
        if use.kind == "action"
    }
    assert places == {
        ("finish", "when"),
        ("finish", "effects/cheaper/when"),
        ("finish", "effects/said/set/note"),
        ("repeat", "effects/copy/set/account"),
        ("repeat", "effects/copy/set/lines/set/quantity"),
    }


def test_an_action_that_a_role_names_is_not_taken_away_unnoticed():
    before = with_actions(REPEAT, rep=("repeat",))
    after = [one for one in before if one.kind != "action"]
    (removed,) = removed_in_use(before, copy.deepcopy(after))
    assert (removed.kind, removed.name) == ("action", "repeat")
    assert FINISH["name"] not in {use.name for use in removed.uses}
