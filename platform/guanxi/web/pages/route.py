"""Who would have to approve a record, before it is submitted."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.approvals.preview_route import preview_route
from guanxi.commands.records.read_record import read_record
from guanxi.definitions.labels import say
from guanxi.errors import N_
from guanxi.web.context import context_of
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.drawing import entity_href, formats_of, framed
from guanxi.web.pages.finding import record_id
from guanxi.web.pages.route_view import route_view
from guanxi.web.rendering.views.explaining import RoutePage
from guanxi.web.rendering.views.values import Link

TITLE = N_("Who would have to approve")


async def show(request: Request) -> Response:
    """The route that the record would go, drawn and explained."""
    context, entity, id_ = context_of(request), request.path_params["entity"], record_id(request)
    workspace, actor, tag = context.workspace, context.signed_in, context.words.language.tag
    route = await preview_route(workspace, actor, entity, id_, request.path_params["name"])
    view = await read_record(workspace, actor, entity, id_)
    flow, told = route_view(Cells(context.words, formats_of(request)), route)
    here, title = entity_href(entity, id_), context.words.say(TITLE)
    page = RoutePage(
        title=title,
        breadcrumb=(
            Link(say(view.entity.plural, tag), entity_href(entity)),
            Link(view.title, here),
            Link(title, ""),
        ),
        flow=flow if route.needed else None,
        explanation=told,
        back=Link(view.title, here),
    )
    return await framed(request, "route.html", page)
