"""Showing a form: what the server works out of a draft, drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.files import file_fields
from guanxi.commands.records.preview_record import preview_record
from guanxi.commands.views import FormView
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import say, say_inside
from guanxi.errors import N_, Conflict, Problem
from guanxi.rules.locks import LOCKED
from guanxi.web.context import context_of
from guanxi.web.pages.cells import Cells, Titles
from guanxi.web.pages.drawing import entity_href, formats_of, framed
from guanxi.web.pages.finding import layout_of
from guanxi.web.pages.form_codec import payload_of
from guanxi.web.pages.form_draft import Draft
from guanxi.web.pages.form_lines import NO_FOCUS, Focus
from guanxi.web.pages.form_problems import by_input, merged, relevant, summary
from guanxi.web.pages.form_references import resolve
from guanxi.web.pages.form_view import FormDrawing, address_of, title_of
from guanxi.web.rendering.views.forms import FormPage, FormSection, Input
from guanxi.web.rendering.views.values import Hidden, Link, Notice

NEW = N_("New {label}")
EDIT = N_("Edit {title}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Showing:
    """How a form is shown: after a refusal with its `refused` problems and status, or while it is typed."""

    refused: Sequence[Problem] | None = None
    status: int = 200
    focus: Focus = NO_FOCUS
    focus_first: bool = False
    focus_problems: bool = False
    notices: Sequence[Notice] = ()
    new_key: bool = False


async def show(
    request: Request,
    entity: Entity,
    id_: int | None,
    draft: Draft,
    titles: Titles,
    showing: Showing,
) -> Response:
    """Work out and draw the form of a new (`id_` None) or a stored record."""
    context = context_of(request)
    workspace = context.workspace
    payload = payload_of(entity, draft, workspace.settings.timezone, stored=id_ is not None)
    view = await preview_record(workspace, context.signed_in, entity.name, payload, id_=id_)
    cells = Cells(context.words, formats_of(request))
    problems = _problems(draft, view, showing)
    layout = await layout_of(request, entity, "detail")
    drawing = FormDrawing(
        cells, layout, view, draft, titles, by_input(entity, problems, cells), showing.focus
    )
    before, lines, after = drawing.parts()
    _refuse_unchangeable(entity, [*before, *after], lines)
    if showing.focus_first:
        before = _focus_first(before)
    href = address_of(view)
    page = FormPage(
        title=_title(view, cells),
        icon=entity.icon,
        breadcrumb=_breadcrumb(view, cells),
        action=href,
        preview_href=f"{href}/preview",
        cancel_href=href,
        sections=before,
        lines=lines,
        after=after,
        hidden=[*_marks(request, draft, view, showing), *drawing.hidden],
        problems=summary(entity, problems, cells, [*before, *after], lines),
        notices=showing.notices,
        focus_problems=showing.focus_problems,
        files=bool(file_fields(entity)),
    )
    return await framed(request, "form.html", page, showing.status)


async def resolved(request: Request, entity: Entity, draft: Draft) -> Titles:
    """The draft's look-ups resolved; returns the titles of what is chosen."""
    context = context_of(request)
    return await resolve(context.workspace, context.signed_in, entity, draft)


def _problems(draft: Draft, view: FormView, showing: Showing) -> list[Problem]:
    if showing.refused is not None:
        return merged(draft, showing.refused)
    return merged(draft, relevant(view.problems, draft)) if draft.tried else []


def _marks(request: Request, draft: Draft, view: FormView, showing: Showing) -> list[Hidden]:
    """What the page itself must get back: version, key, whether saving was tried."""
    fresh = draft.key is None or showing.new_key
    key = context_of(request).workspace.clock.token() if fresh else draft.key
    marks = [Hidden("_key", key or "")]
    if view.id is not None:
        version = draft.marks.get("_version") or str(view.version)
        marks.append(Hidden("_version", version))
    if draft.tried:
        marks.append(Hidden("_tried", "1"))
    return marks


def _title(view: FormView, cells: Cells) -> str:
    if view.id is None:
        return cells.words.say(NEW(label=say_inside(view.entity.label, cells.words.language.tag)))
    return cells.words.say(EDIT(title=title_of(view)))


def _breadcrumb(view: FormView, cells: Cells) -> list[Link]:
    links = [Link(say(view.entity.plural, cells.words.language.tag), entity_href(view.entity.name))]
    if view.id is not None:
        links.append(Link(title_of(view), entity_href(view.entity.name, view.id)))
    return [*links, Link(_title(view, cells), "")]


def _refuse_unchangeable(entity: Entity, sections: Sequence[FormSection], lines: Sequence[object]) -> None:
    """A form without anything to enter is none: say why instead."""
    if lines or any(one.widget != "shown" for section in sections for one in section.inputs):
        return
    message = entity.locks[0].message if len(entity.locks) == 1 else None
    raise Conflict(message or LOCKED)


def _focus_first(sections: Sequence[FormSection]) -> list[FormSection]:
    """The focus in the first empty input of the form."""
    inputs = [one for section in sections for one in section.inputs if one.widget != "shown"]
    first = next((one for one in inputs if not one.value), None)
    return [replace(it, inputs=[_focused(one, first) for one in it.inputs]) for it in sections]


def _focused(one: Input, first: Input | None) -> Input:
    return replace(one, focus=True) if one is first else one
