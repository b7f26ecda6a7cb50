"""The application: routes, middleware in their order, and what lives as long as the process."""

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from typing import NoReturn

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from guanxi import resources
from guanxi.clock import Clock, SystemClock
from guanxi.commands.workspace import Workspace
from guanxi.definitions.fields.file import MEGABYTE
from guanxi.errors import Unavailable
from guanxi.settings import Settings, from_environ
from guanxi.web.api.routes import API_ROUTES
from guanxi.web.areas import Area
from guanxi.web.middleware.context import Context
from guanxi.web.middleware.errors import Errors
from guanxi.web.middleware.headers import SecurityHeaders
from guanxi.web.middleware.hosts import TrustedHosts
from guanxi.web.middleware.limits import Limits
from guanxi.web.middleware.origin import SameOrigin
from guanxi.web.pages.routes import PAGE_ROUTES
from guanxi.web.rendering import Renderer
from guanxi.web.static import Static

Beside = Callable[[Workspace], AbstractAsyncContextManager[None]]


def create_app(
    settings: Settings | None = None,
    clock: Clock | None = None,
    beside: Beside | None = None,
    areas: Sequence[Area] = (),
) -> Starlette:
    """The ASGI application of one workspace.

    Without settings they are read from the environment, as a server with several processes needs it. `beside`
    is what runs in the same process as long as the application does; `areas` are further pages.

    Raises:
        SettingError: the environment holds a setting that cannot be used.
    """
    known = settings or from_environ(os.environ)
    time = clock or SystemClock()
    renderer = Renderer.shipped()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        workspace = await Workspace.open(known, time)
        try:
            # Compiling takes a moment, which the first reader should not wait for. Without a release, or
            # while the database is away, the replies say so.
            with suppress(Unavailable):
                await workspace.live()
            async with beside(workspace) if beside else nullcontext():
                app.state.workspace = workspace
                yield
        finally:
            await workspace.close()

    app = Starlette(
        routes=_routes(areas),
        lifespan=lifespan,
        # From the outside in: what fails inside one is answered by those outside of it.
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Errors, renderer=renderer, clock=time),
            Middleware(TrustedHosts, allowed=known.allowed_hosts),
            Middleware(Limits, max_file=known.max_file_mb * MEGABYTE),
            Middleware(SameOrigin),
            Middleware(Context, renderer=renderer),
        ],
        # Refusals of the framework are answered where ours are.
        exception_handlers={HTTPException: _pass_on},
    )
    app.state.entries = tuple(entry for area in areas for entry in area.entries)
    return app


async def _pass_on(request: Request, error: Exception) -> NoReturn:  # noqa: ARG001 - called by the framework
    raise error


def _routes(areas: Sequence[Area]) -> list[BaseRoute]:
    return [
        Route("/healthz", healthy, methods=["GET"]),
        Mount("/static", Static(resources.folder("ui") / "static")),
        *API_ROUTES,
        *PAGE_ROUTES,
        *(route for area in areas for route in area.routes),
    ]


async def healthy(request: Request) -> Response:
    """Whether the process answers and its database does; for those who watch it."""
    workspace: Workspace = request.app.state.workspace
    await workspace.live()
    return Response("ok\n", media_type="text/plain")
