"""Reading what comes in the body, and the headers that go with a change."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from guanxi.errors import N_, Invalid, Problem
from guanxi.web.refusals import BadRequest, UnsupportedMediaType
from guanxi.web.strict_json import read_object

MAX_KEY = 200
_ETAG = re.compile(r'"(\d{1,18})"', re.ASCII)


async def json_object(request: Request) -> dict[str, Any]:
    """The JSON object in the body.

    Raises:
        UnsupportedMediaType: the body is not declared as JSON.
        BadRequest, Invalid: see `read_object`.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType(N_("Send the body as JSON, with Content-Type: application/json."))
    return read_object(await request.body())


async def optional_object(request: Request, *known: str) -> dict[str, Any]:
    """The JSON object in the body, or an empty one where there is no body.

    Raises:
        Invalid: a key is none of `known`.
        UnsupportedMediaType, BadRequest: see `json_object`.
    """
    found = await json_object(request) if await request.body() else {}
    refuse_unknown(found, known)
    return found


def refuse_unknown(payload: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """Refuse keys that mean nothing here.

    Raises:
        Invalid: naming each unknown key.
    """
    problems = [
        Problem(f"/{pointer_part(name)}", "unknown_field", N_("There is no field “{name}”.", name=name[:60]))
        for name in payload
        if name not in known
    ]
    if problems:
        raise Invalid(N_("The request has fields that are not known here."), problems)


def text_of(payload: Mapping[str, Any], name: str, *, required: bool = False, longest: int = 2000) -> str:
    """A text in the body; missing and null are the empty text.

    Raises:
        Invalid: it is no text, is too long, or is empty although required.
    """
    value = payload.get(name)
    if value is None:
        value = ""
    if not isinstance(value, str) or "\x00" in value:
        raise _invalid(name, "wrong_type", N_("Write a text in quotes."))
    if len(value) > longest:
        raise _invalid(name, "too_long", N_("Write at most {longest} characters.", longest=longest))
    if required and not value.strip():
        raise _invalid(name, "required", N_("Fill this in."))
    return value


def expected_version(request: Request) -> int | None:
    """The version that a change was made on, from `If-Match: "7"`; None when it is not said.

    `*` is refused: it would overwrite whatever is there.

    Raises:
        BadRequest: the header is not one quoted version.
    """
    header = request.headers.get("if-match")
    if header is None:
        return None
    match = _ETAG.fullmatch(header.strip())
    if match is None:
        raise BadRequest(
            N_("If-Match takes the ETag of the record as it was read, such as {example}.", example='"7"')
        )
    return int(match[1])


def idempotency_key(request: Request) -> str | None:
    """The `Idempotency-Key`: the same key and content give the same reply, and one change.

    Raises:
        BadRequest: it is empty, too long, or not printable ASCII.
    """
    key = request.headers.get("idempotency-key")
    if key is not None and not (0 < len(key) <= MAX_KEY and key.isascii() and key.isprintable()):
        raise BadRequest(N_("Idempotency-Key is 1 to {limit} printable ASCII characters.", limit=MAX_KEY))
    return key


def pointer_part(name: str) -> str:
    """A key as a part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _invalid(name: str, code: str, message: Any) -> Invalid:
    return Invalid(message, [Problem(f"/{pointer_part(name)}", code, message)])
