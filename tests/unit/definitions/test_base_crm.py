"""The base CRM compiles, says what it should, and says it in both languages."""

from typing import Any

import pytest

from guanxi.definitions import Document, compile_catalog, digest_of, documents_from_json
from guanxi.definitions.labels import say
from tests.unit.definitions.base import base_catalog, base_documents, objects

ENTITIES = ("account", "activity", "contact", "order", "product", "team", "user")


def test_entities_roles_and_approval_are_there():
    catalog = base_catalog()
    assert sorted(catalog.entities) == list(ENTITIES)
    assert sorted(catalog.roles) == ["admin", "director", "manager", "rep"]
    assert list(catalog.approvals) == ["order_discount"]
    assert list(catalog.packs) == ["base"]
    assert set(catalog.stages) == {"order"}


def test_an_order_waits_for_its_approval_and_comes_back_to_draft():
    stages = base_catalog().stages["order"]
    submit = stages.transitions["submit"]
    assert stages.initial == "draft"
    assert (submit.from_, submit.through, submit.to, submit.back) == (
        ("draft",),
        "waiting",
        "approved",
        "draft",
    )
    assert submit.approval == "order_discount"
    assert submit.requires == ("lines",)


def test_lines_are_computed_before_the_totals_that_read_them():
    order = base_catalog().entities["order"]
    lines = order.fields["lines"].lines
    assert lines is not None
    assert lines.order == ("price", "amount")
    assert order.order.index("lines") < order.order.index("total")
    assert (order.table, lines.table, lines.parent) == ("e_order", "e_order__lines", "order")


def test_money_has_an_amount_and_a_currency_column():
    columns = base_catalog().entities["order"].fields["total"].columns
    assert [(c.key, c.name, c.kind, c.scale) for c in columns] == [
        ("total", "total", "decimal", 4),
        ("total.currency", "total__currency", "text", 0),
    ]


def test_tables_say_where_members_are_kept():
    tables = base_catalog().tables
    assert tables["order"].collections["lines"] == ("order.lines", "parent_id")
    assert tables["account"].collections["orders"] == ("order", "account")
    assert tables["order.lines"].parent == ("order", "parent_id")
    assert tables["order.lines"].references["product"] == "product"
    assert tables["order"].columns["total.currency"].name == "total__currency"
    for name, shape in base_catalog().shapes.items():
        table = tables[name]
        kept = {*table.columns, *table.collections}
        assert set(shape.members) <= kept, name


def test_a_rep_reads_products_without_their_cost_and_masks_phones_of_colleagues():
    rep = base_catalog().roles["rep"]
    assert rep.grants["product"][0].fields["cost"] == "hidden"
    own, team = rep.grants["account"]
    assert (own.rows, team.rows) == ("own", "team")
    assert own.fields == {}
    assert team.fields["phone"] == "masked"
    assert team.can == {"read"}
    assert rep.may == frozenset()


def test_included_roles_bring_their_grants():
    roles = base_catalog().roles
    rows = {grant.rows for grant in roles["director"].grants["order"]}
    assert rows == {"own", "team", "subTeams", "all"}
    assert roles["admin"].may == {"people", "process", "studio", "audit"}


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_entity_has_its_three_layouts(entity):
    for view in ("list", "detail", "compact"):
        layout = base_catalog().layout_for(entity, view)
        assert layout.name == f"{entity}_{view}"
        assert layout.columns or layout.sections


def test_references_to_an_entity_include_those_of_lines():
    holders = {entity.name for entity, _ in base_catalog().references_to("product")}
    assert holders == {"order.lines", "account.interests"}


@pytest.mark.parametrize("document", base_documents(), ids=lambda one: f"{one.kind}-{one.name}")
def test_every_text_for_persons_is_there_in_english_and_chinese(document: Document):
    labels = [
        (path, value)
        for path, part in objects(document.data)
        for key, value in part.items()
        if key in ("label", "plural", "help", "message")
    ]
    for path, label in labels:
        assert set(label) == {"en", "zh-CN"}, path
        assert label["en"].isascii() or "“" in label["en"], path
        assert any("\u4e00" <= character <= "\u9fff" for character in label["zh-CN"]), path


def test_every_field_option_and_transition_has_a_label_in_both_languages():
    for document in base_documents():
        for path, part in objects(document.data):
            named = path and path[-2:-1] in (("fields",), ("transitions",))
            if (named and "type" in part) or "through" in part or path[-2:-1] in (("options",), ("states",)):
                assert say(part["label"], "zh-CN") != "", (document.file, path)


def test_the_digest_is_that_of_the_content():
    documents = sorted(base_documents(), key=lambda one: one.name[::-1], reverse=True)
    moved = [Document(f"moved/{i}.json", _reversed(one.data), one.pack) for i, one in enumerate(documents)]
    assert digest_of(moved) == base_catalog().digest
    assert compile_catalog(moved).digest == base_catalog().digest
    assert digest_of(moved[1:]) != base_catalog().digest


def test_a_catalog_comes_back_from_its_documents():
    again = compile_catalog(documents_from_json(base_catalog().to_json()))
    assert again.digest == base_catalog().digest
    assert again.entities.keys() == base_catalog().entities.keys()


def test_a_catalog_cannot_be_changed():
    catalog: Any = base_catalog()
    with pytest.raises(AttributeError):
        catalog.digest = "other"
    with pytest.raises(TypeError):
        catalog.entities["order"].fields["total"] = None
    with pytest.raises(TypeError):
        del catalog.roles["rep"]


def _reversed(data: Any) -> Any:
    """The same value with the keys of its objects the other way round."""
    if isinstance(data, dict):
        return {key: _reversed(data[key]) for key in reversed(data)}
    return [_reversed(one) for one in data] if isinstance(data, list) else data
