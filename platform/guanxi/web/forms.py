"""Reading a submitted form: every part is text, and there is an end to how many."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from guanxi.errors import N_
from guanxi.web.refusals import BadRequest, UnsupportedMediaType

MAX_FIELDS = 20_000
"""Of a record form: 1,000 lines of 20 fields."""
_MEDIA_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of a form: the name of its input, its own name, and its bytes."""

    field: str
    name: str
    content: bytes


async def read_form(request: Request, most: int = MAX_FIELDS) -> list[tuple[str, str]]:
    """The fields of a form in their order.

    Raises:
        UnsupportedMediaType: the body is no form.
        BadRequest: it cannot be read, has too many fields, or holds a file or a NUL character.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _MEDIA_TYPES:
        raise UnsupportedMediaType(N_("Send a form."))
    async with request.form(max_files=0, max_fields=most) as form:
        pairs = form.multi_items()
    fields = [(name, value) for name, value in pairs if isinstance(value, str)]
    if len(fields) != len(pairs):
        raise BadRequest(N_("No file is expected here."))
    if any("\x00" in name or "\x00" in value for name, value in fields):
        raise BadRequest(N_("The form holds characters that cannot be stored."))
    return fields


async def read_form_with_files(request: Request, most: int) -> tuple[list[tuple[str, str]], list[SentFile]]:
    """The fields of a form in their order, and at most so many files.

    Raises:
        UnsupportedMediaType, BadRequest: as `read_form`, but that files are taken.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await read_form(request), []
    pairs, files = [], []
    async with request.form(max_files=most, max_fields=MAX_FIELDS) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                pairs.append((name, value))
            elif value.filename:
                files.append(SentFile(name, value.filename, await value.read()))
    if any("\x00" in text for pair in (*pairs, *((one.field, one.name) for one in files)) for text in pair):
        raise BadRequest(N_("The form holds characters that cannot be stored."))
    return pairs, files


async def small_form(request: Request, *known: str) -> Mapping[str, str]:
    """The fields of a small form, each known and given at most once; a missing one is the empty text.

    Raises:
        BadRequest: a field is unknown or given twice; see also `read_form`.
        UnsupportedMediaType: see `read_form`.
    """
    pairs = await read_form(request, most=50)
    found = dict(pairs)
    if len(found) != len(pairs) or not set(found) <= set(known):
        raise BadRequest(N_("The form has fields that are not expected here. Reload the page."))
    return {name: found.get(name, "") for name in known}
