"""Every use of everything: nothing that is used can be renamed in part, or taken away unnoticed."""

import copy

import pytest

from guanxi.definitions import check_documents, compile_catalog
from guanxi.definitions.changes_identity import fields_of
from guanxi.definitions.extension_paths import pointer_at, value_at
from guanxi.definitions.uses import (
    definition_uses,
    option_uses,
    state_uses,
    step_uses,
    transition_uses,
    uses_of,
)
from guanxi.definitions.uses_mentions import mentions_of
from guanxi.errors import Text
from tests.unit.definitions.base import base_catalog, base_documents
from tests.unit.definitions.test_extension_layers import CHANNEL, extension, with_base

FIELDS = [
    (one.name, field) for one in base_documents() if one.kind == "entity" for field, _ in fields_of(one.data)
]


def without(entity, field):
    """The base without a field."""
    documents = [copy.deepcopy(one) for one in base_documents()]
    fields = next(one.data for one in documents if (one.kind, one.name) == ("entity", entity))["fields"]
    *outer, last = field.split(".")
    for name in outer:
        fields = fields[name]["fields"]
    del fields[last]
    return documents


def places(uses):
    return {(one.file, one.pointer) for one in uses}


def chinese(said):
    if isinstance(said, Text):
        return said.template.format(**{name: chinese(value) for name, value in said.values.items()})
    return said.get("zh-CN", said.get("en"))


@pytest.mark.parametrize(("entity", "field"), FIELDS)
def test_whatever_breaks_without_a_field_is_among_its_uses(entity, field):
    """The judgement of the compiler, which knows nothing of uses."""
    broken = {(one.file, one.pointer) for one in check_documents(without(entity, field))}
    broken -= {(one.file, "/fields") for one in base_documents()}  # what the platform itself asks for
    known = places(uses_of(base_catalog(), entity, field))
    assert {place for place in broken if place not in known and not _covered(place, known)} == set()


def _covered(place, known):
    """Within a list without names a use is that of the list, and a problem is that of an element."""
    return any(file == place[0] and place[1].startswith(pointer + "/") for file, pointer in known)


def test_the_uses_of_a_field_are_told_in_words():
    uses = {str(one.where): one for one in uses_of(base_catalog(), "order", "lines.discount")}
    assert set(uses) >= {
        "Entity Order › Lines › Amount › Formula",
        "Entity Order › Reason for the discount › Shown when",
        "Approval Discount approval › Size of the discount › Over 20 % › Condition",
    }
    one = uses["Approval Discount approval › Size of the discount › Over 20 % › Condition"]
    assert (one.kind, one.name, one.path) == (
        "approval",
        "order_discount",
        "steps/tier/branches/director/when",
    )
    assert one.pointer == "/steps/1/branches/0/when"
    said = {str(one.where): chinese(one.where) for one in uses_of(base_catalog(), "account", "phone")}
    assert said["List of Customer › Phone"] == "List of 客户 › 电话"
    assert "Role Sales rep › Customer › Records of the team › Phone" in said


def test_a_field_is_used_by_paths_of_other_entities_and_by_inverses():
    assert ("schemas/entities/order.json", "/fields/total/currency") in places(
        uses_of(base_catalog(), "account", "currency")
    )
    own = extension(
        "entity/account",
        add={
            "fields/bought": {
                "type": "integer",
                "formula": "count(o for o in orders if o.status == 'approved')",
            }
        },
    )
    documents = with_base(own)
    catalog = compile_catalog(documents)
    place = ("own.json", "/add/fields~1bought/formula")
    assert place in places(uses_of(catalog, "order", "account"))
    assert place in places(uses_of(catalog, "order", "status"))
    assert place in places(state_uses(catalog, "order", "approved"))
    assert {one.pack for one in uses_of(catalog, "order", "status") if one.file == "own.json"} == {""}


def test_options_states_steps_and_definitions_have_uses():
    catalog = base_catalog()
    assert places(state_uses(catalog, "order", "waiting")) == {
        ("schemas/stages/order.json", "/transitions/submit/through"),
        ("schemas/layouts/order_list.json", "/views/2/where"),
    }
    person = places(option_uses(catalog, "account", "kind", "person"))
    assert ("schemas/entities/account.json", "/fields/birthday/visibleWhen") in person
    company = places(option_uses(catalog, "account", "kind", "company"))
    assert ("schemas/entities/account.json", "/fields/kind/default") in company
    assert ("schemas/roles/rep.json", "/grants/order/0/actions/0") in places(
        transition_uses(catalog, "order", "submit")
    )
    assert places(step_uses(catalog, "order_discount", "manager")) == set()
    separate = extension(
        "approval/order_discount",
        change={"policies/nobodyFound": "hold"},
        add={"policies/separate": [["manager", "director_ok"]]},
    )
    catalog = compile_catalog(with_base(separate))
    assert places(step_uses(catalog, "order_discount", "manager")) == {
        ("own.json", "/add/policies~1separate/0/0")
    }
    assert ("schemas/entities/order.json", "/fields/account/to") in places(
        definition_uses(catalog, "entity", "account")
    )
    assert ("schemas/stages/order.json", "/transitions/submit/approval") in places(
        definition_uses(catalog, "approval", "order_discount")
    )
    assert definition_uses(catalog, "role", "director")
    assert state_uses(catalog, "account", "draft") == ()


def test_an_option_is_used_by_formulas_that_give_it():
    own = extension(
        "entity/order",
        add={
            "fields/deposit": {"type": "decimal"},
            "fields/rank": {
                "type": "select",
                "options": [{"name": "high"}, {"name": "low"}],
                "formula": "'high' if deposit > 10 else 'low'",
            },
        },
    )
    catalog = compile_catalog(with_base(own))
    (use,) = option_uses(catalog, "order", "rank", "high")
    assert (use.file, use.pointer) == ("own.json", "/add/fields~1rank/formula")


def test_what_lies_within_a_field_is_no_use_of_it():
    own = extension("entity/order", add={"fields/x": {"type": "text", "visibleWhen": "x != 'a'"}})
    assert uses_of(compile_catalog(with_base(own)), "order", "x") == ()


def test_every_mention_is_where_it_says():
    for one in mentions_of(
        [*base_documents(), extension("entity/order", add={"fields/channel": CHANNEL})]
    ).all:
        if one.part.key:
            assert one.pointer.endswith(f"/{one.name}")
        elif one.end > one.start:
            text = value_at(one.document.data, one.path)
            pointer = pointer_at(one.document.data, one.path)
            if pointer == one.pointer and isinstance(text, str):
                assert text[one.start : one.end].strip("'\"") == one.name
