"""Seal the audit."""

from guanxi.commands.workspace import Workspace
from guanxi.storage.sealing import seal


async def seal_audit(workspace: Workspace) -> int:
    """Give every row that is not sealed yet its place in the hash chain; return how many there were.

    It runs beside the commands, so none of them waits for another's turn in the chain.
    """
    return await seal(workspace.database)
