"""What a person is asked for before an action or a transition: judged as a form, read by effects."""

from decimal import Decimal
from typing import Any

import pytest

from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.definitions import Document, check_documents
from guanxi.errors import Invalid
from tests.commands.actions.definitions import granted, put
from tests.commands.actions.test_transition_effects import NOTE
from tests.unit.definitions.base import base_documents

ASKED: dict[str, Any] = {
    "percent": {"type": "percent", "required": True, "min": "1", "max": "50"},
    "why": {"type": "text", "visibleWhen": "percent > 5", "requiredWhen": "percent > 5"},
    "customer": {"type": "reference", "to": "account", "suggest": "parent.account"},
}
CHEAPER: dict[str, Any] = {
    "kind": "action",
    "name": "cheaper",
    "of": "order",
    "label": {"en": "Lower prices", "zh-CN": "降价"},
    "input": ASKED,
    "effects": [
        {
            "name": "said",
            "if": "not missing(input.why)",
            "then": [
                {
                    "name": "why",
                    "update": "this",
                    "set": {"note": "= input.why"},
                }
            ],
            "else": [{"name": "whom", "update": "this", "set": {"note": "= input.customer.name"}}],
        },
        {"name": "less", "update": "lines", "as": "l", "set": {"discount": "= l.discount + input.percent"}},
    ],
}


async def put_cheaper(office):
    documents = {(one.kind, one.name): one.data for one in (await office.workspace.live()).documents}
    await put(office.workspace, CHEAPER, granted(documents["role", "rep"], "order", "cheaper", rows="own"))


async def press(office, order, payload, name="cheaper", **more):
    return await perform_action(
        office.workspace, office.rep, "order", order.id, name, payload=payload, **more
    )


def told(caught):
    return {(one.field, one.code) for one in caught.value.problems}


async def test_effects_read_what_was_said(office):
    await put_cheaper(office)
    order = await office.draft()
    values = (await press(office, order, {"input": {"percent": "8", "why": "Loyal"}})).record.values
    assert (values["lines"][0]["discount"], values["note"]) == (Decimal(8), "Loyal")


async def test_what_is_said_is_judged_as_a_form_is(office):
    await put_cheaper(office)
    order = await office.draft()
    for payload, problems in (
        (None, {("/input/percent", "required")}),
        ({"input": {"percent": "99"}}, {("/input/percent", "too_large")}),
        ({"input": {"percent": "20"}}, {("/input/why", "required")}),
        (
            {"input": {"percent": "a few", "huh": 1}},
            {("/input/percent", "number"), ("/input/huh", "unknown_field")},
        ),
        ({"input": {"percent": "5", "customer": "99999"}}, {("/input/customer", "no_such_record")}),
        ({"what": 1}, {("/what", "unknown_field")}),
    ):
        with pytest.raises(Invalid) as caught:
            await press(office, order, payload)
        assert told(caught) == problems
    assert (await read_record(office.workspace, office.rep, "order", order.id)).version == order.version


async def test_a_suggestion_reads_the_record_and_a_field_behind_an_input_is_read(office):
    await put_cheaper(office)
    order = await office.draft()
    values = (await press(office, order, {"input": {"percent": "5"}})).record.values
    assert values["note"] == "华信 Huaxin"


async def test_the_same_key_asks_once(office):
    await put_cheaper(office)
    order = await office.draft()
    for _ in range(2):
        result = await press(office, order, {"input": {"percent": "5"}}, key="once")
    assert result.record.values["lines"][0]["discount"] == 5


async def test_what_a_transition_requires_is_filled_in_with_it(office):
    documents = {(one.kind, one.name): one.data for one in (await office.workspace.live()).documents}
    stages = {**documents["stages", "order"]}
    submit = {**stages["transitions"]["submit"], "requires": ["lines", "note"]}
    submit["input"] = {"remark": {"type": "text", "required": True}}
    submit["effects"] = [{**NOTE, "set": {"note": "= note"}}]
    await put(office.workspace, {**stages, "transitions": {"submit": submit}})
    order = await office.draft()
    said = {"input": {"remark": "Now"}}
    with pytest.raises(Invalid) as caught:
        await press(office, order, said, "submit")
    assert told(caught) == {("/note", "required")}
    with pytest.raises(Invalid):
        await press(office, order, {**said, "fields": {"account": "1"}}, "submit")
    values = (await press(office, order, {**said, "fields": {"note": "Ready"}}, "submit")).record.values
    assert (values["note"], values["status"]) == ("Ready", "approved")


@pytest.mark.parametrize(
    ("field", "part"),
    [
        ({"type": "text", "unique": True}, 'no "unique"'),
        ({"type": "text", "visibleWhen": "nothing"}, "nothing"),
        ({"type": "lines"}, "not one of"),
    ],
)
def test_what_cannot_be_asked_for(field, part):
    action: dict[str, Any] = {**CHEAPER, "input": {**ASKED, "odd": field}}
    found = check_documents([*base_documents(), Document("a.json", action)])
    assert [one for one in found if one.pointer.startswith("/input/odd") and part in one.message]
