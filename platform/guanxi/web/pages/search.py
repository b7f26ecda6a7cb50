"""The search box."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.search_everything import search_everything
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import entity_href, fragment, framed
from guanxi.web.rendering.views.frame import SearchHit, SearchPage

LONGEST = 200
IN_BOX, ON_PAGE = 8, 40


async def show(request: Request) -> Response:
    """Everything found, as a page."""
    return await framed(request, "search.html", await _found(request, ON_PAGE))


async def options(request: Request) -> Response:
    """The best few, below the box."""
    return fragment(request, "fragments/search_options.html", await _found(request, IN_BOX))


async def _found(request: Request, limit: int) -> SearchPage:
    context = context_of(request)
    text = request.query_params.get("q", "").strip()[:LONGEST]
    catalog = await context.workspace.live()
    hits = await search_everything(context.workspace, context.signed_in, text, limit) if text else []
    return SearchPage(
        text=text,
        hits=[
            SearchHit(
                title=hit.title,
                detail=hit.detail,
                href=entity_href(hit.entity, hit.id),
                icon=catalog.entities[hit.entity].icon,
            )
            for hit in hits
        ],
    )
