"""Refresh what the database knows about its tables."""

from guanxi.commands.workspace import Workspace


async def refresh_statistics(workspace: Workspace) -> None:
    """Let the database look at how values are spread, so that lists stay fast while tables grow."""
    await workspace.database.refresh_statistics()
