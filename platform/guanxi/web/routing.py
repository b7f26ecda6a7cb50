"""One address, several methods, each with its own handler."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Handler = Callable[[Request], Awaitable[Response]]


def methods(path: str, name: str | None = None, **handlers: Handler) -> Route:
    """A route whose handler is chosen by the method (given in capitals); HEAD is answered like GET."""

    async def choose(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        handler = handlers.get(method)
        if handler is None:
            raise HTTPException(405, headers={"Allow": ", ".join(handlers)})
        return await handler(request)

    return Route(path, choose, methods=list(handlers), name=name)
