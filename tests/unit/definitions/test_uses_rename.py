"""A field is renamed everywhere at once, or not at all."""

import json

import pytest

from guanxi.definitions import compile_catalog
from guanxi.definitions.changes import Change, changes_between
from guanxi.definitions.changes_identity import field_identity
from guanxi.definitions.uses import uses_of
from guanxi.definitions.uses_mentions import mentions_of
from guanxi.definitions.uses_rename import RenameRefused, rename
from tests.unit.definitions.base import base_catalog, base_documents
from tests.unit.definitions.test_extension_layers import CHANNEL, extension, with_base

FIELDS = [
    ("order", "account"), ("order", "status"), ("order", "total"), ("order", "lines"), ("order", "number"),
    ("order", "lines.discount"), ("account", "currency"), ("account", "kind"), ("product", "price"),
    ("activity", "order"),
]  # fmt: skip
OWN = [
    extension(
        "entity/order", "own_order", "order.json",
        add={"fields/channel": {**CHANNEL, "visibleWhen": "total > 0 and channel != 'web'"},
             "fields/lines/fields/extra": {"type": "text", "visibleWhen": "parent.channel == 'shop'"},
             }),
    extension("layout/order_list", "own_list", "list.json",
              add={"columns/channel": "channel", "filters/channel": "channel",
                   "views/shops": {"label": {"en": "Shops"}, "where": "channel == 'shop'",
                                   "sort": ["-channel"]}},
              place={"columns/channel": {"after": "number"}, "columns/owner": {"after": "channel"}}),
    extension("layout/order_detail", "own_detail", "detail.json",
              add={"sections/basics/fields/channel": {"field": "channel", "span": 2}}),
    extension("role/rep", "own_rep", "rep.json",
              add={"grants/order/team/fields": {"*": "read", "channel": "hidden"}}),
    extension("approval/order_discount", "own_approval", "approval.json", add={"watch/channel": "channel"}),
]  # fmt: skip


def by_file(documents):
    return {one.file: one.data for one in documents}


@pytest.mark.parametrize(("entity", "field"), FIELDS)
def test_any_field_of_a_pack_is_renamed_with_all_its_uses_and_back(entity, field):
    renamed = rename(base_documents(), entity, field, "another_name", by="base")
    catalog = compile_catalog(renamed)
    new = ".".join((*field.split(".")[:-1], "another_name"))
    where = {(one.kind, one.name) for one in uses_of(base_catalog(), entity, field)}
    assert {(one.kind, one.name) for one in uses_of(catalog, entity, new)} == where
    assert uses_of(catalog, entity, field) == ()
    changes = changes_between(base_catalog().effective, catalog.effective)
    assert [one.after for one in changes if one.what == "renamed"] == ["another_name"]
    before = field_identity(base_documents())
    assert field_identity(catalog.effective, before).uids[entity, new] == before.uids[entity, field]
    back = rename(renamed, entity, new, field.rpartition(".")[2], by="base")
    for one, other in zip(base_documents(), back, strict=True):
        if (one.kind, one.name) != ("entity", entity):
            assert one.data == other.data
    assert {(one.part, one.name, one.pointer) for one in mentions_of(back).all} == {
        (one.part, one.name, one.pointer) for one in mentions_of(base_documents()).all
    }


def test_the_workspaces_field_is_renamed_in_all_its_extensions():
    documents = with_base(*OWN)
    kept = json.dumps([one.data for one in documents])
    renamed = by_file(rename(documents, "order", "channel", "way"))
    assert json.dumps([one.data for one in documents]) == kept, "the old documents were changed"
    compile_catalog(rename(documents, "order", "channel", "way"))
    assert renamed["order.json"]["add"]["fields/way"] == {
        **CHANNEL, "visibleWhen": "total > 0 and way != 'web'", "renamedFrom": ["channel"],
    }  # fmt: skip
    assert renamed["order.json"]["add"]["fields/lines/fields/extra"]["visibleWhen"] == "parent.way == 'shop'"
    assert renamed["list.json"]["add"] == {
        "columns/way": "way", "filters/way": "way",
        "views/shops": {"label": {"en": "Shops"}, "where": "way == 'shop'", "sort": ["-way"]},
    }  # fmt: skip
    assert renamed["list.json"]["place"] == {
        "columns/way": {"after": "number"},
        "columns/owner": {"after": "way"},
    }
    assert renamed["detail.json"]["add"] == {"sections/basics/fields/way": {"field": "way", "span": 2}}
    assert renamed["rep.json"]["add"]["grants/order/team/fields"] == {"*": "read", "way": "hidden"}
    assert renamed["approval.json"]["add"] == {"watch/way": "way"}
    for one in base_documents():
        assert renamed[one.file] == one.data


def test_renaming_a_packs_field_follows_into_the_extensions_of_it():
    own = [
        extension("entity/order", "one", "one.json", change={"fields/total/label/en": "Sum"},
                  add={"fields/half": {"type": "decimal", "scale": 4, "visibleWhen": "missing(total)"}}),
        extension("layout/order_list", "two", "two.json", remove=["columns/total"],
                  place={"columns/owner": {"after": "number"}}),
        extension("approval/order_discount", "three", "three.json", remove=["watch/total"]),
    ]  # fmt: skip
    renamed = by_file(rename(with_base(*own), "order", "total", "amount", by="base"))
    assert renamed["one.json"]["change"] == {"fields/amount/label/en": "Sum"}
    assert renamed["one.json"]["add"]["fields/half"]["visibleWhen"] == "missing(amount)"
    assert renamed["two.json"]["remove"] == ["columns/amount"]
    assert renamed["three.json"]["remove"] == ["watch/amount"]


def test_a_name_within_a_text_or_a_function_is_left_alone():
    own = extension("entity/order", add={
        "fields/max": {"type": "integer"},
        "fields/word": {"type": "text"},
        "fields/shown": {"type": "text",
                         "visibleWhen": "max(lines.discount) > max and word != 'max' and max  <  3"},
    })  # fmt: skip
    renamed = by_file(rename(with_base(own), "order", "max", "most"))["own.json"]["add"]
    assert renamed["fields/shown"]["visibleWhen"] == (
        "max(lines.discount) > most and word != 'max' and most  <  3"
    )


def test_what_is_somebody_elses_keeps_its_name():
    with pytest.raises(RenameRefused) as refused:
        rename(base_documents(), "order", "total", "amount")
    assert str(refused.value) == (
        "Total belongs to the pack base, and keeps its API name. Change its label instead."
    )


@pytest.mark.parametrize(
    ("name", "reason"), [("total", "total"), ("id", "platform"), ("Way", "no name"), ("is", "word")]
)
def test_a_name_that_cannot_be_is_refused(name, reason):
    with pytest.raises(RenameRefused) as refused:
        rename(with_base(*OWN), "order", "channel", name)
    assert reason in str(refused.value)
    assert str(refused.value).startswith("Channel cannot be called")


def test_a_field_renamed_twice_remembers_both_names():
    documents = rename(rename(with_base(*OWN), "order", "channel", "way"), "order", "way", "route")
    assert by_file(documents)["order.json"]["add"]["fields/route"]["renamedFrom"] == ["way", "channel"]
    again = rename(documents, "order", "route", "channel")
    assert by_file(again)["order.json"]["add"]["fields/channel"]["renamedFrom"] == ["route", "way"]


def test_renaming_is_one_change_and_the_uses():
    before, after = with_base(*OWN), rename(with_base(*OWN), "order", "channel", "way")
    changes = changes_between(compile_catalog(before).effective, compile_catalog(after).effective)
    assert Change("entity", "order", "fields/channel", "renamed", "channel", "way") in changes


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("delivery_address", "another_name.city == 'Leeds' and 'chat' in channels and count(interests) > 0"),
        ("channels", "delivery_address.city == 'Leeds' and 'chat' in another_name and count(interests) > 0"),
        ("interests", "delivery_address.city == 'Leeds' and 'chat' in channels and count(another_name) > 0"),
    ],
)
def test_parts_choices_of_several_and_links_follow_their_field(field, said):
    told = "delivery_address.city == 'Leeds' and 'chat' in channels and count(interests) > 0"
    own = extension(
        "entity/account", "own_account", "account.json",
        add={"fields/near": {"type": "boolean", "formula": told}},
    )  # fmt: skip
    documents = with_base(own)
    renamed = rename(documents, "account", field, "another_name", by="base")
    formula = compile_catalog(renamed).entities["account"].fields["near"].formula
    assert formula is not None
    assert formula.text == said
