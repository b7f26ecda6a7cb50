"""The open tasks of an instance, for who may give them to somebody else."""

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.administering import administers
from guanxi.commands.approvals.case import open_case
from guanxi.commands.approvals.instance import find_instance
from guanxi.commands.workspace import Turn, Workspace
from guanxi.definitions.labels import Label
from guanxi.storage.tasks import open_tasks_of

Tasks = tuple[tuple[int, Label], ...]


async def assignable_tasks(workspace: Workspace, actor: Actor, instance_id: int) -> Tasks:
    """The open and held tasks by id, with the label of the step; none to who does not manage the process.

    Raises NotFound to who may not see the instance.
    """

    async def work(turn: Turn) -> Tasks:
        case = await open_case(turn, await find_instance(turn, instance_id))
        if not administers(turn, case):
            return ()
        places = case.process.places
        tasks = await open_tasks_of(turn.session, instance_id)
        return tuple((task.id, places[task.step].step.label) for task in tasks if task.step in places)

    return await workspace.read(actor, work)
