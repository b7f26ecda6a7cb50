"""Actions use fields as everything else does."""

from guanxi.definitions import Document, compile_catalog
from guanxi.definitions.uses import definition_uses, uses_of
from guanxi.definitions.uses_removed import removed_in_use
from guanxi.definitions.uses_rename import rename
from tests.unit.definitions.test_extension_layers import extension, with_base

CLOSE = Document("close.json", {
    "kind": "action", "name": "close", "of": "order", "label": {"en": "Close"}, "when": "missing(note)",
    "effects": [{"name": "say", "update": "this", "set": {"note": "= discount_reason"}}],
})  # fmt: skip
MAY_CLOSE = extension("role/rep", add={"grants/order/own/actions/close": "close"})


def places(uses):
    return {(one.file, one.pointer) for one in uses}


def test_an_action_uses_what_it_reads_and_writes():
    catalog = compile_catalog(with_base(CLOSE, MAY_CLOSE))
    uses = {one.pointer for one in uses_of(catalog, "order", "note") if one.kind == "action"}
    assert uses == {"/when", "/effects/0/set/note"}
    assert ("close.json", "/effects/0/set/note") in places(uses_of(catalog, "order", "discount_reason"))
    by_role = places(definition_uses(catalog, "action", "close"))
    assert ("own.json", "/add/grants~1order~1own~1actions~1close") in by_role


def test_a_field_is_renamed_in_actions_too():
    renamed = rename(with_base(CLOSE, MAY_CLOSE), "order", "note", "remark", by="base")
    data = next(one.data for one in renamed if one.kind == "action")
    assert data["when"] == "missing(remark)"
    assert data["effects"][0]["set"] == {"remark": "= discount_reason"}


def test_an_action_that_a_role_may_press_is_not_removed():
    (removed,) = removed_in_use(with_base(CLOSE, MAY_CLOSE), with_base(MAY_CLOSE))
    assert (removed.kind, removed.name, str(removed.what)) == ("action", "close", "Action Close")


def test_effects_of_transitions_use_and_are_renamed_alike():
    note = {"name": "say", "update": "this", "set": {"note": "= discount_reason"}}
    effects = extension("stages/order", add={"transitions/submit/effects": [note]})
    documents = with_base(effects)
    uses = places(uses_of(compile_catalog(documents), "order", "discount_reason"))
    assert ("own.json", "/add/transitions~1submit~1effects/0/set/note") in uses
    renamed = rename(documents, "order", "note", "remark", by="base")
    added = next(one.data["add"] for one in renamed if one.kind == "extension")
    assert added["transitions/submit/effects"][0]["set"] == {"remark": "= discount_reason"}
