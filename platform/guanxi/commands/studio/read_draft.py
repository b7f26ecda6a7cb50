"""Read the draft."""

from guanxi.commands.actor import Actor
from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.reading import compiled, stored_draft
from guanxi.commands.workspace import Workspace


async def read_draft(workspace: Workspace, actor: Actor) -> Drafted:
    """The draft over the live release.

    Raises:
        Forbidden: the actor may not change the configuration.
    """
    return await compiled(await workspace.read(actor, stored_draft))
