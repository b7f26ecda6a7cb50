"""An entity for trying field types out, live beside the base CRM, and somebody who may use it."""

from typing import Any

from guanxi.cli.running import OPERATOR
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.documents import put_over
from guanxi.commands.releases.planning import plan_change
from guanxi.definitions import Document

ROLE: dict[str, Any] = {
    "kind": "role",
    "name": "trier",
    "label": {"en": "Trier"},
    "grants": {"trial": [{"rows": "all", "can": ["read", "create", "update", "delete"]}]},
}


async def put(workspace, *, accept=(), **fields):
    """Publish the entity `trial` with these fields."""
    named = {"name": {"type": "text", "required": True}, **fields}
    trial: dict[str, Any] = {
        "kind": "entity",
        "name": "trial",
        "label": {"en": "Trial"},
        "title": "name",
        "fields": named,
    }
    lists: dict[str, Any] = {
        "kind": "layout", "name": "trial_list", "of": "trial", "view": "list",
        "columns": list(named), "filters": list(named),
    }  # fmt: skip
    documents = [Document(one["name"], one) for one in (trial, lists, ROLE)]
    every = put_over((await workspace.live()).documents, documents)
    await apply_plan(workspace, OPERATOR, await plan_change(workspace, OPERATOR, every), accept=accept)


async def trier(site):
    """Somebody with the role, in a browser and by a token."""
    id_ = await site.with_password("Li Wei", "trier")
    return await site.browser("Li Wei"), await site.api(id_)
