"""Sign out."""

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Workspace
from guanxi.storage.sessions import end_session


async def sign_out(workspace: Workspace, actor: Actor) -> None:
    """End the session that the actor came with; without one there is nothing to do."""
    if actor.session_id is not None:
        async with workspace.database.transaction() as session:
            await end_session(session, actor.session_id)
