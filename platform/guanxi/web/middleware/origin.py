"""Refuses changes that another site makes the browser of a signed-in person send (CSRF).

Browsers say where a request comes from: `Sec-Fetch-Site`, and where that is missing `Origin`. A program with
a token in the Authorization header is not a browser acting unasked: no other site can make one send it.
"""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from guanxi.errors import N_, Forbidden

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})


class SameOrigin:
    """Lets unsafe methods pass only from our own pages or with an Authorization header."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI.

        Raises:
            Forbidden: the request may come from another site.
        """
        if scope["type"] == "http" and scope["method"] not in _SAFE and not comes_from_us(scope):
            raise Forbidden(
                N_("The request did not come from this site's own pages. Open the page again and repeat it.")
            )
        await self.app(scope, receive, send)


def comes_from_us(scope: Scope) -> bool:
    """Whether a request was sent by our own pages, by the person directly, or by a program with a token."""
    headers = Headers(scope=scope)
    if "authorization" in headers:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OURS
    return headers.get("origin") == f"{scope['scheme']}://{headers.get('host', '')}"
