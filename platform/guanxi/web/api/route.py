"""`/api/v1/records/<entity>/<id>/route/<transition>`."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.approvals.preview_route import preview_route
from guanxi.web.api.query import id_of
from guanxi.web.api.route_json import route_json
from guanxi.web.context import context_of
from guanxi.web.replies import json_reply


async def preview(request: Request) -> Response:
    """Who would have to approve a record, and why."""
    context, place = context_of(request), request.path_params
    view = await preview_route(
        context.workspace, context.signed_in, place["entity"], id_of(place["id"]), place["transition"]
    )
    return json_reply(route_json(view, context.words))
