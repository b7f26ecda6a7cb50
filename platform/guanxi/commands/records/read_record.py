"""Read one record."""

from guanxi.commands.actor import Actor
from guanxi.commands.records.viewing import view_by_id
from guanxi.commands.views import RecordView
from guanxi.commands.workspace import Turn, Workspace


async def read_record(workspace: Workspace, actor: Actor, entity: str, id_: int) -> RecordView:
    """The record as the actor may see it. Raises NotFound when it is not there, or not for them."""

    async def work(turn: Turn) -> RecordView:
        return await view_by_id(turn, entity, id_)

    return await workspace.read(actor, work)
