"""Who asks: bearer token to actor."""

import time
from dataclasses import dataclass
from hashlib import sha256

from starlette.requests import Request

from bench.control.errors import Refused
from bench.control.models import Token


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in person and how far they see (`own`, `team`, `subteams`, `all`)."""

    id: int
    name: str
    team_id: int
    scope: str


async def actor_of(request: Request) -> Actor:
    """The owner of the bearer token, rights read anew; raises Refused 401 when unknown or expired."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Refused(401, "A bearer token is needed")
    digest = sha256(secret.encode()).hexdigest()
    token = await Token.get_or_none(digest=digest, expires_at__gt=int(time.time())).select_related("user")
    if token is None:
        raise Refused(401, "The token is unknown or has expired")
    return Actor(token.user.id, token.user.name, token.user.team_id, token.user.scope)
