"""List the names of secrets."""

from guanxi.commands.actor import Actor
from guanxi.commands.jobs.rights import require_process
from guanxi.commands.workspace import Turn, Workspace
from guanxi.storage.secrets import secret_names


async def list_secrets(workspace: Workspace, actor: Actor) -> list[str]:
    """The names, never the values.

    Raises:
        Forbidden: the actor may not administer processes.
    """

    async def work(turn: Turn) -> list[str]:
        require_process(turn)
        return await secret_names(turn.session)

    return await workspace.read(actor, work)
