"""Several references turned round: what the other record reaches by the name of the way back."""

from decimal import Decimal

import pytest

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.explain_field import explain_field
from guanxi.commands.records.list_records import ListQuery, list_records
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.errors import Invalid
from tests.commands.actions.definitions import put
from tests.commands.rules.test_roll_ups import change, give, remove

RELATED = {"type": "references", "to": "account", "inverse": "relations"}
TAUGHT = {
    "relation_count": {"type": "integer", "formula": "count(relations)"},
    "relation_credit": {"type": "decimal", "formula": "sum(r.credit for r in relations if r.name != 'Void')"},
}


async def related(office):
    await give(office, "account", {"credit": {"type": "decimal"}, "related": RELATED})
    await give(office, "account", TAUGHT)
    here = str(office.account)
    views = []
    for name, credit in (("One", "3"), ("Two", "4"), ("Void", "50")):
        values = {"name": name, "credit": credit, "related": [here]}
        views.append(await create_record(office.workspace, office.admin, "account", values))
    return [view.id for view in views]


async def values(office):
    return (await read_record(office.workspace, office.admin, "account", office.account)).values


async def test_formulas_read_the_records_that_lead_here(office):
    one, two, _ = await related(office)
    found = await values(office)
    assert (found["relation_count"], found["relation_credit"]) == (3, Decimal(7))
    await change(office, "account", one, credit="10")
    await change(office, "account", two, related=[])
    found = await values(office)
    assert (found["relation_count"], found["relation_credit"]) == (2, Decimal(10))
    await remove(office, "account", one)
    found = await values(office)
    assert (found["relation_count"], found["relation_credit"]) == (1, Decimal(0))


async def test_a_formula_over_them_is_explained(office):
    await related(office)
    told = await explain_field(office.workspace, office.admin, "account", office.account, "relation_credit")
    assert "7" in repr(told)


async def test_lists_find_by_them_and_only_who_sees_all_of_them_does(office):
    await related(office)
    wanted = "any(r.name == 'Two' for r in relations)"
    found = await list_records(office.workspace, office.admin, "account", ListQuery(where=wanted))
    assert [view.id for view in found.items] == [office.account]
    with pytest.raises(Invalid, match="cannot read it on every record"):
        await list_records(office.workspace, office.rep, "account", ListQuery(where=wanted))


async def test_an_action_decides_by_them(office):
    one, *_ = await related(office)
    await put(office.workspace, {
        "kind": "action", "name": "judge", "of": "account",
        "when": "any(r.credit > 40 for r in relations)",
        "effects": [
            {"name": "note", "update": "this", "set": {"credit": "= sum(r.credit for r in relations)"}},
        ],
    })  # fmt: skip
    with pytest.raises(Invalid):
        await perform_action(office.workspace, office.admin, "account", one, "judge")
    await perform_action(office.workspace, office.admin, "account", office.account, "judge")
    assert (await values(office))["credit"] == Decimal(57)
