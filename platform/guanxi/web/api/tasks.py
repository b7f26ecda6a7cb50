"""`/api/v1/tasks`: what waits for the person, and deciding it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.process_views import Verdict
from guanxi.commands.tasks.decide_task import Beside, decide_task
from guanxi.commands.tasks.decide_tasks import decide_tasks
from guanxi.commands.tasks.list_tasks import BOXES, Filter, list_tasks
from guanxi.commands.tasks.read_task import read_task
from guanxi.errors import N_
from guanxi.web.api.bodies import expected_version, idempotency_key, optional_object, text_of
from guanxi.web.api.people_said import ids_of, object_of, person_of
from guanxi.web.api.query import flag_of, id_of, limit_of, parameters
from guanxi.web.api.tasks_json import task_json
from guanxi.web.context import context_of
from guanxi.web.refusals import BadRequest
from guanxi.web.rendering import Catalog
from guanxi.web.replies import json_reply

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 200
FILTERS = ("entity", "process", "submitter")


async def list_(request: Request) -> Response:
    """One page of a box: waiting (default), sent, done, cc, or held (for who may assign)."""
    context = context_of(request)
    query = parameters(request, "box", "limit", "after", "overdue", "sort", *FILTERS)
    box = next((box for box in BOXES if box == query.get("box", "waiting")), None)
    if box is None:
        raise BadRequest(N_("box is one of {boxes}.", boxes=", ".join(BOXES)))
    if query.get("sort", "newest") not in ("newest", "due"):
        raise BadRequest(N_("sort is newest or due."))
    chosen = Filter(
        entity=query.get("entity"),
        process=query.get("process"),
        submitter=id_of(query["submitter"]) if query.get("submitter") else None,
        overdue=flag_of(query, "overdue"),
        by_due=query.get("sort") == "due",
    )
    limit = limit_of(query, DEFAULT_LIMIT, LARGEST_LIMIT)
    page = await list_tasks(
        context.workspace, context.signed_in, box, limit, query.get("after"), chosen=chosen
    )
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


async def answer(request: Request) -> Response:
    """Answered with one of the outcomes of a step that is no approval."""
    return await _decide(request, None)


async def _decide(request: Request, verdict: str | None) -> Response:
    context = context_of(request)
    parameters(request)
    payload = await optional_object(request, "comment", "add", "fields", *(() if verdict else ("answer",)))
    beside = Beside(
        person_of(payload, "add") if payload.get("add") is not None else None, object_of(payload, "fields")
    )
    task = await decide_task(
        context.workspace,
        context.signed_in,
        id_of(request.path_params["id"]),
        verdict or text_of(payload, "answer", required=True, longest=60),
        text_of(payload, "comment"),
        beside=beside,
        version=expected_version(request),
        key=idempotency_key(request),
    )
    return json_reply(task_json(task, context.words))


async def decide_many(request: Request) -> Response:
    """Several tasks answered with one comment, each for itself: the reply says what became of each."""
    context = context_of(request)
    parameters(request)
    payload = await optional_object(request, "tasks", "answer", "comment")
    verdicts = await decide_tasks(
        context.workspace,
        context.signed_in,
        ids_of(payload, "tasks"),
        text_of(payload, "answer", required=True, longest=60),
        text_of(payload, "comment"),
        key=idempotency_key(request),
    )
    return json_reply({"items": [_verdict(one, context.words) for one in verdicts]})


def _verdict(one: Verdict, words: Catalog) -> dict[str, Any]:
    refusal = one.refusal
    return {
        "id": str(one.task_id),
        "done": refusal is None,
        "code": refusal.code if refusal else None,
        "detail": words.say(refusal.message) if refusal else None,
    }
