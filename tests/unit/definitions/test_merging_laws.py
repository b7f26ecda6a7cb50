"""Laws of merging, over random definitions, random new versions of them and random extensions."""

from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.definitions import Document
from guanxi.definitions.changes import changes_between
from guanxi.definitions.documents import canonical
from guanxi.definitions.extension import layered
from guanxi.definitions.extension_making import extension_between
from guanxi.definitions.extension_paths import MISSING, inside, value_at
from guanxi.definitions.merging import merge
from tests.unit.definitions.edits import EDITED, edited

PACK = Document("pack.json", {"kind": "pack", "name": "base", "version": "1.0.0"}, "base")
NEXT = Document("pack.json", {"kind": "pack", "name": "base", "version": "1.1.0"}, "base")


@st.composite
def upgrades(draw):
    """A definition of a pack before and after, and an extension of it by the workspace."""
    one = draw(st.sampled_from([one for one in EDITED if one.kind != "pack"]))
    base = draw(st.just(one.data) | edited(one.data, 3))
    after, wanted = draw(edited(base, 5)), draw(edited(base, 5))
    data = extension_between(base, wanted, "own", "base", "1.0.0")
    ours = [Document("own.json", data)] if data else []
    return [PACK, Document(one.file, base, "base")], [NEXT, Document(one.file, after, "base")], ours


def effective(packs, ours):
    layers = layered([*packs, *ours])
    assert layers.problems == ()
    return layers.documents[1].data


def shape(documents):
    return canonical([one.data for one in documents])


@settings(max_examples=120, deadline=None)
@given(upgrades())
def test_a_pack_that_did_not_change_changes_nothing(upgrade):
    before, _, ours = upgrade
    merged = merge(before, before, ours)
    assert merged.conflicts == ()
    assert shape(merged.documents) == shape(ours)


@settings(max_examples=120, deadline=None)
@given(upgrades(), st.sampled_from((None, "ours", "theirs")))
def test_the_merge_fits_the_new_pack_and_merging_again_changes_nothing(upgrade, choice):
    before, after, ours = upgrade
    merged = merge(before, after, ours)
    if merged.conflicts and choice:
        merged = merge(before, after, ours, {one.key: choice for one in merged.conflicts})
        assert merged.conflicts == ()
    effective(after, merged.documents)
    again = merge(after, after, merged.documents)
    assert again.conflicts == ()
    assert shape(again.documents) == shape(merged.documents)


@settings(max_examples=120, deadline=None)
@given(upgrades())
def test_without_conflict_both_have_what_they_changed(upgrade):
    before, after, ours = upgrade
    merged = merge(before, after, ours)
    if merged.conflicts or not ours:
        return
    result, data = effective(after, merged.documents), ours[0].data
    owned = [*data.get("add", {}), *data.get("change", {}), *data.get("remove", ())]
    wanted = layered([*before, *ours]).documents[1].data
    for path in owned:
        left = value_at(wanted, path)
        assert (
            value_at(result, path) is MISSING
            if left is MISSING
            else canonical(value_at(result, path)) == canonical(left)
        )
    for change in changes_between(before[1:], after[1:]):
        if change.what == "moved" or any(
            inside(one, change.path) or inside(change.path, one) for one in owned
        ):
            continue
        value = value_at(result, change.path)
        assert value is MISSING if change.what == "removed" else canonical(value) == canonical(change.after)


@settings(max_examples=40, deadline=None)
@given(upgrades(), st.data())
def test_the_order_of_documents_and_entries_means_nothing(upgrade, data):
    before, after, ours = upgrade
    mixed = [Document(one.file, dict(reversed(one.data.items())), one.pack) for one in ours]
    there = merge(before, after, ours)
    other = merge(data.draw(st.permutations(before)), data.draw(st.permutations(after)), mixed)
    assert {one.key: one for one in there.conflicts} == {one.key: one for one in other.conflicts}
    assert shape(there.documents) == shape(other.documents)
