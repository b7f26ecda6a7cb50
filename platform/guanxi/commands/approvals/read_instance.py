"""Look at an instance of a process."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.instance import find_instance, instance_view
from guanxi.commands.process_views import InstanceView
from guanxi.commands.workspace import Turn, Workspace


async def read_instance(workspace: Workspace, actor: Actor, instance_id: int) -> InstanceView:
    """The instance with its card, history, remarks and copies. Raises NotFound to who may not see it."""

    async def work(turn: Turn) -> InstanceView:
        return await instance_view(turn, await open_case(turn, await find_instance(turn, instance_id)))

    return await workspace.read(actor, work)
