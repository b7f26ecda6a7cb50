"""Actions on orders and customers of the base CRM, and who may press them."""

import copy
from typing import Any

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.documents import put_over
from guanxi.commands.releases.planning import plan_change
from guanxi.definitions import Document

REPEAT: dict[str, Any] = {
    "kind": "action",
    "name": "repeat",
    "of": "order",
    "label": {"en": "Order again", "zh-CN": "再次下单"},
    "effects": [
        {
            "name": "copy",
            "create": "order",
            "open": True,
            "set": {
                "account": "= account",
                "note": "== again",
                "lines": {
                    "each": "l in lines",
                    "when": "l.discount < 50",
                    "set": {"product": "= l.product", "quantity": "= l.quantity * 2", "price": "= l.price"},
                },
            },
        }
    ],
}
FINISH = {
    "kind": "action",
    "name": "finish",
    "of": "order",
    "label": {"en": "Finish", "zh-CN": "完成"},
    "when": "count(activities) > 0 and account.owner == me",
    "message": {"en": "Write down a call first.", "zh-CN": "请先记录一次电话。"},
    "effects": [
        {"name": "done", "update": "activities", "as": "a", "when": "not a.done", "set": {"done": True}},
        {
            "name": "cheaper",
            "update": "lines",
            "as": "l",
            "when": "l.quantity > 2",
            "set": {"discount": "= l.discount + 5"},
        },
        {"name": "said", "update": "this", "set": {"note": "= account.name"}},
        {
            "name": "dear",
            "if": "largest_discount > 9",
            "then": [{"name": "no", "refuse": {"en": "Too cheap.", "zh-CN": "价格太低。"}}],
            "else": [{"name": "send", "move": "submit"}],
        },
    ],
}
TAKE = {
    "kind": "action",
    "name": "take",
    "of": "account",
    "label": {"en": "Take over", "zh-CN": "接手"},
    "effects": [{"name": "mine", "assign": "= me"}],
}
ACTIONS = (REPEAT, FINISH, TAKE)


def granted(role, entity, *names, rows):
    """The role with these actions on the rows of the entity."""
    role = copy.deepcopy(role)
    for grant in role["grants"][entity]:
        if grant["rows"] == rows:
            grant["actions"] = [*grant.get("actions", ()), *names]
    return role


async def put(workspace, *definitions):
    """Publish these definitions over those that are live."""
    documents = [
        Document(one.file, copy.deepcopy(one.data), one.pack) for one in (await workspace.live()).documents
    ]
    new = [Document(f"{one['kind']}/{one['name']}", copy.deepcopy(one)) for one in definitions]
    plan = await plan_change(workspace, OPERATOR, put_over(documents, new))
    return await apply_plan(workspace, OPERATOR, plan)


async def put_actions(workspace):
    """Publish the actions; reps press them on their own orders and on customers of their team."""
    documents = {(one.kind, one.name): one.data for one in (await workspace.live()).documents}
    rep = granted(documents["role", "rep"], "order", "repeat", "finish", rows="own")
    await put(workspace, *ACTIONS, granted(rep, "account", "take", rows="team"))
