"""`/api/v1/schemas/<entity>` and `/api/openapi.json`: what programs need to know to send the right thing."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.web.api.openapi import openapi_document
from guanxi.web.api.query import parameters
from guanxi.web.api.visible import readable_fields, visible_entity
from guanxi.web.context import context_of
from guanxi.web.replies import json_reply


async def schema(request: Request) -> Response:
    """The JSON Schema (2020-12) of an entity's records, without fields that are hidden from the person."""
    context = context_of(request)
    parameters(request)
    actor = context.signed_in
    catalog = await context.workspace.live()
    access = visible_entity(catalog, actor, request.path_params["entity"])
    reply = json_reply(
        without_hidden(access.entity.schema, set(access.entity.fields) - readable_fields(access))
    )
    reply.headers["content-type"] = "application/schema+json"
    return reply


def without_hidden(schema: Mapping[str, Any], hidden: set[str]) -> dict[str, Any]:
    """The schema without the properties of some fields."""
    shown = dict(schema)
    shown["properties"] = {name: inner for name, inner in schema["properties"].items() if name not in hidden}
    if "required" in schema:
        shown["required"] = [name for name in schema["required"] if name not in hidden]
    return shown


async def openapi(request: Request) -> Response:
    """The OpenAPI document as the person may use it."""
    context = context_of(request)
    parameters(request)
    actor = context.signed_in
    catalog = await context.workspace.live()
    return json_reply(openapi_document(catalog, actor, context.language.tag))
