"""Who asks: bearer token to actor."""

import time
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from starlette.requests import Request

from bench.control.errors import Refused
from bench.control.models import Token
from bench.control.statements import connection_in_use


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
    _, rows = await connection_in_use().execute_query(_statement(), [digest, int(time.time())])
    if not rows:
        raise Refused(401, "The token is unknown or has expired")
    return Actor(*rows[0])


@cache
def _statement() -> str:
    tokens = Token.filter(digest="", expires_at__gt=0)
    return tokens.values_list("user_id", "user__name", "user__team_id", "user__scope").sql()
