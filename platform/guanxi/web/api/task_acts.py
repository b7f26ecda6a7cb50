"""What holders, submitters and administrators do with one task besides deciding it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.actor import Actor
from guanxi.commands.tasks.add_approver import add_approver
from guanxi.commands.tasks.ask_about_task import ask_about_task
from guanxi.commands.tasks.assign_task import assign_task
from guanxi.commands.tasks.claim_task import claim_task
from guanxi.commands.tasks.delegate_task import delegate_task
from guanxi.commands.tasks.release_task import release_task
from guanxi.commands.tasks.remove_approver import remove_approver
from guanxi.commands.tasks.reply_to_task import reply_to_task
from guanxi.commands.tasks.return_task import return_task
from guanxi.commands.tasks.skip_task import skip_task
from guanxi.commands.tasks.transfer_task import transfer_task
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.web.api.bodies import expected_version, idempotency_key, optional_object, text_of
from guanxi.web.api.people_said import one_of, person_of
from guanxi.web.api.query import id_of, parameters
from guanxi.web.api.tasks_json import task_json
from guanxi.web.context import context_of
from guanxi.web.replies import json_reply

WHERE: tuple[Literal["before", "after", "beside"], ...] = ("before", "after", "beside")
Payload = Mapping[str, Any]
Act = Callable[[Workspace, Actor, int, Payload, Request], Awaitable[TaskView]]
Handler = Callable[[Request], Awaitable[Response]]


def _handler(act: Act, *known: str) -> Handler:
    """A handler that takes these keys in the body and replies with the task as it is then."""

    async def handle(request: Request) -> Response:
        context = context_of(request)
        parameters(request)
        payload = await optional_object(request, *known)
        task_id = id_of(request.path_params["id"])
        task = await act(context.workspace, context.signed_in, task_id, payload, request)
        return json_reply(task_json(task, context.words))

    return handle


async def _return(w: Workspace, actor: Actor, id_: int, said: Payload, request: Request) -> TaskView:
    to = text_of(said, "to", required=True, longest=60)
    version, key = expected_version(request), idempotency_key(request)
    return await return_task(w, actor, id_, to, text_of(said, "comment"), version=version, key=key)


async def _transfer(w: Workspace, actor: Actor, id_: int, said: Payload, request: Request) -> TaskView:
    person, comment = person_of(said, "person"), text_of(said, "comment")
    return await transfer_task(w, actor, id_, person, comment, key=idempotency_key(request))


async def _delegate(w: Workspace, actor: Actor, id_: int, said: Payload, request: Request) -> TaskView:
    person, comment = person_of(said, "person"), text_of(said, "comment")
    return await delegate_task(w, actor, id_, person, comment, key=idempotency_key(request))


async def _ask(w: Workspace, actor: Actor, id_: int, said: Payload, request: Request) -> TaskView:
    person, comment = person_of(said, "person"), text_of(said, "comment")
    return await ask_about_task(w, actor, id_, person, comment, key=idempotency_key(request))


async def _reply(w: Workspace, actor: Actor, id_: int, said: Payload, request: Request) -> TaskView:
    return await reply_to_task(w, actor, id_, text_of(said, "comment"), key=idempotency_key(request))


async def _add(w: Workspace, actor: Actor, id_: int, said: Payload, request: Request) -> TaskView:
    where = one_of(said, "where", WHERE)
    person, comment = person_of(said, "person"), text_of(said, "comment")
    return await add_approver(w, actor, id_, person, where, comment, key=idempotency_key(request))


async def _remove(w: Workspace, actor: Actor, id_: int, said: Payload, request: Request) -> TaskView:
    return await remove_approver(w, actor, id_, person_of(said, "person"), key=idempotency_key(request))


async def _claim(w: Workspace, actor: Actor, id_: int, _: Payload, request: Request) -> TaskView:
    return await claim_task(w, actor, id_, key=idempotency_key(request))


async def _release(w: Workspace, actor: Actor, id_: int, _: Payload, request: Request) -> TaskView:
    return await release_task(w, actor, id_, key=idempotency_key(request))


async def _skip(w: Workspace, actor: Actor, id_: int, said: Payload, request: Request) -> TaskView:
    return await skip_task(w, actor, id_, text_of(said, "comment"), key=idempotency_key(request))


async def _assign(w: Workspace, actor: Actor, id_: int, said: Payload, request: Request) -> TaskView:
    person, comment = person_of(said, "person"), text_of(said, "comment")
    return await assign_task(w, actor, id_, person, comment=comment, key=idempotency_key(request))


ACTS: Mapping[str, Handler] = {
    "return": _handler(_return, "to", "comment"),
    "transfer": _handler(_transfer, "person", "comment"),
    "delegate": _handler(_delegate, "person", "comment"),
    "ask": _handler(_ask, "person", "comment"),
    "reply": _handler(_reply, "comment"),
    "add": _handler(_add, "person", "where", "comment"),
    "remove": _handler(_remove, "person"),
    "claim": _handler(_claim),
    "release": _handler(_release),
    "skip": _handler(_skip, "comment"),
    "assign": _handler(_assign, "person", "comment"),
}
"""What may be done by the last part of the address, each with a POST."""
