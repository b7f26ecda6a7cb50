"""`/api/v1/search?q=`: records of every entity by a part of their text."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.search_everything import search_everything
from guanxi.errors import N_, Problem
from guanxi.web.api.present import hit_json
from guanxi.web.api.query import limit_of, parameters
from guanxi.web.context import context_of
from guanxi.web.refusals import BadRequest
from guanxi.web.replies import json_reply

LONGEST = 200


async def search(request: Request) -> Response:
    """What the person may see and whose text contains `q`."""
    context = context_of(request)
    query = parameters(request, "q", "limit")
    text = query.get("q", "").strip()
    if not 0 < len(text) <= LONGEST:
        message = N_("q is the text to look for, 1 to {longest} characters.", longest=LONGEST)
        raise BadRequest(message, [Problem("", "bad_search", message)])
    limit = limit_of(query, 20, 50)
    hits = await search_everything(context.workspace, context.signed_in, text, limit)
    return json_reply({"items": [hit_json(hit) for hit in hits]})
