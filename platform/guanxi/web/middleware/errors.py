"""Turns what is raised into a reply. Nothing a program or a person receives ever holds a traceback."""

import logging
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from guanxi.clock import Clock
from guanxi.errors import (
    N_,
    Forbidden,
    GuanxiError,
    NotFound,
    Refused,
    TooLarge,
    Unauthenticated,
    Unavailable,
)
from guanxi.web.context import SCOPE_KEY
from guanxi.web.cookies import LANGUAGE
from guanxi.web.pages.errors import error_page
from guanxi.web.refusals import BadRequest, Failure, MethodNotAllowed, ShortlyUnavailable
from guanxi.web.rendering import Renderer, language, negotiate
from guanxi.web.replies import problem_reply

_log = logging.getLogger("guanxi.web")


class Errors:
    """Catches everything below it: problem details under `/api/`, a page elsewhere."""

    def __init__(self, app: ASGIApp, renderer: Renderer, clock: Clock) -> None:
        self.app = app
        self._renderer = renderer
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except ClientDisconnect:
            return
        except Exception as error:
            # A reply that has begun cannot be taken back; the server then cuts the connection.
            if started:
                raise
            refusal = as_refusal(error)
            reference = self._note(scope, error) if isinstance(refusal, Failure) else ""
            await self._reply(scope, refusal, reference)(scope, receive, send)

    def _note(self, scope: Scope, error: Exception) -> str:
        reference = self._clock.unique_id().hex[-12:]
        _log.error("%s %s failed [%s]", scope["method"], scope["path"], reference, exc_info=error)
        return reference

    def _reply(self, scope: Scope, refusal: Refused, reference: str) -> Response:
        connection = HTTPConnection(scope)
        context = scope.get(SCOPE_KEY)
        if context is not None:
            tongue = context.language
        else:
            chosen = connection.cookies.get(LANGUAGE)
            tongue = language(chosen) if chosen else negotiate(connection.headers.get("accept-language"))
        if scope["path"].startswith("/api/"):
            return problem_reply(refusal, self._renderer.catalogs[tongue.tag], reference)
        return error_page(connection, refusal, self._renderer, tongue, self._clock.now(), reference)


def as_refusal(error: Exception) -> Refused:
    """What to tell about an exception; anything that was not raised on purpose is a `Failure`."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, Unavailable):
        return ShortlyUnavailable(N_("The database is busy or away. Nothing was changed; try again shortly."))
    if isinstance(error, HTTPException):
        return _of_status(error)
    if isinstance(error, GuanxiError):
        # Raised on purpose, but not for a person: the log says more than the reply may.
        return Failure(N_("Something went wrong on our side. It has been noted; nothing was changed."))
    return Failure(N_("Something went wrong on our side. It has been noted; try again later."))


def _of_status(error: HTTPException) -> Refused:
    match error.status_code:
        case 401:
            return Unauthenticated(N_("Sign in first, or send a valid token."))
        case 403:
            return Forbidden(N_("You are not allowed to do this."))
        case 404:
            return NotFound(N_("There is nothing at this address, or it is not visible to you."))
        case 405:
            allowed = (error.headers or {}).get("Allow", "")
            return MethodNotAllowed(N_("This address does not take that method."), allowed)
        case 413:
            return TooLarge(N_("The request is too large."))
        case status if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return BadRequest(N_("The request could not be read."))
    return Failure(N_("Something went wrong on our side. It has been noted; try again later."))
