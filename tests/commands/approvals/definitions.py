"""A discount approval in which its people may do everything, and processes that it calls."""

import copy
from typing import Any

from tests.commands.actions.definitions import put

ANYBODY: list[dict[str, Any]] = [{"roles": ["rep", "manager", "director", "admin"]}]
MAY: dict[str, Any] = {
    "return": ["submitter", "previous"],
    "transfer": ANYBODY,
    "delegate": ANYBODY,
    "add": ANYBODY,
    "ask": ANYBODY,
    "cc": ANYBODY,
}


async def put_approval(workspace, *others, **changed):
    """Publish the base CRM's approval with these keys changed, and other definitions beside it."""
    documents = {(one.kind, one.name): one.data for one in (await workspace.live()).documents}
    approval = copy.deepcopy(documents["approval", "order_discount"])
    return await put(workspace, {**approval, **changed}, *others)


def asks(name, *emails, **more):
    """A step that asks people by their addresses, else the manager of the order's owner."""
    by = [{"people": list(emails)}] if emails else [{"managerOf": "owner"}]
    return {"name": name, "type": "approve", "by": by, **more}


def saying(text):
    """An effect that writes a text into the note of the order."""
    return [{"name": "say", "update": "this", "set": {"note": text}}]
