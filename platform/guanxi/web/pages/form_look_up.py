"""What a look-up offers while somebody types in it."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.look_up import look_up
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import fragment
from guanxi.web.rendering.views.forms import LookupOptions, Option

LONGEST = 200


async def options(request: Request) -> Response:
    """The first records whose title or search fields hold the text; without a text the first ones."""
    context = context_of(request)
    text = request.query_params.get("q", "")[:LONGEST]
    entity, path = request.path_params["entity"], request.path_params["path"]
    hits = await look_up(context.workspace, context.signed_in, entity, path, text)
    found = [Option(value=str(hit.id), title=hit.title, detail=hit.detail) for hit in hits]
    return fragment(request, "fragments/options.html", LookupOptions(options=found, text=text))
