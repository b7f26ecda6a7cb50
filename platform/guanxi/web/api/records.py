"""`/api/v1/records/<entity>`: list, create, read, change, delete, press, look back."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.delete_record import delete_record
from guanxi.commands.records.list_records import ListQuery, list_records
from guanxi.commands.records.perform_action import perform_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.record_history import record_history
from guanxi.commands.records.update_record import update_record
from guanxi.web.api.bodies import expected_version, idempotency_key, json_object
from guanxi.web.api.listed_json import listed_json
from guanxi.web.api.present import history_json, person_json
from guanxi.web.api.query import id_of, limit_of, parameters
from guanxi.web.api.record_json import etag, record_json, record_reply
from guanxi.web.context import context_of
from guanxi.web.replies import json_reply

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200


async def list_(request: Request) -> Response:
    """One page of records: `{items, next}`."""
    context = context_of(request)
    query = parameters(request, "where", "sort", "limit", "after")
    sort = tuple(name.strip() for name in query.get("sort", "").split(",") if name.strip())
    asked = ListQuery(
        where=query.get("where"),
        sort=sort,
        limit=limit_of(query, DEFAULT_LIMIT, LARGEST_LIMIT),
        after=query.get("after"),
    )
    page = await list_records(context.workspace, context.signed_in, request.path_params["entity"], asked)
    return json_reply({"items": listed_json(page), "next": page.next})


async def create(request: Request) -> Response:
    """A new record: 201, with its address and version."""
    context = context_of(request)
    parameters(request)
    actor = context.signed_in
    payload = await json_object(request)
    entity = request.path_params["entity"]
    view = await create_record(context.workspace, actor, entity, payload, key=idempotency_key(request))
    return record_reply(view, 201, {"location": f"/api/v1/records/{entity}/{view.id}"})


async def read(request: Request) -> Response:
    """One record with its version as ETag."""
    context = context_of(request)
    parameters(request)
    entity, id_ = _address(request)
    return record_reply(await read_record(context.workspace, context.signed_in, entity, id_))


async def update(request: Request) -> Response:
    """Some fields changed, on the version that If-Match names."""
    context = context_of(request)
    parameters(request)
    actor = context.signed_in
    entity, id_ = _address(request)
    payload = await json_object(request)
    view = await update_record(
        context.workspace,
        actor,
        entity,
        id_,
        payload,
        version=expected_version(request),
        key=idempotency_key(request),
    )
    return record_reply(view)


async def delete(request: Request) -> Response:
    """The record is gone: 204."""
    context = context_of(request)
    parameters(request)
    entity, id_ = _address(request)
    await delete_record(
        context.workspace,
        context.signed_in,
        entity,
        id_,
        version=expected_version(request),
        key=idempotency_key(request),
    )
    return Response(status_code=204)


async def act(request: Request) -> Response:
    """A transition or action pressed: the record as it is now, who has it, and what it leads to."""
    context = context_of(request)
    parameters(request)
    actor = context.signed_in
    entity, id_ = _address(request)
    payload = await json_object(request) if await request.body() else {}
    result = await perform_action(
        context.workspace,
        actor,
        entity,
        id_,
        request.path_params["name"],
        version=expected_version(request),
        payload=payload,
        key=idempotency_key(request),
    )
    content: dict[str, Any] = {
        "record": record_json(result.record),
        "waiting_for": [person_json(person) for person in result.waiting_for],
    }
    if result.opened is not None:
        entity, id_ = result.opened
        content["opened"] = {"entity": entity, "id": str(id_)}
    return json_reply(content, headers={"etag": etag(result.record.version)})


async def history(request: Request) -> Response:
    """Who changed what, newest first."""
    context = context_of(request)
    parameters(request)
    entity, id_ = _address(request)
    entries = await record_history(context.workspace, context.signed_in, entity, id_)
    return json_reply({"items": [history_json(entry, context.words) for entry in entries]})


def _address(request: Request) -> tuple[str, int]:
    return request.path_params["entity"], id_of(request.path_params["id"])
