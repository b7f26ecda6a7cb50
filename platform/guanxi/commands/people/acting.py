"""From a stored identity to the actor of a request."""

from guanxi.commands.actor import Actor, Channel
from guanxi.storage.identities import Identity


def actor_of(identity: Identity, channel: Channel) -> Actor:
    """The person as commands know them; `via` is the session of a page, the token of a program."""
    return Actor(
        user_id=identity.user_id,
        name=identity.name,
        email=identity.email,
        roles=identity.roles,
        team_id=identity.team_id,
        sub_teams=identity.sub_teams,
        locale=identity.locale,
        channel=channel,
        session_id=identity.via if channel == "page" else None,
        token_id=identity.via if channel == "api" else None,
    )
