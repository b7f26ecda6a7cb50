"""Forms: a new record, a change of one, and what the form would save while it is being typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from guanxi.commands.idempotency import KeyReused
from guanxi.commands.records.create_record import create_record
from guanxi.commands.records.files import file_fields
from guanxi.commands.records.titles import titles_of
from guanxi.commands.records.update_record import update_record
from guanxi.commands.records.versions import RecordChanged
from guanxi.commands.views import RecordView
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Invalid, Problem
from guanxi.web.context import context_of
from guanxi.web.files import take_in, without_files
from guanxi.web.forms import read_form_with_files
from guanxi.web.pages import conflict, delete, form_look_up
from guanxi.web.pages.cells import Titles
from guanxi.web.pages.drawing import entity_href, onward
from guanxi.web.pages.finding import record_id, visible_entity
from guanxi.web.pages.form_codec import payload_of, read_draft
from guanxi.web.pages.form_draft import Draft, Part, new_draft
from guanxi.web.pages.form_lines import press
from guanxi.web.pages.form_page import Showing, resolved, show
from guanxi.web.pages.form_references import leads, link_in
from guanxi.web.rendering.views.values import Notice
from guanxi.web.routing import methods

SAVED_BEFORE = N_("This form was saved before")
SAVED_BEFORE_MORE = N_("Save once more if you mean to save it again as it stands now.")


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came in: for which record (None: a new one), what was typed, titles of what is chosen."""

    entity: Entity
    id: int | None
    draft: Draft
    titles: Titles


async def new(request: Request) -> Response:
    """The form of a new record; parameters of the address fill in fields."""
    entity = await visible_entity(request)
    draft = new_draft(entity, dict(request.query_params))
    titles = await _prefilled(request, entity, draft)
    return await show(request, entity, None, draft, titles, Showing(focus_first=True))


async def edit(request: Request) -> Response:
    """The form of a stored record."""
    entity = await visible_entity(request)
    return await show(request, entity, record_id(request), Draft(), {}, Showing())


async def preview(request: Request) -> Response:
    """What a form would save as it stands, with the button of a line carried out. Nothing is written."""
    sent = await _read(request)
    focus = press(sent.draft, sent.draft.marks.get("_do", ""))
    return await show(request, sent.entity, sent.id, sent.draft, sent.titles, Showing(focus=focus))


async def back_to_form(request: Request) -> Response:
    """Who reloads a preview gets the form as it was opened."""
    last = "edit" if "id" in request.path_params else "new"
    return RedirectResponse(request.url.path.removesuffix("preview") + last, 303)


async def save(request: Request) -> Response:
    """Create or change a record, or answer the form with everything that is wrong."""
    sent = await _read(request)
    sent.draft.drop_empty_lines()
    conflict.apply_choices(sent.draft)
    if sent.draft.unclear:
        return await _refused(request, sent, None)
    try:
        view = await _write(request, sent)
    except Invalid as refusal:
        return await _refused(request, sent, refusal.problems or [Problem("", "invalid", refusal.message)])
    except RecordChanged as refusal:
        return await conflict.show(request, sent.entity, sent.draft, refusal.current, sent.titles)
    except KeyReused:
        words = context_of(request).words
        notice = Notice("warn", words.say(SAVED_BEFORE), words.say(SAVED_BEFORE_MORE))
        showing = Showing(status=409, notices=(notice,), new_key=True)
        return await show(request, sent.entity, sent.id, sent.draft, sent.titles, showing)
    return onward(entity_href(sent.entity.name, view.id), "created" if sent.id is None else "saved")


async def _read(request: Request) -> Sent:
    entity = await visible_entity(request)
    id_ = record_id(request) if "id" in request.path_params else None
    pairs, files = await read_form_with_files(request, most=len(file_fields(entity)))
    pairs, gone = without_files(entity, pairs)
    draft = read_draft(entity, pairs)
    draft.head.values |= dict.fromkeys(gone, "")
    await take_in(request, entity, draft, files)
    return Sent(entity, id_, draft, await resolved(request, entity, draft))


async def _write(request: Request, sent: Sent) -> RecordView:
    context = context_of(request)
    workspace, actor, name = context.workspace, context.signed_in, sent.entity.name
    payload = payload_of(sent.entity, sent.draft, workspace.settings.timezone, stored=sent.id is not None)
    key = sent.draft.key
    if sent.id is None:
        return await create_record(workspace, actor, name, payload, form=True, key=key)
    version = sent.draft.version
    return await update_record(workspace, actor, name, sent.id, payload, version=version, form=True, key=key)


async def _refused(request: Request, sent: Sent, problems: Sequence[Problem] | None) -> Response:
    """The form with everything that was typed; without problems of the command, those of a preview."""
    sent.draft.marks["_tried"] = "1"
    if sent.id is None:
        for name, rows in sent.draft.lines.items():
            sent.draft.lines[name] = rows or [Part()]
    showing = Showing(refused=problems, status=422, focus_problems=True)
    return await show(request, sent.entity, sent.id, sent.draft, sent.titles, showing)


async def _prefilled(request: Request, entity: Entity, draft: Draft) -> Titles:
    """The titles of prefilled references; what the person may not see is not filled in."""
    context, values = context_of(request), draft.head.values
    named = {
        name: link_in(one, values[name])
        for name, one in entity.fields.items()
        if leads(one) and name in values
    }
    wanted: dict[str, set[int]] = {}
    for chosen in filter(None, named.values()):
        wanted.setdefault(chosen.entity, set()).add(chosen.id)
    titles = await titles_of(context.workspace, context.signed_in, wanted)
    for name, link in named.items():
        if link not in titles:
            del values[name]
    return titles


FORM_ROUTES: list[BaseRoute] = [
    methods("/records/{entity}", POST=save),
    methods("/records/{entity}/new", GET=new),
    methods("/records/{entity}/preview", GET=back_to_form, POST=preview),
    methods("/records/{entity}/{id}", POST=save),
    methods("/records/{entity}/{id}/edit", GET=edit),
    methods("/records/{entity}/{id}/preview", GET=back_to_form, POST=preview),
    methods("/records/{entity}/{id}/delete", GET=delete.ask, POST=delete.confirm),
    methods("/look-up/{entity}/{path}", GET=form_look_up.options),
]
