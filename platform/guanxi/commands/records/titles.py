"""Titles of records by id, as far as the actor may see them."""

from collections.abc import Mapping

from guanxi.commands.actor import Actor
from guanxi.commands.records.relations import Titles, titles_for
from guanxi.commands.workspace import Turn, Workspace


async def titles_of(workspace: Workspace, actor: Actor, wanted: Mapping[str, set[int]]) -> Titles:
    """The titles of records by entity and id; one that is not there or not to be seen is left out."""
    if not any(wanted.values()):
        return {}

    async def work(turn: Turn) -> Titles:
        return await titles_for(turn, wanted)

    return await workspace.read(actor, work)
