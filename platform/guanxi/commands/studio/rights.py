"""Who may change the configuration."""

from guanxi.commands.actor import Actor
from guanxi.definitions import Catalog
from guanxi.errors import N_, Forbidden

MAY_NOT = N_("Only somebody who may change the configuration can use Studio.")


def require_studio(catalog: Catalog, actor: Actor) -> None:
    """Let who may change the configuration pass, and the operator at the command line.

    Raises:
        Forbidden: the actor is neither.
    """
    if not (actor.channel == "system" or actor.may(catalog, "studio")):
        raise Forbidden(MAY_NOT)
