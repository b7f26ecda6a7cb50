"""`/api/v1/users`: the people who may sign in, for administrators."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.people.add_user import add_user
from guanxi.commands.people.change_user import change_user
from guanxi.commands.people.list_users import list_users
from guanxi.commands.people.views import UNCHANGED, UserChange, UserView
from guanxi.errors import N_, Invalid, NotFound, Problem
from guanxi.web.api.bodies import expected_version, json_object, refuse_unknown, text_of
from guanxi.web.api.query import id_of, parameters
from guanxi.web.api.record_json import etag
from guanxi.web.context import context_of
from guanxi.web.replies import json_reply

TEXTS = ("name", "email", "title", "locale")
FIELDS = ("name", "email", "title", "roles", "manager", "team", "locale", "active")


async def list_(request: Request) -> Response:
    """Everybody, with roles."""
    context = context_of(request)
    parameters(request)
    users = await list_users(context.workspace, context.signed_in)
    return json_reply({"items": [user_json(user) for user in users]})


async def add(request: Request) -> Response:
    """A new person: 201, with the path of the one-time link to set a password."""
    context = context_of(request)
    parameters(request)
    actor = context.signed_in
    payload = await json_object(request)
    refuse_unknown(payload, FIELDS)
    added = await add_user(context.workspace, actor, read_change(payload))
    content = user_json(added.user) | {"invitation": f"/welcome/{added.invitation}"}
    headers = {"location": f"/api/v1/users/{added.user.id}", "etag": etag(added.user.version)}
    return json_reply(content, 201, headers)


async def change(request: Request) -> Response:
    """A person with some things changed."""
    context = context_of(request)
    parameters(request)
    actor = context.signed_in
    payload = await json_object(request)
    refuse_unknown(payload, FIELDS)
    user = await change_user(
        context.workspace,
        actor,
        id_of(request.path_params["id"]),
        read_change(payload),
        expected_version(request),
    )
    return json_reply(user_json(user), headers={"etag": etag(user.version)})


def user_json(user: UserView) -> dict[str, Any]:
    """A person as administrators see them."""
    return {
        "id": str(user.id),
        "version": user.version,
        "name": user.name,
        "email": user.email,
        "title": user.title,
        "roles": list(user.roles),
        "manager": None if user.manager_id is None else str(user.manager_id),
        "team": None if user.team_id is None else str(user.team_id),
        "locale": user.locale,
        "active": user.active,
        "state": user.state,
    }


def read_change(payload: Mapping[str, Any]) -> UserChange:
    """What the body says about a person; a key that is not there changes nothing.

    Raises:
        Invalid: something is of the wrong type.
    """
    texts = {name: text_of(payload, name, longest=200) for name in TEXTS if name in payload}
    return UserChange(
        name=texts.get("name", UNCHANGED),
        email=texts.get("email", UNCHANGED),
        title=texts.get("title", UNCHANGED),
        locale=texts.get("locale", UNCHANGED),
        roles=_roles(payload["roles"]) if "roles" in payload else UNCHANGED,
        manager_id=_reference(payload, "manager"),
        team_id=_reference(payload, "team"),
        active=_flag(payload["active"]) if "active" in payload else UNCHANGED,
    )


def _roles(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and len(value) <= 100 and all(isinstance(name, str) for name in value):
        return tuple(dict.fromkeys(value))
    raise _invalid("roles", N_("Send a list of role names."))


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _invalid("active", N_("Send true or false."))


def _reference(payload: Mapping[str, Any], name: str) -> Any:
    if name not in payload:
        return UNCHANGED
    value = payload[name]
    if isinstance(value, dict) and set(value) == {"id"}:
        value = value["id"]
    if value is None:
        return None
    try:
        return id_of(value if isinstance(value, str) and value else "-")
    except NotFound as error:
        raise _invalid(name, N_("Send an id as text, or null.")) from error


def _invalid(name: str, message: Any) -> Invalid:
    return Invalid(message, [Problem(f"/{name}", "wrong_type", message)])
