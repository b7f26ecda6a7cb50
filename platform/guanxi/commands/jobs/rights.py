"""Who may look after jobs, messages and webhooks."""

from guanxi.commands.workspace import Turn
from guanxi.errors import N_, Forbidden

MAY_NOT = N_("Only an administrator of processes may do this.")


def require_process(turn: Turn) -> None:
    """Let an administrator of processes pass, and the operator at the command line.

    Raises:
        Forbidden: the actor is neither.
    """
    actor = turn.actor
    if not (actor.channel == "system" or actor.may(turn.catalog, "process")):
        raise Forbidden(MAY_NOT)
