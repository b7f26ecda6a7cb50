"""`/api/v1/tasks`: what waits for the person, and deciding it."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.tasks.assign_task import assign_task
from guanxi.commands.tasks.decide_task import decide_task
from guanxi.commands.tasks.list_tasks import list_tasks
from guanxi.commands.tasks.read_task import read_task
from guanxi.errors import N_, Invalid, NotFound, Problem
from guanxi.web.api.bodies import expected_version, idempotency_key, optional_object, text_of
from guanxi.web.api.query import id_of, limit_of, parameters
from guanxi.web.api.tasks_json import task_json
from guanxi.web.context import context_of
from guanxi.web.refusals import BadRequest
from guanxi.web.replies import json_reply

Box = Literal["waiting", "sent", "done", "held"]
Answer = Literal["approve", "reject"]
BOXES: tuple[Box, ...] = ("waiting", "sent", "done", "held")
DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200


async def list_(request: Request) -> Response:
    """One page of a box: waiting (default), sent, done, or held (for who may assign)."""
    context = context_of(request)
    query = parameters(request, "box", "limit", "after")
    box = next((box for box in BOXES if box == query.get("box", "waiting")), None)
    if box is None:
        raise BadRequest(N_("box is one of {boxes}.", boxes=", ".join(BOXES)))
    limit = limit_of(query, DEFAULT_LIMIT, LARGEST_LIMIT)
    page = await list_tasks(context.workspace, context.signed_in, box, limit, query.get("after"))
    return json_reply({"items": [task_json(task, context.words) for task in page.items], "next": page.next})


async def read(request: Request) -> Response:
    """One task with its record and chain."""
    context = context_of(request)
    parameters(request)
    task = await read_task(context.workspace, context.signed_in, id_of(request.path_params["id"]))
    return json_reply(task_json(task, context.words))


async def approve(request: Request) -> Response:
    """Approved, with an optional comment."""
    return await _decide(request, "approve")


async def reject(request: Request) -> Response:
    """Rejected; the comment says why."""
    return await _decide(request, "reject")


async def _decide(request: Request, answer: Answer) -> Response:
    context = context_of(request)
    parameters(request)
    actor = context.signed_in
    payload = await optional_object(request, "comment")
    task = await decide_task(
        context.workspace,
        actor,
        id_of(request.path_params["id"]),
        answer,
        text_of(payload, "comment"),
        version=expected_version(request),
        key=idempotency_key(request),
    )
    return json_reply(task_json(task, context.words))


async def assign(request: Request) -> Response:
    """A task given to a person, by who may."""
    context = context_of(request)
    parameters(request)
    actor = context.signed_in
    payload = await optional_object(request, "person", "comment")
    try:
        person = id_of(text_of(payload, "person", required=True, longest=40))
    except NotFound as error:
        message = N_("There is no such person.")
        raise Invalid(message, [Problem("/person", "unknown_person", message)]) from error
    task = await assign_task(
        context.workspace,
        actor,
        id_of(request.path_params["id"]),
        person,
        comment=text_of(payload, "comment"),
    )
    return json_reply(task_json(task, context.words))
