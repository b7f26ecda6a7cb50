"""`/api/v1/users/<id>/absence`: when somebody is away, and who then decides for them."""

from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.people.clear_absence import clear_absence
from guanxi.commands.people.read_absence import read_absence
from guanxi.commands.people.set_absence import set_absence
from guanxi.commands.process_views import AbsenceView
from guanxi.errors import N_, Invalid, Problem
from guanxi.web.api.bodies import optional_object, text_of
from guanxi.web.api.people_said import person_of
from guanxi.web.api.present import person_json
from guanxi.web.api.query import id_of, parameters
from guanxi.web.context import context_of
from guanxi.web.replies import json_reply

NO_DAY = N_("Write a day as in 2026-03-31.")


async def read(request: Request) -> Response:
    """The absence that is or is to come; null where there is none."""
    context = context_of(request)
    parameters(request)
    view = await read_absence(context.workspace, context.signed_in, id_of(request.path_params["id"]))
    return json_reply({"absence": _json(view) if view is not None else None})


async def put(request: Request) -> Response:
    """The absence in place of the one before."""
    context = context_of(request)
    parameters(request)
    said = await optional_object(request, "deputy", "first_day", "last_day")
    view = await set_absence(
        context.workspace,
        context.signed_in,
        id_of(request.path_params["id"]),
        person_of(said, "deputy"),
        _day(said, "first_day"),
        _day(said, "last_day"),
    )
    return json_reply({"absence": _json(view)})


async def clear(request: Request) -> Response:
    """Back again."""
    context = context_of(request)
    parameters(request)
    await clear_absence(context.workspace, context.signed_in, id_of(request.path_params["id"]))
    return json_reply({"absence": None})


def _day(said: dict[str, Any], name: str) -> date:
    text = text_of(said, name, required=True, longest=10)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(NO_DAY, [Problem(f"/{name}", "wrong_type", NO_DAY)]) from error


def _json(view: AbsenceView) -> dict[str, Any]:
    return {
        "person": person_json(view.person),
        "deputy": person_json(view.deputy),
        "first_day": view.first_day.isoformat(),
        "last_day": view.last_day.isoformat(),
        "now": view.now,
    }
