"""What the compiler says: one case a check, with its place and what to write."""

import copy
import json
from pathlib import Path

import pytest

from guanxi.definitions import Document, check_documents, compile_catalog
from guanxi.errors import DefinitionsRefused
from tests.unit.definitions.base import base_documents, changed, of_one


def put(*path, value):
    """Set a value at a path of a document."""

    def change(data):
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return change


MISTAKES = json.loads(Path(__file__).with_name("mistakes.json").read_text(encoding="utf-8"))
"""One change of one document each: `set`, `append` or `remove` at a path, where it is told, and the words."""


def mistaken(mistake):
    """The change that makes a mistake."""
    path = next(mistake[key] for key in ("set", "append", "remove") if key in mistake).split("/")

    def change(data):
        for key in path[:-1]:
            data = data[int(key) if isinstance(data, list) else key]
        last = int(path[-1]) if isinstance(data, list) else path[-1]
        if "remove" in mistake:
            del data[last]
        elif "append" in mistake:
            data[last].append(mistake["value"])
        else:
            data[last] = mistake["value"]

    return change


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: f"{one['in']}-{one['at']}")
def test_a_mistake_is_told_where_it_is_and_with_what_to_write(mistake):
    kind, name = mistake["in"].split("/")
    problems = changed(kind, name, mistaken(mistake))
    file = next(one.file for one in base_documents() if (one.kind, one.name) == (kind, name))
    told = [one for one in problems if one.file == file and one.pointer.startswith(mistake["at"])]
    fitting = [one for one in told if mistake["says"] in one.message and mistake["hint"] in one.hint]
    assert fitting, "\n".join(map(str, problems))


def test_two_inverses_of_one_name_are_told():
    twice = put("fields", "parent_account", "inverse", value="contacts")
    problem = of_one(changed("entity", "account", twice))
    assert '"contacts" is already the inverse' in problem.message
    assert problem.pointer in ("/fields/parent_account/inverse", "/fields/account/inverse")


def test_a_circle_of_formulas_is_told_with_its_path():
    def circle(data):
        data["fields"]["a"] = {"type": "integer", "formula": "b + 1"}
        data["fields"]["b"] = {"type": "integer", "formula": "c + 1"}
        data["fields"]["c"] = {"type": "integer", "suggest": "a"}

    problem = of_one(changed("entity", "order", circle))
    assert problem.pointer == "/fields/a/formula"
    assert "a -> b -> c -> a" in problem.message


def test_lines_and_their_record_may_not_wait_for_each_other():
    def circle(data):
        data["fields"]["lines"]["fields"]["share"] = {
            "type": "money", "currency": "= parent.account.currency", "formula": "parent.total",
        }  # fmt: skip

    problem = of_one(changed("entity", "order", circle))
    assert "lines -> total -> lines" in problem.message


def test_a_formula_may_not_follow_what_is_saved_elsewhere_or_the_clock():
    late = put("fields", "x", value={"type": "boolean", "formula": "ordered_on < today"})
    assert "cannot follow today" in of_one(changed("entity", "order", late)).message


@pytest.mark.parametrize(
    ("entity", "formula"),
    [("order", "count(account.orders)"), ("account", "sum(orders.lines.quantity)")],
)
def test_a_formula_collects_only_what_refers_to_its_own_record(entity, formula):
    deep = put("fields", "x", value={"type": "decimal", "formula": formula})
    problem = of_one(changed("entity", entity, deep))
    assert (problem.pointer, "formula of its own" in problem.hint) == ("/fields/x/formula", True)


@pytest.mark.parametrize("key", ["suggest", "visibleWhen", "requiredWhen", "readOnlyWhen"])
def test_what_a_form_does_does_not_wait_for_other_records(key):
    other = put("fields", "x", value={"type": "boolean", key: "any(o.total > 1 for o in orders)"})
    problem = of_one(changed("entity", "account", other))
    assert (problem.pointer, '"orders"' in problem.message) == (f"/fields/x/{key}", True)


def test_formulas_that_follow_each_other_through_records_make_no_circle():
    def circle(data):
        below = "coalesce(sum(s.weight for s in subsidiaries), 0) + 1"
        data["fields"]["weight"] = {"type": "integer", "formula": below}

    problem = of_one(changed("entity", "account", circle))
    assert problem.pointer == "/fields/weight/formula"
    assert "account.weight -> account.weight" in problem.message


def test_formulas_follow_each_other_through_few_records_only():
    def chain(data):
        for number in range(1, 9):
            source = f"parent_account.n{number - 1}" if number > 1 else "parent_account.version"
            data["fields"][f"n{number}"] = {"type": "integer", "formula": source}

    problems = changed("entity", "account", chain)
    assert {one.pointer for one in problems} == {"/fields/n7/formula", "/fields/n8/formula"}
    assert "more than 5 records" in problems[0].message


def test_a_currency_may_not_be_computed():
    def computed(data):
        data["fields"]["code"] = {"type": "text", "formula": "account.currency"}
        data["fields"]["deposit"] = {"type": "money", "currency": "= code"}

    problem = of_one(changed("entity", "order", computed))
    assert (problem.pointer, "computed" in problem.message) == ("/fields/deposit/currency", True)


def test_money_of_two_currencies_does_not_add():
    def mixed(data):
        data["fields"]["deposit"] = {"type": "money", "currency": "USD"}
        data["fields"]["rest"] = {"type": "money", "currency": "USD", "formula": "deposit + total"}

    assert of_one(changed("entity", "order", mixed)).pointer == "/fields/rest/formula"


def test_two_definitions_of_one_name_are_told():
    twin = copy.deepcopy(next(one for one in base_documents() if one.name == "team_list"))
    problems = check_documents([*base_documents(), Document("other.json", twin.data)])
    assert {(one.file, one.pointer) for one in problems} == {("other.json", "/name")}


def test_two_layouts_of_one_view_are_told():
    twin = next(one for one in base_documents() if one.name == "team_list")
    other = Document("other.json", {**twin.data, "name": "team_list_again"})
    problem = of_one(check_documents([*base_documents(), other]))
    assert (problem.file, problem.pointer) == ("other.json", "/view")
    assert "team_list" in problem.hint


def test_a_stage_field_needs_stages():
    documents = [one for one in base_documents() if one.kind != "stages"]
    problems = check_documents(documents)
    assert ("schemas/entities/order.json", "/fields/status") in {(one.file, one.pointer) for one in problems}


def test_all_problems_of_all_documents_are_told_at_once():
    def broken(one):
        if one.kind == "entity":
            data = copy.deepcopy(one.data)
            data["fields"]["name_of_it"] = {"type": "text", "lable": {"en": "x"}}
            return Document(one.file, data)
        if one.name == "order_list":
            return Document(one.file, {**one.data, "columns": ["nothing"]})
        return one

    problems = check_documents([broken(one) for one in base_documents()])
    entities = [one for one in base_documents() if one.kind == "entity"]
    assert len(problems) == len(entities) + 1
    assert [one.file for one in problems] == sorted(one.file for one in problems)


def test_compiling_refuses_with_the_problems():
    documents = [Document("a.json", {"kind": "entity", "name": "a"}), Document("b.json", {"kind": "enttiy"})]
    with pytest.raises(DefinitionsRefused) as refused:
        compile_catalog(documents)
    assert [(one.file, one.pointer) for one in refused.value.problems] == [
        ("a.json", ""), ("a.json", ""), ("b.json", "/kind"),
    ]  # fmt: skip
    assert 'b.json#/kind: unknown kind "enttiy" (did you mean "entity"?)' in str(refused.value)


def test_only_x_keys_are_open():
    assert changed("entity", "order", put("x-note", value={"any": ["thing"]})) == []
    assert changed("entity", "order", put("fields", "note", "x-source", value="import")) == []
    assert of_one(changed("entity", "order", put("xnote", value=1))).pointer == "/xnote"


def test_a_text_that_begins_with_two_equals_signs_is_the_text():
    documents = [Document("x.json", {
        "kind": "entity", "name": "thing", "title": "name",
        "fields": {"name": {"type": "text", "default": "== me"}},
    })]  # fmt: skip
    default = compile_catalog(documents).entities["thing"].fields["name"].default
    assert default is not None
    assert (default.literal, default.formula) == ("= me", None)
