"""`/api/v1/instances`: a process of a record with its history, and what concerns the whole of it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.cancel_instance import cancel_instance
from guanxi.commands.approvals.comment_instance import comment_instance
from guanxi.commands.approvals.copy_to_people import copy_to_people
from guanxi.commands.approvals.explain_instance import explain_instance
from guanxi.commands.approvals.move_instance import move_instance
from guanxi.commands.approvals.read_instance import read_instance
from guanxi.commands.approvals.recall_instance import recall_instance
from guanxi.commands.approvals.remind_instance import remind_instance
from guanxi.commands.process_views import InstanceView
from guanxi.commands.workspace import Workspace
from guanxi.web.api.bodies import idempotency_key, optional_object, text_of
from guanxi.web.api.instances_json import instance_json
from guanxi.web.api.people_said import ids_of
from guanxi.web.api.query import id_of, parameters
from guanxi.web.api.route_json import route_json
from guanxi.web.context import context_of
from guanxi.web.replies import json_reply

Payload = Mapping[str, Any]
Act = Callable[[Workspace, Actor, int, Payload, str | None], Awaitable[InstanceView]]
Handler = Callable[[Request], Awaitable[Response]]


async def read(request: Request) -> Response:
    """An instance with its card, history, remarks and copies, and why it goes its way."""
    context, id_ = context_of(request), id_of(request.path_params["id"])
    parameters(request)
    view = await read_instance(context.workspace, context.signed_in, id_)
    route = await explain_instance(context.workspace, context.signed_in, id_)
    content = instance_json(view, context.words) | {"explanation": route_json(route, context.words)}
    return json_reply(content)


def _handler(act: Act, *known: str) -> Handler:
    async def handle(request: Request) -> Response:
        context = context_of(request)
        parameters(request)
        payload, id_ = await optional_object(request, *known), id_of(request.path_params["id"])
        view = await act(context.workspace, context.signed_in, id_, payload, idempotency_key(request))
        return json_reply(instance_json(view, context.words))

    return handle


async def _recall(w: Workspace, actor: Actor, id_: int, said: Payload, key: str | None) -> InstanceView:
    return await recall_instance(w, actor, id_, text_of(said, "comment"), key=key)


async def _cancel(w: Workspace, actor: Actor, id_: int, said: Payload, key: str | None) -> InstanceView:
    return await cancel_instance(w, actor, id_, text_of(said, "comment"), key=key)


async def _move(w: Workspace, actor: Actor, id_: int, said: Payload, key: str | None) -> InstanceView:
    to = text_of(said, "to", required=True, longest=60)
    return await move_instance(w, actor, id_, to, text_of(said, "comment"), key=key)


async def _remind(w: Workspace, actor: Actor, id_: int, said: Payload, key: str | None) -> InstanceView:
    return await remind_instance(w, actor, id_, step=text_of(said, "step", longest=60) or None, key=key)


async def _copy(w: Workspace, actor: Actor, id_: int, said: Payload, key: str | None) -> InstanceView:
    return await copy_to_people(w, actor, id_, ids_of(said, "people"), text_of(said, "comment"), key=key)


async def _comment(w: Workspace, actor: Actor, id_: int, said: Payload, key: str | None) -> InstanceView:
    return await comment_instance(
        w,
        actor,
        id_,
        text_of(said, "text", longest=10_000),
        step=text_of(said, "step", longest=60) or None,
        people=ids_of(said, "people"),
        files=ids_of(said, "files"),
        key=key,
    )


ACTS: Mapping[str, Handler] = {
    "recall": _handler(_recall, "comment"),
    "cancel": _handler(_cancel, "comment"),
    "move": _handler(_move, "to", "comment"),
    "remind": _handler(_remind, "step"),
    "copy": _handler(_copy, "people", "comment"),
    "comment": _handler(_comment, "text", "step", "people", "files"),
}
"""What may be done by the last part of the address, each with a POST."""
