"""Fields that make a tree of records: nothing may come to lie below itself."""

from collections.abc import Mapping
from typing import Any

from guanxi.commands.workspace import Turn
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Problem
from guanxi.storage.trees import is_above, lock_tree

BELOW_ITSELF = N_("{label}: this one lies below the record itself. Choose another, or leave it empty.")


async def refuse_circles(
    turn: Turn, entity: Entity, record: Mapping[str, Any], before: Mapping[str, Any] | None
) -> list[Problem]:
    """A problem for each tree field that would put a stored record below itself.

    A new record has nothing below it yet, so it cannot.
    """
    if before is None:
        return []
    problems = []
    for name, field in entity.fields.items():
        above = record.get(name)
        if not field.tree or above is None or above == before.get(name):
            continue
        await lock_tree(turn.session, entity, name)
        if await is_above(turn.session, entity, name, before["id"], above):
            problems.append(Problem(f"/{name}", "circle", BELOW_ITSELF(label=field.label)))
    return problems
