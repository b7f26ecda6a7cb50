"""Who may manage people."""

from guanxi.commands.workspace import Turn
from guanxi.errors import N_, Forbidden

MAY_NOT = N_("Only an administrator of people may do this.")


def require_people(turn: Turn) -> None:
    """Let an administrator of people pass, and the operator at the command line.

    Raises:
        Forbidden: the actor is neither.
    """
    actor = turn.actor
    if not (actor.channel == "system" or actor.may(turn.catalog, "people")):
        raise Forbidden(MAY_NOT)
