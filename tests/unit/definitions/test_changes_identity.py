"""Which field is which from release to release."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions import Document
from guanxi.definitions.changes_identity import Identity, field_identity, renames_between
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.meta import meta_schemas


def entity(name="order", **fields):
    return Document(f"{name}.json", {"kind": "entity", "name": name, "fields": fields})


TEXT = {"type": "text"}


def was(*names, **more):
    return {**TEXT, "renamedFrom": list(names), **more}


def lines(**fields):
    return {"type": "lines", "fields": fields}


def released(*releases, identity=None):
    """The identity after some releases, one after the other."""
    for documents in releases:
        identity = field_identity(documents, identity)
    return identity


def test_a_field_keeps_its_uid_through_releases_and_renames():
    identity = released([entity(tel=TEXT)], [entity(phone=was("tel"))], [entity(mobile=was("phone", "tel"))])
    assert identity.uids == {("order", ""): "order", ("order", "mobile"): "order.tel"}
    assert released([entity(tel=TEXT)], [entity(mobile=was("phone", "tel"))]).uids == identity.uids


def test_a_name_that_comes_back_is_a_new_field():
    identity = released([entity(tel=TEXT)], [entity(note=TEXT)], [entity(tel=TEXT, note=TEXT)])
    assert identity.uids["order", "tel"] == "order.tel~2"
    identity = released([entity(note=TEXT)], [entity(note=TEXT, tel=TEXT)], identity=identity)
    assert identity.uids["order", "tel"] == "order.tel~3"
    assert identity.uids["order", "note"] == "order.note"


def test_a_name_that_was_given_away_is_free_for_a_new_field():
    identity = released([entity(tel=TEXT)], [entity(phone=was("tel"))], [entity(phone=was("tel"), tel=TEXT)])
    assert identity.uids["order", "phone"] == "order.tel"
    assert identity.uids["order", "tel"] == "order.tel~2"


def test_an_earlier_name_that_is_still_there_means_nothing():
    identity = released([entity(tel=TEXT)], [entity(tel=TEXT, phone=was("tel"), fax=was("tel"))])
    assert identity.uids["order", "tel"] == "order.tel"
    assert identity.uids["order", "phone"] == "order.phone"
    both = released([entity(tel=TEXT)], [entity(phone=was("tel"), fax=was("tel"))])
    assert sorted(both.uids.values()) == ["order", "order.phone", "order.tel"]


def test_lines_keep_their_columns_when_they_are_renamed():
    before = [entity(lines=lines(price=TEXT, note=TEXT))]
    after = [entity(rows={**lines(amount=was("price"), note=TEXT), "renamedFrom": ["lines"]})]
    identity = released(before, after)
    assert identity.uids["order", "rows"] == "order.lines"
    assert identity.uids["order", "rows.amount"] == "order.lines.price"
    assert identity.uids["order", "rows.note"] == "order.lines.note"
    assert renames_between(before, after) == {
        ("order", "lines"): "rows",
        ("order", "lines.price"): "rows.amount",
        ("order", "lines.note"): "rows.note",
    }  # fmt: skip


def test_lines_that_come_back_are_new_with_all_their_columns():
    identity = released([entity(lines=lines(price=TEXT))], [entity()], [entity(lines=lines(price=TEXT))])
    assert identity.uids["order", "lines.price"] == "order.lines.price~2"
    assert identity.uids["order", "lines"] == "order.lines~2"


def test_an_entity_that_comes_back_is_new():
    identity = released([entity(a=TEXT), entity("team")], [entity("team")], [entity(a=TEXT), entity("team")])
    assert identity.uids == {("order", ""): "order~2", ("order", "a"): "order.a~2", ("team", ""): "team"}


def test_a_roll_back_finds_the_old_fields_and_gives_no_name_twice():
    first = released([entity(tel=TEXT)])
    second = released([entity()], [entity(tel=TEXT)], identity=first)
    back = second.restored(first)
    assert back.uids["order", "tel"] == "order.tel"
    again = released([entity()], [entity(tel=TEXT)], identity=back)
    assert again.uids["order", "tel"] == "order.tel~3"
    assert Identity.from_json(json.loads(json.dumps(back.to_json()))) == back


NAMES = ("a", "b", "c")
fields = st.dictionaries(
    st.sampled_from(NAMES),
    st.builds(was, st.sampled_from(NAMES)) | st.just(TEXT) | st.just(lines(a=TEXT, b=was("a"))),
)
releases = st.lists(
    st.builds(lambda own, there: [entity(**own)] if there else [], fields, st.booleans()), max_size=7
)


@settings(max_examples=200)
@given(releases)
def test_no_uid_is_ever_two_fields(history):
    identity: Identity | None = None
    gone: set[str] = set()
    for documents in history:
        before: set[str] = set(identity.uids.values()) if identity else set()
        identity = field_identity(documents, identity)
        uids = list(identity.uids.values())
        assert len(uids) == len(set(uids))
        assert not gone.intersection(uids)
        assert set(identity.uids) == set(field_identity(documents).uids)
        gone |= before - set(uids)
        assert field_identity(documents, identity).uids == identity.uids


def test_every_type_of_field_may_say_its_earlier_names():
    for kind in FIELD_TYPES:
        assert "renamedFrom" in meta_schemas()[f"fields/{kind}.json"]["properties"], kind
