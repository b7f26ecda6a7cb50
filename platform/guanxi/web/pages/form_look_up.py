"""What a look-up offers while somebody types in it."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.look_up import look_up
from guanxi.commands.views import Hit
from guanxi.definitions.fields.any_reference import Link
from guanxi.definitions.labels import say
from guanxi.web.context import RequestContext, context_of
from guanxi.web.pages.drawing import fragment
from guanxi.web.rendering.views.forms import LookupOptions, Option

LONGEST = 200


def value_of(hit: Hit) -> str:
    """What the look-up sends for a record: its id, behind its entity where there are several."""
    return str(hit.id if hit.kind is None else Link(hit.entity, hit.id))


def _detail(context: RequestContext, hit: Hit) -> str:
    kind = say(hit.kind, context.words.language.tag) if hit.kind is not None else ""
    return " · ".join(filter(None, (kind, hit.detail)))


async def options(request: Request) -> Response:
    """The first records whose title or search fields hold the text; without a text the first ones."""
    context = context_of(request)
    text = request.query_params.get("q", "")[:LONGEST]
    entity, path = request.path_params["entity"], request.path_params["path"]
    hits = await look_up(context.workspace, context.signed_in, entity, path, text)
    found = [Option(value=value_of(hit), title=hit.title, detail=_detail(context, hit)) for hit in hits]
    return fragment(request, "fragments/options.html", LookupOptions(options=found, text=text))
