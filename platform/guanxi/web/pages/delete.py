"""Deleting a record, after a question."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.delete_record import MAY_NOT_DELETE, delete_record
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.versions import RecordChanged
from guanxi.commands.views import RecordView
from guanxi.errors import N_, Conflict, Forbidden
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.drawing import entity_href, framed, onward
from guanxi.web.pages.finding import record_id, visible_entity
from guanxi.web.pages.form_draft import version_of
from guanxi.web.rendering.views.frame import ConfirmPage
from guanxi.web.rendering.views.values import Hidden, Notice

TITLE = N_("Delete {label} “{title}”?")
FOR_GOOD = N_("It cannot be brought back.")
DELETE = N_("Delete")
CHANGED = N_("Somebody has changed it since you opened this page")
NOT_POSSIBLE = N_("This was not deleted")
LOOK_AGAIN = N_("Look at it again before you delete it.")


async def ask(request: Request) -> Response:
    """The question."""
    return await _page(request, await _record(request))


async def confirm(request: Request) -> Response:
    """The record is deleted, or the page says why not."""
    context = context_of(request)
    entity, id_ = await visible_entity(request), record_id(request)
    sent = await small_form(request, "_version", "_key")
    version, key = version_of(sent["_version"]), sent["_key"] or None
    try:
        await delete_record(context.workspace, context.signed_in, entity.name, id_, version=version, key=key)
    except RecordChanged as refusal:
        notice = Notice("warn", context.words.say(CHANGED), context.words.say(LOOK_AGAIN))
        return await _page(request, refusal.current, notice, 409)
    except Conflict as refusal:
        notice = Notice("bad", context.words.say(NOT_POSSIBLE), context.words.say(refusal.message))
        return await _page(request, await _record(request), notice, 409)
    return onward(entity_href(entity.name), "deleted")


async def _record(request: Request) -> RecordView:
    context = context_of(request)
    entity = await visible_entity(request)
    view = await read_record(context.workspace, context.signed_in, entity.name, record_id(request))
    if "delete" not in view.can:
        raise Forbidden(MAY_NOT_DELETE(label=entity.label))
    return view


async def _page(
    request: Request, view: RecordView, notice: Notice | None = None, status: int = 200
) -> Response:
    context = context_of(request)
    href = entity_href(view.entity.name, view.id)
    page = ConfirmPage(
        title=context.words.say(TITLE(label=view.entity.label, title=view.title)),
        text=context.words.say(FOR_GOOD),
        action=f"{href}/delete",
        confirm=context.words.say(DELETE),
        cancel=href,
        hidden=(
            Hidden("_version", str(view.version)),
            Hidden("_key", context.workspace.clock.token()),
        ),
        notice=notice,
    )
    return await framed(request, "confirm.html", page, status)
