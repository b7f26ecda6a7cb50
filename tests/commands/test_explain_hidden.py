"""What of a route is told to somebody who may not see a value that decides it; what a table answered."""

import copy
import json
from pathlib import Path

from guanxi.commands.approvals.preview_route import preview_route
from tests.commands.actions.definitions import put

APPROVAL = json.loads(Path("workflows/approvals/order_discount.json").read_text("utf-8"))
KNOWN = "any(not missing(l.product.cost) for l in lines)"
COSTLY = f"{KNOWN} and max(lines.discount) > 10"
TABLE = {
    "kind": "decision",
    "name": "who_decides",
    "of": "order",
    "label": {"en": "Who decides"},
    "inputs": [
        {"name": "largest", "label": {"en": "Largest"}, "formula": "max(lines.discount)", "type": "percent"},
        {"name": "known", "formula": KNOWN, "type": "boolean"},
    ],
    "outputs": [{"name": "approver", "type": "who"}],
    "hit": "first",
    "rows": [
        {"name": "high", "if": {"largest": {"over": 20}}, "then": {"approver": [{"roles": ["director"]}]}},
        {"name": "low", "then": {"approver": [{"managerOf": "owner"}]}},
    ],
}


def changed(**first):
    """The approval with another first step, and its director by another condition."""
    document = copy.deepcopy(APPROVAL)
    document["steps"][0] |= first
    document["steps"][1]["branches"][0]["when"] = COSTLY
    return document


def step(view, name):
    return next(one for one in view.steps if one.name == name)


async def previewed(office, actor):
    order = await office.draft("25")
    return await preview_route(office.workspace, actor, "order", order.id, "submit")


async def test_a_value_that_is_hidden_is_withheld_and_no_change_is_told_that_would_give_it_away(office):
    await put(office.workspace, changed())
    seen, unseen = await previewed(office, office.admin), await previewed(office, office.rep)
    for view, hidden in ((seen, False), (unseen, True)):
        condition = step(view, "tier").ways[0].condition
        assert condition.holds
        costs = [part for part in condition.parts if "cost" in part.step.text]
        assert costs
        assert all(part.withheld is hidden for part in costs)
        assert bool(view.changes) is not hidden
    why = step(unseen, "tier").ways[0].condition.why
    assert "discount" in str(why)
    assert "cost" not in str(why)


async def test_a_table_tells_which_row_hit_and_hides_inputs(office):
    await put(office.workspace, TABLE)
    await put(office.workspace, changed(by=[{"decision": "who_decides", "output": "approver"}]))
    for actor, hidden in ((office.admin, False), (office.rep, True)):
        view = await previewed(office, actor)
        (naming,) = step(view, "manager").namings
        assert [one.name for one in naming.people] == ["Chen Jing"]
        assert [str(text) for text in naming.who] == ["whom the table “Who decides” names"]
        high, low = naming.table.rows
        assert (high.hit, low.hit) == (True, True)
        assert [cell.withheld for cell in high.cells] == [False, hidden]
        assert high.cells[1].value is None or not hidden
