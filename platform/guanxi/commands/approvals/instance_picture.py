"""An instance as it can be drawn: its process with how far each step has come."""

from dataclasses import dataclass

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.administering import administers
from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.instance import find_instance
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.flow.process import Process
from guanxi.definitions.labels import Label
from guanxi.storage.tasks import open_tasks_of
from guanxi.workflow.picture import Node, picture


@dataclass(frozen=True, slots=True)
class InstancePicture:
    """The process under which the instance runs, and every step of it.

    `tasks` are the open ones by id, with the label of the step; only for who manages the process.
    """

    process: Process
    nodes: tuple[Node, ...]
    tasks: tuple[tuple[int, Label], ...] = ()


async def instance_picture(workspace: Workspace, actor: Actor, instance_id: int) -> InstancePicture:
    """The picture of an instance that the actor may see. Raises NotFound."""

    async def work(turn: Turn) -> InstancePicture:
        case = await open_case(turn, await find_instance(turn, instance_id))
        nodes = picture(case.process, case.state, turn.now, case.facts)
        open_tasks = await open_tasks_of(turn.session, instance_id) if administers(turn, case) else ()
        places = case.process.places
        tasks = tuple((task.id, places[task.step].step.label) for task in open_tasks if task.step in places)
        return InstancePicture(case.process, nodes, tasks)

    return await workspace.read(actor, work)
