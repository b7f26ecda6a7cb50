"""Drawing the pages outside the application's frame."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from guanxi.web.addresses import local
from guanxi.web.context import context_of
from guanxi.web.cookies import chosen_theme
from guanxi.web.rendering import Formats
from guanxi.web.rendering.views.frame import Bare


def bare_page(request: Request, template: str, page: object, here: str, status: int = 200) -> HTMLResponse:
    """A page without the frame; `here` is where its switches come back to."""
    context = context_of(request)
    formats = Formats(context.language, context.workspace.clock.now())
    bare = Bare(here=local(here), theme=chosen_theme(request))
    return HTMLResponse(context.renderer.bare(template, page, bare, formats), status)
