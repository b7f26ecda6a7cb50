"""A new version of a pack under what the workspace has made of it."""

import copy

import pytest

from guanxi.definitions import Document, check_documents, compile_catalog
from guanxi.definitions.extension import layered
from guanxi.definitions.extension_making import saved
from guanxi.definitions.extension_paths import value_at
from guanxi.definitions.merging import merge
from tests.unit.definitions.base import base_documents
from tests.unit.definitions.test_extension_layers import CHANNEL, extension


def next_version(change=lambda kind, name, data: None, version="1.1.0", without=()):
    """The base in a new version, after a change of each of its documents."""
    found = []
    for one in base_documents():
        data = copy.deepcopy(one.data)
        change(one.kind, one.name, data)
        if one.kind == "pack":
            data["version"] = version
        if (one.kind, one.name) not in without:
            found.append(Document(one.file, data, one.pack))
    return found


def of(kind, name, change):
    """A change of one document only."""
    return lambda one, other, data: change(data) if (one, other) == (kind, name) else None


def upgraded(change, *ours, choices=None, without=()):
    """What becomes of extensions when the pack changes so."""
    return merge(base_documents(), next_version(change, without=without), ours, choices)


def rename_note(data):
    data["fields"]["note"]["label"] = {"en": "Remark", "zh-CN": "说明"}


def test_what_the_workspace_does_not_own_follows_the_pack():
    own = extension("entity/order", change={"fields/note/label/en": "Memo"}, add={"fields/channel": CHANNEL})

    def change(data):
        data["fields"]["note"]["label"]["zh-CN"] = "说明"
        data["fields"]["total"]["label"]["en"] = "Sum"

    merged = upgraded(of("entity", "order", change), own)
    assert merged.conflicts == ()
    (document,) = merged.documents
    assert document.data["against"] == {"pack": "base", "version": "1.1.0"}
    assert document.data["change"] == own.data["change"]
    catalog = compile_catalog([*next_version(of("entity", "order", change)), document])
    fields = catalog.entities["order"].fields
    assert fields["note"].label == {"en": "Memo", "zh-CN": "说明"}
    assert fields["total"].label["en"] == "Sum"
    assert fields["channel"].label == CHANNEL["label"]


def test_a_pack_that_comes_to_say_the_same_owns_it_again():
    own = extension("entity/order", change={"fields/note/label/en": "Remark"})
    assert upgraded(of("entity", "order", rename_note), own).documents == ()
    add = extension("entity/order", add={"fields/channel": CHANNEL}, change={"fields/note/label/en": "Memo"})
    merged = upgraded(of("entity", "order", lambda data: data["fields"].update(channel=CHANNEL)), add)
    assert merged.conflicts == ()
    assert "add" not in merged.documents[0].data


def lost(*path):
    """A change that takes something away."""

    def change(data):
        holder = data
        for key in path[:-1]:
            holder = holder[key]
        del holder[path[-1]]

    return change


NOTE = {"type": "longText", "label": {"en": "Note", "zh-CN": "备注"}}
CASES = [
    (
        "bothChanged", "entity/order", {"change": {"fields/note/label/en": "Memo"}}, rename_note,
        "fields/note/label/en", ("Note", "Remark", "Memo"),
        "Entity Order › Memo › Label › English: you changed it to “Memo”, and {new} to “Remark”.",
    ),
    (
        "packRemoved", "entity/order", {"change": {"fields/note/label/en": "Memo"}}, lost("fields", "note"),
        "fields/note/label/en", ("Note", None, "Memo"),
        "Entity Order › Memo › Label › English: you changed it, and {new} no longer has it.",
    ),
    (
        "bothAdded", "entity/order", {"add": {"fields/channel": CHANNEL}},
        lambda data: data["fields"].update(channel={"type": "text", "label": {"en": "Way"}}),
        "fields/channel", (None, {"type": "text", "label": {"en": "Way"}}, CHANNEL),
        "Entity Order › Channel: you added it, and {new} brings one of the same name.",
    ),
    (
        "parentGone", "layout/order_detail", {"add": {"sections/notes/fields/number": "number"}},
        lost("sections", 2), "sections/notes/fields/number", (None, None, "number"),
        "Page of Order › Note › Number: you added it to something that {new} no longer has.",
    ),
    (
        "packChangedWhatYouRemoved", "entity/order", {"remove": ["fields/note"]}, rename_note,
        "fields/note", (NOTE, {**NOTE, "label": {"en": "Remark", "zh-CN": "说明"}}, None),
        "Entity Order › Note: you removed it, and {new} changed it from Note to Remark.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "target", "entries", "change", "path", "values", "says"), CASES)
def test_where_both_have_moved_a_person_decides(what, target, entries, change, path, values, says):
    own = extension(target, **entries)
    kind, _, name = target.partition("/")
    theirs = of(kind, name, change)
    (conflict,) = upgraded(theirs, own).conflicts
    assert (conflict.what, conflict.path, conflict.key) == (what, path, f"{target}:{path}")
    assert (conflict.base, conflict.theirs, conflict.ours) == values
    assert str(conflict.sentence) == says.format(new="the new version of the pack")
    for choice in ("ours", "theirs"):
        merged = upgraded(theirs, own, choices={conflict.key: choice})
        assert merged.conflicts == ()
        new = next_version(theirs)
        layers = layered([*new, *merged.documents])
        assert layers.problems == ()
        got, pack, before = (
            value_at(next(one.data for one in some if (one.kind, one.name) == (kind, name)), path)
            for some in (layers.documents, new, layered([*base_documents(), own]).documents)
        )
        assert got == (before if choice == "ours" else pack)


def test_what_both_removed_is_dropped():
    own = extension("entity/order", remove=["fields/note"])
    assert upgraded(of("entity", "order", lost("fields", "note")), own).documents == ()


def test_a_definition_that_is_gone_is_kept_whole_or_given_up():
    own = extension(
        "layout/team_list", change={"columns/name": "name"}, add={"columns/created_at": "created_at"}
    )
    merged = upgraded(lambda *_: None, own, without=[("layout", "team_list")])
    (conflict,) = merged.conflicts
    assert (conflict.what, conflict.path) == ("packRemoved", "")
    assert str(conflict.sentence).startswith("List of Team: you changed it")
    keep = {conflict.key: "ours"}
    (kept,) = upgraded(lambda *_: None, own, choices=keep, without=[("layout", "team_list")]).documents
    assert (kept.kind, kept.name, kept.pack) == ("layout", "team_list", "")
    assert "created_at" in kept.data["columns"]
    give = {conflict.key: "theirs"}
    assert upgraded(lambda *_: None, own, choices=give, without=[("layout", "team_list")]).documents == ()


def test_a_definition_that_both_bring_is_asked_about():
    own = Document("own.json", {"kind": "role", "name": "tutor", "label": {"en": "Tutor"}, "may": ["people"]})
    data = {"kind": "role", "name": "tutor", "label": {"en": "Coach"}}
    after = [*next_version(), Document("tutor.json", data, "base")]
    (conflict,) = merge(base_documents(), after, [own]).conflicts
    assert (conflict.what, conflict.key) == ("bothAdded", "role/tutor:")
    (kept,) = merge(base_documents(), after, [own], {"role/tutor:": "ours"}).documents
    role = compile_catalog([*after, kept]).roles["tutor"]
    assert (role.label, role.may) == ({"en": "Tutor"}, frozenset({"people"}))
    assert merge(base_documents(), after, [own], {"role/tutor:": "theirs"}).documents == ()


def test_a_field_that_the_pack_renamed_is_renamed_in_all_that_is_ours():
    def change(kind, name, data):
        if (kind, name) == ("entity", "order"):
            fields = data["fields"]
            fields["remark"] = {**fields.pop("note"), "renamedFrom": ["note"]}
        if (kind, name) == ("layout", "order_detail"):
            data["sections"][2]["fields"][0]["field"] = "remark"

    own = [
        extension("entity/order", "one", "one.json", change={"fields/note/label/en": "Memo"},
                  add={"fields/channel": {**CHANNEL, "visibleWhen": "not missing(note)"}}),
        extension("layout/order_list", "two", "two.json", add={"columns/note": "note"},
                  place={"columns/note": {"after": "number"}}),
        extension("layout/order_detail", "three", "three.json",
                  change={"sections/notes/fields/note/span": 1}),
    ]  # fmt: skip
    merged = merge(base_documents(), next_version(change), own)
    assert merged.conflicts == ()
    one, two, three = (document.data for document in merged.documents)
    assert one["change"] == {"fields/remark/label/en": "Memo"}
    assert one["add"]["fields/channel"]["visibleWhen"] == "not missing(remark)"
    assert two["add"] == {"columns/remark": "remark"}
    assert two["place"] == {"columns/remark": {"after": "number"}}
    assert three["change"] == {"sections/notes/fields/remark/span": 1}
    assert check_documents([*next_version(change), *merged.documents]) == []


def test_an_element_whose_neighbour_is_gone_stands_beside_the_nearest_that_is_left():
    own = extension(
        "layout/order_list", add={"columns/note": "note"}, place={"columns/note": {"after": "total"}}
    )
    change = of("layout", "order_list", lambda data: data["columns"].remove("total"))
    merged = upgraded(change, own)
    assert merged.documents[0].data["place"] == {"columns/note": {"after": "status"}}

    def only_owner(data):
        data["columns"] = ["owner"]

    merged = upgraded(of("layout", "order_list", only_owner), own)
    assert merged.documents[0].data["place"] == {"columns/note": {"before": "owner"}}


def test_what_somebody_edits_is_kept_as_one_extension():
    order = next(one.data for one in base_documents() if (one.kind, one.name) == ("entity", "order"))
    wanted = copy.deepcopy(order)
    wanted["fields"]["channel"] = CHANNEL
    documents = saved(base_documents(), wanted)
    (own,) = (one for one in documents if one.pack == "")
    assert own.data["add"] == {"fields/channel": CHANNEL}
    assert own.data["against"] == {"pack": "base", "version": "1.0.0"}
    assert compile_catalog(documents).entities["order"].fields["channel"].type == "select"
    wanted["fields"]["note"]["label"]["en"] = "Memo"
    (own,) = (one for one in saved(documents, wanted) if one.pack == "")
    assert own.data["change"] == {"fields/note/label/en": "Memo"}
    assert [one for one in saved(documents, order) if one.pack == ""] == []
    tutor = {"kind": "role", "name": "tutor"}
    (own,) = (one for one in saved(base_documents(), tutor) if one.pack == "")
    assert (own.file, own.data) == ("role/tutor", tutor)
    again = saved([*base_documents(), own], {**tutor, "may": ["people"]})
    assert [one.data for one in again if one.pack == ""] == [{**tutor, "may": ["people"]}]
    with pytest.raises(ValueError, match="no pack"):
        saved([one for one in base_documents() if one.kind != "pack"], wanted)
