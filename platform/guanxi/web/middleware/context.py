"""Finds out who asks and in which language, once a request."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from guanxi.commands.actor import Actor
from guanxi.commands.people.session_actor import session_actor
from guanxi.commands.people.token_actor import token_actor
from guanxi.commands.workspace import Workspace
from guanxi.errors import N_, Unauthenticated
from guanxi.web.context import SCOPE_KEY, RequestContext
from guanxi.web.cookies import session_token
from guanxi.web.languages import language_for
from guanxi.web.rendering import Renderer

BADGE_PATH = "/inbox/badge"
_STATIC = "/static/"
_API = "/api/"


class Context:
    """Puts a `RequestContext` beside the request; static files go without."""

    def __init__(self, app: ASGIApp, renderer: Renderer) -> None:
        self.app = app
        self._renderer = renderer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI.

        Raises:
            Unauthenticated: an Authorization header holds no valid token, or nobody is signed in to the API.
        """
        if scope["type"] == "http" and not scope["path"].startswith(_STATIC):
            workspace: Workspace = scope["app"].state.workspace
            connection = HTTPConnection(scope)
            actor = await _who(workspace, connection)
            language = language_for(connection, actor)
            context = RequestContext(workspace, self._renderer, language, actor)
            scope[SCOPE_KEY] = context
            if scope["path"].startswith(_API):
                # Before anything else is judged: a stranger learns nothing about addresses and parameters.
                _ = context.signed_in
        await self.app(scope, receive, send)


async def _who(workspace: Workspace, connection: HTTPConnection) -> Actor | None:
    authorization = connection.headers.get("authorization")
    # With an Authorization header the cookie does not count, so such a request needs no proof of its origin.
    if authorization is not None:
        return await _bearer(workspace, authorization)
    token = session_token(connection)
    if token is None:
        return None
    # The badge asks by itself; it must not keep a session alive that nobody uses.
    return await session_actor(workspace, token, touch=connection.scope["path"] != BADGE_PATH)


async def _bearer(workspace: Workspace, authorization: str) -> Actor:
    scheme, _, token = authorization.partition(" ")
    actor = await token_actor(workspace, token.strip()) if scheme.lower() == "bearer" else None
    if actor is None:
        raise Unauthenticated(N_("The token is not valid, or it has expired. Make a new one."))
    return actor
