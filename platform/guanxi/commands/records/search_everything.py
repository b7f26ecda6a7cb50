"""The search box: records of every entity by a part of their text."""

from itertools import zip_longest

from guanxi.commands.actor import Actor
from guanxi.commands.records.searching import hits_of
from guanxi.commands.views import Hit
from guanxi.commands.workspace import Turn, Workspace

SHORTEST = 1


async def search_everything(workspace: Workspace, actor: Actor, text: str, limit: int = 8) -> list[Hit]:
    """Visible records that contain the text, the best few of each entity, in turn."""

    async def work(turn: Turn) -> list[Hit]:
        if len(text.strip()) < SHORTEST:
            return []
        found = [
            await hits_of(turn, entity, text, limit)
            for entity in turn.catalog.entities.values()
            if entity.search and turn.access(entity.name).may("read")
        ]
        mixed = [hit for row in zip_longest(*found) for hit in row if hit is not None]
        return mixed[:limit]

    return await workspace.read(actor, work)
