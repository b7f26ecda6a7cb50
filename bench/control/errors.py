"""Refusals and how they are answered (RFC 9457)."""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response


class Refused(Exception):
    """A request that cannot be carried out: HTTP status, a title, and problems by field."""

    def __init__(self, status: int, title: str, problems: list[dict[str, Any]] | None = None) -> None:
        """Keep what is to be answered."""
        super().__init__(title)
        self.status = status
        self.title = title
        self.problems = problems or []


def answer(_request: Request, refusal: Exception) -> Response:
    """The problem document of a refusal."""
    if not isinstance(refusal, Refused):
        raise refusal
    document = {"title": refusal.title, "status": refusal.status, "problems": refusal.problems}
    return Response(orjson.dumps(document), refusal.status, media_type="application/problem+json")


def problem(field: str, code: str, message: str) -> dict[str, Any]:
    """One problem; `field` is a JSON pointer into the request."""
    return {"field": field, "code": code, "message": message}
