"""How large a request may be. Checked on what is announced and again on what arrives."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from guanxi.errors import N_, TooLarge
from guanxi.web.refusals import BadRequest, HeadersTooLarge, UriTooLong

MAX_BODY = 1_048_576
"""Bytes of a JSON body or a form; beside files, which are counted apart."""
UPLOADS = "/api/v1/files"
"""Where programs send files."""
MAX_HEADERS = 100
MAX_HEADER_BYTES = 32_768
MAX_TARGET = 8_192
"""Bytes of path and query together."""


class Limits:
    """Refuses over-long addresses, headers and bodies."""

    def __init__(self, app: ASGIApp, max_file: int) -> None:
        self.app, self.max_file = app, max_file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI.

        Raises:
            UriTooLong, HeadersTooLarge, TooLarge: over a limit.
            BadRequest: Content-Length is no number.
        """
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = MAX_BODY + (self.max_file if _may_hold_files(scope) else 0)
        _check_head(scope, most)
        received = 0

        async def receive_within() -> Message:
            nonlocal received
            message = await receive()
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                if received > most:
                    raise _body_too_large(most)
            return message

        await self.app(scope, receive_within, send)


def _may_hold_files(scope: Scope) -> bool:
    """Whether it is an upload of a program, or a form of several parts."""
    types = [value for name, value in scope["headers"] if name == b"content-type"]
    return scope["path"] == UPLOADS or any(one.lower().startswith(b"multipart/form-data") for one in types)


def _check_head(scope: Scope, most: int) -> None:
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MAX_TARGET:
        raise UriTooLong(N_("The address is longer than {limit} bytes.", limit=MAX_TARGET))
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    if (
        len(headers) > MAX_HEADERS
        or sum(len(name) + len(value) for name, value in headers) > MAX_HEADER_BYTES
    ):
        raise HeadersTooLarge(N_("The request has too many or too long headers."))
    for name, value in headers:
        if name == b"content-length":
            # isdigit() of bytes knows ASCII digits only.
            if not value.isdigit() or len(value) > 18:
                raise BadRequest(N_("Content-Length is not a number."))
            if int(value) > most:
                raise _body_too_large(most)


def _body_too_large(most: int) -> TooLarge:
    return TooLarge(N_("The request is larger than {limit} MB.", limit=most // 1_048_576))
