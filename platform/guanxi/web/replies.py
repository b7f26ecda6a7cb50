"""Replies that programs read."""

from decimal import Decimal
from http import HTTPStatus
from typing import Any

import orjson
from starlette.responses import Response

from guanxi.errors import Refused, TooManyRequests
from guanxi.web.refusals import MethodNotAllowed, ShortlyUnavailable
from guanxi.web.rendering import Catalog

RETRY_SECONDS = 1


def json_reply(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON reply: a decimal as a string, so that no reader rounds it, a moment in UTC with `Z`."""
    body = orjson.dumps(content, default=_plain, option=orjson.OPT_UTC_Z)
    return Response(body, status, headers, "application/json")


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form.")


def problem_reply(refusal: Refused, words: Catalog, reference: str = "") -> Response:
    """A refusal as RFC 9457 problem details; `reference` finds the failure in the log."""
    detail = words.say(refusal.message)
    content: dict[str, Any] = {
        "type": f"urn:guanxi:problem:{refusal.code}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": detail,
        "code": refusal.code,
        "problems": [
            {"field": problem.field, "code": problem.code, "message": words.say(problem.message)}
            for problem in refusal.problems
        ],
    }
    if reference:
        content["instance"] = f"urn:guanxi:failure:{reference}"
    headers = {"content-language": words.language.tag, **headers_of(refusal)}
    return Response(orjson.dumps(content), refusal.status, headers, "application/problem+json")


def headers_of(refusal: Refused) -> dict[str, str]:
    """The headers that belong to a refusal: when to come again, how to say who one is."""
    headers: dict[str, str] = {}
    if isinstance(refusal, TooManyRequests):
        headers["retry-after"] = str(refusal.retry_after)
    elif isinstance(refusal, ShortlyUnavailable):
        headers["retry-after"] = str(RETRY_SECONDS)
    elif isinstance(refusal, MethodNotAllowed):
        headers["allow"] = refusal.allowed
    elif refusal.status == 401:
        headers["www-authenticate"] = 'Bearer realm="Guanxi"'
    return headers
