"""Who uses what a table reads, and renaming it; a table that is asked cannot be taken away."""

import json
from dataclasses import replace

from guanxi.definitions import Document, compile_catalog
from guanxi.definitions.changes import changes_between
from guanxi.definitions.extension_making import saved
from guanxi.definitions.uses import definition_uses, option_uses, uses_of
from guanxi.definitions.uses_rename import rename
from tests.unit.decisions.tables import table
from tests.unit.definitions.base import base_documents

INPUTS = [
    {"name": "discount", "type": "percent", "formula": "max(lines.discount)"},
    {"name": "kind", "type": "select", "formula": "account.kind", "required": True},
]
ROWS = [
    {"if": {"discount": {"over": 20}, "kind": ["company"]}, "then": {"who": [{"roles": ["director"]}]}},
    {"then": {"who": [{"managerOf": "owner"}]}},
]
WHO = [{"name": "who", "type": "who"}]
TABLE = table(INPUTS, ROWS, WHO, hit="first", name="discount_matrix", of="order")
LEVEL = table([{"name": "x", "type": "integer"}], [{"then": {"out": 1}}], hit="first", name="level")
ASKING = table([{"name": "y", "decision": "level"}], [{"then": {"out": 2}}], hit="first", name="asking")


def documents(*tables):
    return [*base_documents(), *(Document(f"decision/{one['name']}", one) for one in tables)]


def places(uses):
    return {(one.kind, one.name, one.path) for one in uses}


def test_fields_options_roles_and_tables_are_found_where_a_table_names_them():
    catalog = compile_catalog(documents(TABLE, LEVEL, ASKING))
    formula = ("decision", "discount_matrix", "inputs/discount/formula")
    assert formula in places(uses_of(catalog, "order", "lines.discount"))
    cell = ("decision", "discount_matrix", "rows/r1/if/kind/company")
    assert cell in places(option_uses(catalog, "account", "kind", "company"))
    who = definition_uses(catalog, "role", "director")
    assert any(one.name == "discount_matrix" for one in who)
    assert places(definition_uses(catalog, "decision", "level")) == {
        ("decision", "asking", "inputs/y/decision")
    }
    words = [str(one.where) for one in uses_of(catalog, "order", "lines.discount")]
    assert "Decision table Discount matrix › Inputs › Discount › Formula" in words


def test_a_renamed_field_is_renamed_in_the_expressions_of_a_table():
    own = [replace(one, pack="") for one in documents(TABLE) if one.kind != "pack"]
    renamed = rename(own, "order", "lines.discount", "rebate")
    text = next(one.data for one in renamed if one.name == "discount_matrix")["inputs"][0]["formula"]
    assert text == "max(lines.rebate)"
    compile_catalog(renamed)


def test_a_table_of_a_pack_is_extended_by_path():
    base = [*base_documents(), Document("decision/level", LEVEL, pack="base")]
    wanted = json.loads(json.dumps(LEVEL))
    wanted["rows"].insert(0, {"name": "high", "if": {"x": {"over": 9}}, "then": {"out": 3}})
    after = saved(base, wanted)
    extension = next(one.data for one in after if one.kind == "extension")
    assert set(extension["add"]) == {"rows/high"}
    live = compile_catalog(after)
    assert [row.name for row in live.decisions["level"].rows] == ["high", "r1"]
    before = compile_catalog(base)
    changes = changes_between(before.effective, live.effective)
    assert [(one.what, one.path) for one in changes] == [("added", "rows/high"), ("moved", "rows/r1")]
