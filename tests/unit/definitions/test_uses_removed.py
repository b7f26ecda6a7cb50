"""What is still used is not taken away: the refusal names every use, where it was removed."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions import Document
from guanxi.definitions.uses_mentions import mentions_of
from guanxi.definitions.uses_removed import refuse_removed, removed_in_use
from guanxi.definitions.uses_rename import rename
from tests.unit.definitions.base import base_documents, of_one
from tests.unit.definitions.test_any_change import PLACES, values
from tests.unit.definitions.test_extension_layers import CHANNEL, extension, with_base

CHANNEL_AND_ITS_LIST = [
    extension("entity/order", "one", "one.json", add={"fields/channel": CHANNEL}),
    extension("layout/order_list", "two", "two.json", add={"columns/channel": "channel"}),
]


def edited(kind, name, change):
    """The base after a change of one of its own documents."""
    documents = [copy.deepcopy(one) for one in base_documents()]
    change(next(one.data for one in documents if (one.kind, one.name) == (kind, name)))
    return documents


def test_a_field_of_the_workspace_that_a_list_shows_is_not_removed():
    problem = of_one(refuse_removed(with_base(*CHANNEL_AND_ITS_LIST), with_base(CHANNEL_AND_ITS_LIST[1])))
    assert problem.file == "schemas/entities/order.json"
    assert problem.message == "Entity Order › Channel is gone and still used"
    assert problem.hint == "used by: List of Order › Channel"
    (removed,) = removed_in_use(with_base(*CHANNEL_AND_ITS_LIST), with_base(CHANNEL_AND_ITS_LIST[1]))
    assert [(use.file, use.pointer) for use in removed.uses] == [("two.json", "/add/columns~1channel")]


def test_a_field_may_go_together_with_its_uses():
    assert refuse_removed(with_base(*CHANNEL_AND_ITS_LIST), with_base()) == []
    assert refuse_removed(with_base(), with_base()) == []
    assert refuse_removed(with_base(*CHANNEL_AND_ITS_LIST), with_base(CHANNEL_AND_ITS_LIST[0])) == []


def test_removing_a_field_of_a_pack_is_told_where_it_is_removed_with_all_its_uses():
    own = extension("entity/order", remove=["fields/discount_reason"])
    problem = of_one(refuse_removed(with_base(), with_base(own)))
    assert (problem.file, problem.pointer) == ("own.json", "/remove/0")
    assert "Approval Discount approval › What the approver is shown › Reason" in problem.hint
    assert "Page of Order" in problem.hint


def test_uses_that_the_same_change_takes_away_do_not_count():
    order = extension("entity/order", "one", "one.json", remove=["fields/note"])
    page = extension("layout/order_detail", "two", "two.json", remove=["sections/notes"])
    assert refuse_removed(with_base(), with_base(order, page)) == []
    assert len(refuse_removed(with_base(), with_base(order))) == 1


def test_a_field_that_only_itself_or_other_removed_fields_use_may_go():
    fields = {"fields/a": {"type": "integer", "visibleWhen": "a > 1"},
              "fields/b": {"type": "integer", "formula": "a + 1"}}  # fmt: skip
    own = extension("entity/order", add=fields)
    assert refuse_removed(with_base(own), with_base()) == []
    left = extension("entity/order", add={"fields/b": fields["fields/b"]})
    problem = of_one(refuse_removed(with_base(own), with_base(left)))
    assert problem.hint == "used by: Entity Order › B › Formula"


@pytest.mark.parametrize(
    ("kind", "name", "path", "uses"),
    [
        ("stages", "order", ("states", 1), {"transitions/submit/through", "views/waiting/where"}),
        ("stages", "order", ("transitions", "submit"), {"grants/order/own/actions/submit"}),
        ("entity", "account", ("fields", "kind", "options", 1), {"fields/birthday/visibleWhen"}),
        ("entity", "order", ("fields", "lines", "fields", "discount"), {"show/discount/value"}),
        ("entity", "order", ("fields", "lines"), {"fields/total/formula", "watch/lines"}),
        ("entity", "account", ("fields", "currency"), {"fields/total/currency"}),
    ],
)  # fmt: skip
def test_states_options_transitions_and_lines_in_use_are_told(kind, name, path, uses):
    def change(data):
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    (removed,) = removed_in_use(base_documents(), edited(kind, name, change))
    found = {use.path for use in removed.uses}
    assert uses <= found
    assert (removed.kind, removed.name) == (kind, name)


def test_a_step_whose_deciders_are_asked_is_not_removed():
    policies = extension("approval/order_discount", add={"policies/separate": [["manager", "director_ok"]]})

    def change(data):
        data["steps"][1]["branches"][0]["steps"] = []

    after = [*edited("approval", "order_discount", change), policies]
    (removed,) = removed_in_use(with_base(policies), after)
    assert removed.path == "steps/tier/branches/director/steps/director_ok"
    assert {use.path for use in removed.uses} == {"policies/separate"}


def test_a_definition_that_others_name_is_not_removed():
    for kind, name in (("role", "director"), ("approval", "order_discount"), ("entity", "product")):
        after = [one for one in base_documents() if (one.kind, one.name) != (kind, name)]
        removed = {(one.kind, one.name): one for one in removed_in_use(base_documents(), after)}
        assert removed[kind, name].uses
        assert removed[kind, name].file == next(
            one.file for one in base_documents() if (one.kind, one.name) == (kind, name)
        )


def test_renaming_is_no_removal():
    after = rename(with_base(*CHANNEL_AND_ITS_LIST), "order", "channel", "way")
    assert refuse_removed(with_base(*CHANNEL_AND_ITS_LIST), after) == []
    fields = {**CHANNEL, "renamedFrom": ["channel"], "options": [{"name": "shop"}]}
    view = {"views/web": {"label": {"en": "Web"}, "where": "channel == 'web'"}}
    before = [CHANNEL_AND_ITS_LIST[0], extension("layout/order_list", add=view)]
    view = {"views/web": {"label": {"en": "Web"}, "where": "way == 'web'"}}
    after = [extension("entity/order", "one", "one.json", add={"fields/way": fields}),
             extension("layout/order_list", add=view)]  # fmt: skip
    (removed,) = removed_in_use(with_base(*before), with_base(*after))
    assert removed.path == "fields/way/options/web"


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PLACES), values)
def test_whatever_comes_after_is_judged(place, value):
    index, path = place
    documents = [Document(one.file, copy.deepcopy(one.data), one.pack) for one in base_documents()]
    holder = documents[index].data
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    files = {one.file for one in documents}
    assert {one.file for one in refuse_removed(base_documents(), documents)} <= files
    assert {f"{one.document.kind}/{one.document.name}" for one in mentions_of(documents).all}
