"""Changes between definitions: few, typed, and whole: applied to the one they make the other."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions import Document
from guanxi.definitions.changes import Change, apply_changes, changes_between, out_of_order
from guanxi.definitions.documents import canonical
from guanxi.definitions.extension_apply import Layer, parts_of
from guanxi.definitions.extension_making import extension_between
from tests.unit.definitions.base import base_documents
from tests.unit.definitions.edits import EDITED, edited, two_sets


def entity(**fields):
    """An entity with these fields, and lines."""
    lines = {"lines": {"type": "lines", "fields": {"price": {"type": "money"}}}}
    return Document("e.json", {"kind": "entity", "name": "thing", "fields": {**lines, **fields}})


def content(documents):
    return {(one.kind, one.name): canonical(one.data) for one in documents}


@settings(max_examples=150, deadline=None)
@given(two_sets())
def test_the_changes_applied_to_the_one_make_the_other(sets):
    before, after = sets
    kept = content(before)
    changes = changes_between(before, after)
    assert content(apply_changes(before, changes)) == content(after)
    assert content(before) == kept, "the old documents were changed"
    assert changes_between(after, after) == ()


@given(st.permutations("abcdefg"), st.permutations("abcdefg"))
def test_moving_what_is_out_of_order_orders_and_moves_no_more_than_needed(standing, wanted):
    moved, keys = out_of_order(standing, wanted), list(standing)
    for key in moved:
        keys.remove(key)
        place = wanted.index(key)
        keys.insert(keys.index(wanted[place - 1]) + 1 if place else 0, key)
    assert keys == list(wanted)
    assert len(moved) < len(wanted)
    assert bool(moved) == (list(standing) != list(wanted))


def test_one_move_is_one_move():
    assert out_of_order("abcdef", "bcdeaf") == ["a"]
    assert out_of_order("abcdef", "fabcde") == ["f"]


def test_changes_are_told_by_path_and_kind():
    before, after = list(base_documents()), [copy.deepcopy(one) for one in base_documents()]
    data = {(one.kind, one.name): one.data for one in after}
    columns = data["layout", "order_list"]["columns"]
    columns.insert(0, columns.pop())
    data["entity", "account"]["fields"]["industry"]["options"].pop(0)
    data["entity", "order"]["fields"]["note"]["label"]["en"] = "Remark"
    after = [one for one in after if one.name != "team_list"]
    industry = next(one.data["fields"]["industry"]["options"][0] for one in before if one.name == "account")
    path = f"fields/industry/options/{industry['name']}"
    team_list = next(one.data for one in before if one.name == "team_list")
    assert changes_between(before, after) == (
        Change("entity", "account", path, "removed", before=industry),
        Change("entity", "order", "fields/note/label/en", "changed", "Note", "Remark"),
        Change("layout", "order_list", "columns/owner", "moved", "ordered_on", None),
        Change("layout", "team_list", "", "removed", before=team_list),
    )


def test_a_field_that_says_its_earlier_name_is_renamed():
    before = [entity(tel={"type": "text"}, note={"type": "text"})]
    after = [entity(phone={"type": "text", "renamedFrom": ["tel"]}, note={"type": "longText"})]
    assert changes_between(before, after) == (
        Change("entity", "thing", "fields/tel", "renamed", "tel", "phone"),
        Change("entity", "thing", "fields/note/type", "changed", "text", "longText"),
        Change("entity", "thing", "fields/phone/renamedFrom", "added", after=["tel"]),
    )
    assert content(apply_changes(before, changes_between(before, after))) == content(after)


def test_lines_and_their_columns_are_renamed():
    before, after = [entity()], [entity()]
    lines = after[0].data["fields"].pop("lines")
    after[0].data["fields"]["rows"] = {**lines, "renamedFrom": ["lines"]}
    after[0].data["fields"]["rows"]["fields"] = {
        "amount": {"type": "money", "renamedFrom": ["cost", "price"]}
    }
    changes = changes_between(before, after)
    assert [(one.path, one.before, one.after) for one in changes if one.what == "renamed"] == [
        ("fields/lines", "lines", "rows"), ("fields/rows/fields/price", "price", "amount"),
    ]  # fmt: skip
    assert content(apply_changes(before, changes)) == content(after)


def test_a_change_of_what_is_not_there_is_refused():
    for change in (
        Change("entity", "order", "fields/nothing", "removed"),
        Change("entity", "order", "fields/nothing", "renamed", "nothing", "x"),
        Change("entity", "order", "fields/nothing/label", "changed", after={}),
        Change("layout", "order_list", "columns/nothing", "moved", after="total"),
        Change("entity", "nothing", "title", "changed", after="x"),
    ):
        with pytest.raises(KeyError):
            apply_changes(base_documents(), [change])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(EDITED).flatmap(lambda one: st.tuples(edited(one.data), edited(one.data))))
def test_an_extension_makes_what_is_wanted_of_what_there_is(pair):
    base, wanted = pair
    data = extension_between(base, wanted, "own", "base", "1.0.0")
    if data is None:
        assert canonical(base) == canonical(wanted)
        return
    layer = Layer(base, [])
    layer.apply(list(parts_of(Document("own.json", data))))
    assert layer.problems == []
    assert canonical(layer.data) == canonical(wanted)
