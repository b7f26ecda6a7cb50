"""The names in an expression: all of them, where they are, and nothing that only looks like one."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions.uses_names import constants_in, names_in
from guanxi.expressions import CollectionType, MoneyType, Shape, compile_formula
from tests.unit.expressions.generated import expressions
from tests.unit.expressions.world import SHAPES

IN_UNITS = {
    part
    for shape in SHAPES.values()
    for member in shape.members.values()
    if isinstance(member, MoneyType) and member.unit
    for part in member.unit.split(".")
}
"""What says where a currency is: the shape of another member would have to follow."""
ANOTHER = "another_name"


def called_otherwise(entity, name):
    """The shapes in which one member, with its parts, has another name."""
    parts = f"{name}."
    members = {
        ANOTHER if key == name else f"{ANOTHER}.{key[len(parts) :]}" if key.startswith(parts) else key: one
        for key, one in SHAPES[entity].members.items()
    }
    shapes = {**SHAPES, entity: replace(SHAPES[entity], members=members)}
    return {key: replace(shape, members=dict(_ways(shape, entity, name))) for key, shape in shapes.items()}


def _ways(shape: Shape, entity, name):
    for key, one in shape.members.items():
        if isinstance(one, CollectionType) and (one.entity, one.via) == (entity, name):
            yield key, replace(one, via=ANOTHER)
        else:
            yield key, one


@settings(max_examples=120, deadline=None)
@given(expressions(3), st.data())
def test_a_member_is_called_otherwise_in_any_expression(texts, data):
    for text in texts:
        found = names_in(text, SHAPES, "order")
        direct = [one for one in found if one.part.what == "field" and one.end > one.start]
        assert all(text[one.start : one.end] == one.name for one in direct)
        known = sorted({(one.part.of, one.name) for one in direct if one.name not in IN_UNITS | {"id"}})
        if not known:
            continue
        entity, name = data.draw(st.sampled_from(known))
        places = [one for one in direct if (one.part.of, one.name) == (entity, name)]
        written = text
        for one in sorted(places, key=lambda one: -one.start):
            written = written[: one.start] + ANOTHER + written[one.end :]
        if len(written) > 1000:
            continue
        shapes = called_otherwise(entity, name)
        compile_formula(written, shapes, "order")
        again = names_in(written, shapes, "order")
        assert sum((one.part.of, one.name) == (entity, ANOTHER) for one in again) >= len(places)
        assert (entity, name) not in {(one.part.of, one.name) for one in again}


def test_what_is_no_name_of_a_member_is_left_alone():
    assert [one.name for one in names_in("status == 'status' and today > today", SHAPES, "order")] == [
        "status"
    ]
    assert names_in("status ==", SHAPES, "order") == []
    assert names_in("nothing.status > 1", SHAPES, "order") == []
    assert names_in("status == 'draft'", SHAPES, "nothing") == []
    assert list(constants_in("status ==")) == []


def test_options_are_found_beside_what_they_are_compared_with():
    text = "status in ('draft', 'waiting') and status != 'approved'"
    options = [one for one in names_in(text, SHAPES, "order") if one.part.what == "option"]
    assert [one.name for one in options] == ["draft", "waiting", "approved"]
    assert {one.part.of for one in options} == {"order.status"}
    assert all(text[one.start : one.end] == f"'{one.name}'" for one in options)
