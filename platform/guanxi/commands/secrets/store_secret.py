"""Store a secret."""

import re

from guanxi.commands.actor import Actor
from guanxi.commands.audit import audit_upkeep
from guanxi.commands.jobs.rights import require_process
from guanxi.commands.workspace import Turn, Workspace
from guanxi.errors import N_, Invalid
from guanxi.storage.secrets import set_secret

SHORTEST = 16
_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,99}\Z")
NO_NAME = N_("A secret is called by small letters, digits, points and dashes, such as webhook.billing.")
TOO_SHORT = N_("A secret has at least {length} characters.")


async def store_secret(workspace: Workspace, actor: Actor, name: str, value: str) -> None:
    """Keep a secret under a name, in the place of the one before; nobody is shown it again.

    Raises:
        Forbidden: the actor may not administer processes.
        Invalid: the name or the value cannot be used.
    """
    if not _NAME.match(name):
        raise Invalid(NO_NAME)
    if len(value) < SHORTEST:
        raise Invalid(TOO_SHORT(length=SHORTEST))

    async def work(turn: Turn) -> None:
        require_process(turn)
        await set_secret(turn.session, name, value)
        audit_upkeep(turn, "set secret", {"name": name})

    await workspace.write(actor, work)
