"""Values of effects that a decision table gives: worked out on the record, checked, used and refused."""

from decimal import Decimal

import pytest

from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.definitions import Document, check_documents
from guanxi.definitions.uses import definition_uses
from guanxi.errors import Conflict
from tests.commands.actions.definitions import granted, put

TABLE = {
    "kind": "decision",
    "name": "terms",
    "of": "order",
    "label": {"en": "Terms"},
    "inputs": [
        {"name": "largest", "formula": "max(lines.discount)", "type": "percent", "min": "0", "max": "50"}
    ],
    "outputs": [{"name": "discount", "type": "percent"}, {"name": "said", "type": "text"}],
    "hit": "first",
    "rows": [
        {"name": "high", "if": {"largest": {"over": 8}}, "then": {"discount": "5", "said": "Less."}},
        {"name": "low", "then": {"discount": "7.5", "said": "More."}},
    ],
}
DISCOUNT = {"decision": "terms", "output": "discount"}
SETTLE = {
    "kind": "action",
    "name": "settle",
    "of": "order",
    "label": {"en": "Settle"},
    "effects": [
        {"name": "said", "update": "this", "set": {"note": {"decision": "terms", "output": "said"}}},
        {
            "name": "cheaper",
            "update": "lines",
            "as": "l",
            "when": "l.quantity > 2",
            "set": {"discount": DISCOUNT},
        },
        {
            "name": "next",
            "create": "order",
            "open": True,
            "set": {
                "account": "= account",
                "lines": {
                    "each": "l in lines",
                    "set": {
                        "product": "= l.product",
                        "quantity": "= l.quantity",
                        "price": "= l.price",
                        "discount": DISCOUNT,
                    },
                },
            },
        },
        {"name": "told", "emit": "settled", "data": {"discount": DISCOUNT}},
    ],
}


async def crm_of(office):
    documents = {(one.kind, one.name): one.data for one in (await office.workspace.live()).documents}
    await put(
        office.workspace, TABLE, SETTLE, granted(documents["role", "rep"], "order", "settle", rows="own")
    )
    return office


async def settle(office, *lines):
    sold = [{"product": str(office.product), **line} for line in lines]
    order = await office.draft(lines=sold)
    result = await perform_action(office.workspace, office.rep, "order", order.id, "settle")
    assert result.opened is not None
    _, id_ = result.opened
    made = (await read_record(office.workspace, office.rep, "order", id_)).values
    changed = (await read_record(office.workspace, office.rep, "order", order.id)).values
    return changed, made


async def test_a_table_decides_what_fields_and_lines_are_set_to(office):
    await crm_of(office)
    changed, made = await settle(office, {"quantity": "1"}, {"quantity": "3", "discount": "6"})
    assert changed["note"] == "More."
    assert [line["discount"] for line in changed["lines"]] == [Decimal(0), Decimal("7.5")]
    assert [line["discount"] for line in made["lines"]] == [Decimal("7.5"), Decimal("7.5")]
    changed, made = await settle(office, {"quantity": "1", "discount": "10"}, {"quantity": "3"})
    assert (changed["note"], [line["discount"] for line in changed["lines"]]) == (
        "Less.",
        [Decimal(10), Decimal(5)],
    )


async def test_what_no_row_decides_is_refused_and_nothing_is_changed(office):
    await crm_of(office)
    order = await office.draft(
        lines=[{"product": str(office.product), "quantity": "1", "discount": "60"}], discount_reason="Far."
    )
    with pytest.raises(Conflict, match="Terms"):
        await perform_action(office.workspace, office.rep, "order", order.id, "settle")
    assert (await read_record(office.workspace, office.rep, "order", order.id)).values["note"] is None


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"decision": "terms"}, '"output" is missing'),
        ({"decision": "term", "output": "said"}, 'there is no decision "term"'),
        ({"decision": "terms", "output": "say"}, 'there is no output of terms "say"'),
        (DISCOUNT | {"output": "discount"}, '"discount" of terms is percent, which "note" cannot hold'),
        ({"output": "said"}, '"decision" is missing'),
    ],
)
async def test_a_value_that_a_table_cannot_give_is_told(office, value, told):
    action = {**SETTLE, "effects": [{"name": "said", "update": "this", "set": {"note": value}}]}
    live = (await office.workspace.live()).documents
    problems = check_documents([*live, Document("terms", TABLE), Document("settle", action)])
    assert any(told in one.message for one in problems), problems


async def test_a_table_says_where_it_is_asked(office):
    await crm_of(office)
    places = {use.path for use in definition_uses(await office.workspace.live(), "decision", "terms")}
    assert any(path.endswith("set/note/decision") for path in places), places
