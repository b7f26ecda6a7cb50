"""What extensions make of the definitions of packs, and what is said where they do not fit."""

import copy
import json

import pytest

from guanxi.definitions import Document, check_documents, compile_catalog, documents_from_json, read_folder
from guanxi.definitions.extension import layered, of_packs, of_workspace
from guanxi.definitions.extension_paths import value_at
from tests.unit.definitions.base import base_documents, of_one

LABEL = {"en": "Channel", "zh-CN": "渠道"}
CHANNEL = {"type": "select", "label": LABEL, "options": [{"name": "shop"}, {"name": "web"}]}


def extension(of, name="own", file="own.json", pack="", version="1.0.0", **entries):
    """An extension of a definition `kind/name` of the base."""
    kind, _, target = of.partition("/")
    head = {"kind": "extension", "name": name, "of": {"kind": kind, "name": target}}
    against = {"against": {"pack": "base", "version": version}}
    return Document(file, {**head, **against, **entries}, pack)


def with_base(*extensions):
    return [*base_documents(), *extensions]


def effective(kind, name, *extensions):
    """An effective definition of the base with these extensions."""
    layers = layered(with_base(*extensions))
    assert layers.problems == ()
    return next(one.data for one in layers.documents if (one.kind, one.name) == (kind, name))


def test_the_documents_of_a_folder_belong_to_its_pack(tmp_path):
    for path, data in {
        "school/pack.json": {"kind": "pack", "name": "school", "version": "1.0.0"},
        "school/entities/course.json": {"kind": "entity", "name": "course"},
        "own/role.json": {"kind": "role", "name": "tutor"},
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(json.dumps(data))
    documents, _ = read_folder(tmp_path)
    assert {one.name: one.pack for one in documents} == {"school": "school", "course": "school", "tutor": ""}
    assert {one.pack for one in base_documents()} == {"base"}
    assert of_packs(documents) + of_workspace(documents) == [
        one for name in ("course", "school", "tutor") for one in documents if one.name == name
    ]


def test_a_catalog_is_of_the_effective_definitions():
    own = extension(
        "entity/order", add={"fields/channel": CHANNEL}, change={"fields/note/label/en": "Remark"}
    )  # fmt: skip
    catalog = compile_catalog(with_base(own))
    order = catalog.entities["order"]
    assert [option.name for option in order.fields["channel"].options] == ["shop", "web"]
    assert order.fields["note"].label == {"en": "Remark", "zh-CN": "备注"}
    assert own in catalog.documents
    assert "extension" not in {one.kind for one in catalog.effective}
    again = compile_catalog(documents_from_json(json.loads(json.dumps(catalog.to_json()))))
    assert again.digest == catalog.digest
    assert catalog.digest != compile_catalog(base_documents()).digest
    assert {one.name: one.pack for one in again.documents}["order_list"] == "base"


def test_elements_of_lists_are_added_removed_and_placed():
    layout = effective(
        "layout", "order_list",
        extension("layout/order_list", add={"columns/note": "note", "views/late": {"label": {"en": "Late"}}},
                  remove=["columns/total", "filters/owner"], change={"views/all/label/en": "Everything"},
                  place={"columns/note": {"before": "number"}, "columns/owner": {"after": "note"},
                         "views/late": {"after": "all"}}),
    )  # fmt: skip
    assert layout["columns"] == [
        "note", "owner", "number", "account", "status", "largest_discount", "ordered_on"
    ]  # fmt: skip
    assert [view["name"] for view in layout["views"]] == ["all", "late", "mine", "waiting"]
    assert layout["views"][1] == {"name": "late", "label": {"en": "Late"}}
    assert layout["views"][0]["label"]["en"] == "Everything"
    assert "owner" not in layout["filters"]


def test_a_grant_is_named_by_its_rows_and_a_place_by_its_field():
    role = effective(
        "role", "rep", extension("role/rep", add={"grants/account/all": {"can": ["read"]}})
    )  # fmt: skip
    assert role["grants"]["account"][-1] == {"rows": "all", "can": ["read"]}
    detail = effective(
        "layout", "order_detail",
        extension("layout/order_detail", change={"sections/lines/fields/lines/span": 1},
                  add={"sections/basics/fields/note": {"span": 2}}),
    )  # fmt: skip
    assert detail["sections"][1]["fields"][0] == {"field": "lines", "span": 1}
    assert detail["sections"][0]["fields"][-1] == {"field": "note", "span": 2}


def test_packs_come_before_the_workspace():
    school = Document(
        "school.json", {"kind": "pack", "name": "school", "version": "2.0.0", "requires": ["base"]}, "school"
    )
    brought = extension("entity/order", "courses", "courses.json", "school", add={"fields/channel": CHANNEL})
    own = extension(
        "entity/order", change={"fields/channel/label/en": "Way"}, add={"fields/channel/options/fair": {}}
    )
    for documents in ([*base_documents(), school, brought, own], [own, brought, school, *base_documents()]):
        catalog = compile_catalog(documents)
        channel = catalog.entities["order"].fields["channel"]
        assert channel.label == {"en": "Way", "zh-CN": "渠道"}
        assert [option.name for option in channel.options] == ["shop", "web", "fair"]
        owner = layered(documents).owner("entity", "order", "fields/channel/type")
        assert (owner.document.pack, owner.pointer) == ("school", "/add/fields~1channel/type")
        owner = layered(documents).owner("entity", "order", "fields/channel/label/en")
        assert (owner.document.pack, owner.pointer) == ("", "/change/fields~1channel~1label~1en")
        owner = layered(documents).owner("entity", "order", "fields/total/label")
        assert (owner.document.pack, owner.document.file) == ("base", "schemas/entities/order.json")


MISFITS = [
    ({"of": "entity/ordre", "remove": ["search"]}, "/of/name", 'no entity "ordre"', '"order"'),
    ({"of": "entty/order", "remove": ["search"]}, "/of/kind", '"entty"', '"entity"'),
    ({"of": "extension/own", "remove": ["x"]}, "/of/kind", "cannot be extended", "known"),
    ({"version": "0.9.0", "remove": ["search"]}, "/against/version", "base 1.0.0 is there", "merge"),
    ({"change": {"fields/totl/label/en": "Sum"}}, "/change/fields~1totl~1label~1en", '"totl"', '"total"'),
    ({"remove": ["fields/note", "fields/totl"]}, "/remove/1", '"totl"', '"total"'),
    ({"add": {"fields/total": CHANNEL}}, "/add/fields~1total", "there already", "change"),
    ({"add": {"feilds/x": CHANNEL}}, "/add/feilds~1x", '"feilds"', '"fields"'),
    ({"add": {"title/x": CHANNEL}}, "/add/title~1x", "no", "as a whole"),
    ({"change": {"name": "other"}}, "/change/name", "stays what it is", "leave"),
    ({"place": {"fields/note": {"after": "total"}}}, "/place/fields~1note", "no element", "lists"),
    ({"place": {"search/number": {"after": "nubmer"}}}, "/place/search~1number", '"nubmer"', ""),
    ({"change": {"fields/note": CHANNEL, "fields/note/label/en": "x"}}, "/change/fields~1note~1label~1en",
     "inside of", "leave one"),
    ({"of": "layout/order_list", "add": {"columns/note": "total"}}, "/add/columns~1note", '"total"', "same"),
    ({"of": "approval/order_discount", "change": {"steps/manager/by/0": {}}},
     "/change/steps~1manager~1by~10", "no names", 'change "steps/manager/by"'),
    ({"of": "layout/order_list", "place": {"columns/total": {"after": "status"},
                                           "columns/status": {"after": "total"}}},
     "/place/columns~1status", "circle", "remove"),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "pointer", "says", "hint"), MISFITS, ids=lambda one: str(one)[:40])
def test_what_does_not_fit_is_told_where_it_is(entries, pointer, says, hint):
    problems = check_documents(with_base(extension(**{"of": "entity/order", **entries})))
    told = [one for one in problems if (one.file, one.pointer) == ("own.json", pointer)]
    assert told, "\n".join(map(str, problems))
    assert says in told[0].message
    assert hint in told[0].hint


def test_two_extensions_of_one_place_are_told():
    one = extension("entity/order", "one", "one.json", add={"fields/channel": CHANNEL})
    two = extension("entity/order", "two", "two.json", add={"fields/channel": CHANNEL})
    problem = of_one(check_documents(with_base(two, one)))
    assert (problem.file, problem.pointer) == ("two.json", "/add/fields~1channel")
    assert "one.json" in problem.message
    three = extension("entity/order", "three", "three.json", change={"fields/note/label": LABEL})
    four = extension("entity/order", "four", "four.json", remove=["fields/note"])
    problems = check_documents(with_base(three, four))
    assert ("three.json", "/change/fields~1note~1label") in {(one.file, one.pointer) for one in problems}


def test_what_is_the_workspaces_own_is_changed_itself():
    product = next(one for one in base_documents() if (one.kind, one.name) == ("layout", "product_list"))
    own = [Document(one.file, one.data, "") if one == product else one for one in base_documents()]
    problem = of_one(check_documents([*own, extension("layout/product_list", remove=["filters"])]))
    assert (problem.file, problem.pointer) == ("own.json", "/of")
    assert product.file in problem.hint


@pytest.mark.parametrize(
    ("entries", "pointer", "says"),
    [
        ({"add": {"fields/channel": {**CHANNEL, "lable": LABEL}}},
         "/add/fields~1channel/lable", "unknown key"),
        ({"add": {"fields/half": {"type": "decimal", "formula": "totall * 2"}}},
         "/add/fields~1half/formula", "totall"),
        ({"change": {"fields/total/formula": "sum(lines.amuont)"}},
         "/change/fields~1total~1formula", "amuont"),
        ({"remove": ["title"]}, "/remove/0", '"title" is missing'),
    ],
)  # fmt: skip
def test_problems_of_effective_definitions_are_told_where_they_were_written(entries, pointer, says):
    problems = check_documents(with_base(extension("entity/order", **entries)))
    assert [(one.file, one.pointer) for one in problems if says in one.message] == [("own.json", pointer)]


def test_a_problem_of_the_pack_stays_the_packs():
    documents = [copy.deepcopy(one) for one in base_documents()]
    layout = next(one for one in documents if one.name == "order_list")
    layout.data["columns"].append("nothing")
    own = extension(
        "layout/order_list", remove=["columns/number"], place={"columns/status": {"before": "account"}}
    )
    problem = of_one(check_documents([*documents, own]))
    assert (problem.file, problem.pointer) == (layout.file, f"/columns/{len(layout.data['columns']) - 1}")


def test_a_name_with_a_slash_has_a_path():
    assert value_at({"x-a": {"b/c": {"~": 1}}}, "x-a/b~1c/~0") == 1
