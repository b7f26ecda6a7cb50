"""Files on their way in and out: those of a form, the upload of a program, and the download."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.files.read_file import NO_FILE, read_file
from guanxi.commands.files.upload_file import upload_file
from guanxi.commands.records.files import file_fields
from guanxi.definitions.entity import Entity
from guanxi.definitions.fields.file import href_of_file, is_picture
from guanxi.errors import Conflict, Invalid, NotFound, Problem, TooLarge
from guanxi.web.context import context_of
from guanxi.web.forms import SentFile
from guanxi.web.pages.form_draft import Draft
from guanxi.web.replies import json_reply

UPLOAD, REMOVE = "_file.", "_nofile."
"""How the inputs of a form are called that send a file, or let one go."""
SANDBOX = "sandbox; default-src 'none'; img-src 'self'"


async def download(request: Request) -> Response:
    """The content of a file. A picture is shown, anything else is saved by the browser and never drawn."""
    text = request.path_params["id"]
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound(NO_FILE)
    context = context_of(request)
    found, content = await read_file(context.workspace, context.signed_in, int(text))
    how = "inline" if is_picture(found.media) else "attachment"
    return Response(
        content,
        media_type=found.media,
        headers={
            "content-disposition": f"{how}; filename*=UTF-8''{quote(found.name, safe='')}",
            "content-security-policy": SANDBOX,
            "etag": f'"{found.digest[:32]}"',
            "cache-control": "private, no-cache",
        },
    )


async def upload(request: Request) -> Response:
    """Take a file in, whose name is in the address and whose bytes are the body."""
    context = context_of(request)
    name = request.query_params.get("name", "")
    made = await upload_file(
        context.workspace, context.signed_in, name, await request.body(), pointer="/name"
    )
    href = href_of_file(made.id, made.name)
    content = {"id": str(made.id), "name": made.name, "media": made.media, "size": made.size, "href": href}
    return json_reply(content, 201, {"location": href})


async def take_in(request: Request, entity: Entity, draft: Draft, files: list[SentFile]) -> None:
    """Put the files of a form into its draft: each is kept, so that it is there when the form comes again.

    One that cannot be kept is a problem of its field.
    """
    context = context_of(request)
    known = {f"{UPLOAD}{one.name}": one.name for one in file_fields(entity)}
    for sent in files:
        name = known.get(sent.field)
        if name is None:
            continue
        pointer = f"/{name}"
        try:
            made = await upload_file(
                context.workspace, context.signed_in, sent.name, sent.content, pointer=pointer
            )
        except Invalid as refusal:
            draft.unclear += refusal.problems
        except (TooLarge, Conflict) as refusal:
            draft.unclear.append(Problem(pointer, refusal.code, refusal.message))
        else:
            draft.head.values[name] = str(made.id)


def without_files(
    entity: Entity, pairs: list[tuple[str, str]]
) -> tuple[list[tuple[str, str]], frozenset[str]]:
    """The fields of a form without the inputs of files, and the names of the files that it lets go."""
    names = {one.name for one in file_fields(entity)}
    own = {f"{base}{name}" for base in (UPLOAD, REMOVE) for name in names}
    gone = frozenset(name for name in names if (f"{REMOVE}{name}", "1") in pairs)
    return [pair for pair in pairs if pair[0] not in own], gone
