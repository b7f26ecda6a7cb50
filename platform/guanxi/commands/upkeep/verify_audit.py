"""Verify the audit."""

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Workspace
from guanxi.errors import N_, Forbidden
from guanxi.storage.sealing import seal
from guanxi.storage.verifying import Verification, verify

MAY_NOT = N_("Only somebody who may read the audit can verify it.")


async def verify_audit(workspace: Workspace, actor: Actor, head: str | None = None) -> Verification:
    """Check the hash chain over the audit, after sealing what is not sealed yet.

    `head` is a digest that was noted after an earlier check and kept elsewhere: with it, an end that was cut
    off is noticed too.

    Raises:
        Forbidden: the actor may not read the audit.
    """
    if not (actor.channel == "system" or actor.may(await workspace.live(), "audit")):
        raise Forbidden(MAY_NOT)
    await seal(workspace.database)
    return await verify(workspace.database, head)
