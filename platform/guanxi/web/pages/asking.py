"""What is asked for before a button does something: a page of its own, which works without JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.preview_action import preview_action
from guanxi.commands.views import AskView, FormView
from guanxi.definitions.labels import say
from guanxi.errors import Problem
from guanxi.records.conditions import FieldState
from guanxi.web.context import context_of
from guanxi.web.forms import read_form
from guanxi.web.pages.cells import Cells, Titles
from guanxi.web.pages.drawing import entity_href, formats_of, framed, onward
from guanxi.web.pages.finding import record_id, visible_entity
from guanxi.web.pages.form_codec import UNREADABLE, payload_of, read_draft
from guanxi.web.pages.form_draft import Draft
from guanxi.web.pages.form_inputs import Inputs, Place
from guanxi.web.pages.form_page import resolved
from guanxi.web.pages.form_problems import by_input, summary
from guanxi.web.refusals import BadRequest
from guanxi.web.rendering.views.forms import FormPage, FormSection, Input
from guanxi.web.rendering.views.values import Hidden, Link

INPUT = "input."
MARKS = frozenset({"_version", "_key", "_tried", "comment"})
ALWAYS = FieldState(visible=True, required=True, read_only=False)


@dataclass(slots=True)
class Asked:
    """What came in: the marks of the page, what was said, and fields of the record."""

    marks: dict[str, str] = field(default_factory=dict)
    said: Draft = field(default_factory=Draft)
    record: Draft = field(default_factory=Draft)
    titles: Titles = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)


async def ask(request: Request) -> Response:
    """The page; where there is nothing to ask for, that of the record."""
    return await asking_page(request, Asked(), ())


async def preview(request: Request) -> Response:
    """The page as it stands while somebody types."""
    asked = await read_asked(request, await read_form(request))
    return await asking_page(request, asked, None)


async def read_asked(request: Request, pairs: Sequence[tuple[str, str]]) -> Asked:
    """Read what the page sent."""
    context, entity = context_of(request), await visible_entity(request)
    pressed = (await context.workspace.live()).pressed(entity.name, request.path_params["name"])
    zone = context.workspace.settings.timezone
    marks = [(name, text) for name, text in pairs if name in MARKS]
    asked = Asked(marks=dict(marks))
    if len(marks) != len(asked.marks):
        raise BadRequest(UNREADABLE)
    left = [(name, text) for name, text in pairs if name not in asked.marks]
    inner = [(name.replace(INPUT, "", 1), text) for name, text in left if _inside(name)]
    asked.record = read_draft(entity, [(name, text) for name, text in left if not _inside(name)])
    titles = dict(await resolved(request, entity, asked.record))
    if pressed is not None and pressed.input is not None:
        asked.said = read_draft(pressed.input, inner)
        titles |= await resolved(request, pressed.input, asked.said)
        asked.payload["input"] = payload_of(pressed.input, asked.said, zone, stored=False)
    fields = payload_of(entity, asked.record, zone, stored=True)
    asked.payload |= {"fields": fields} if fields else {}
    asked.payload |= {"comment": asked.marks["comment"]} if asked.marks.get("comment") else {}
    asked.titles = titles
    return asked


def unclear(asked: Asked) -> list[Problem]:
    """What was typed in look-ups and names no record."""
    inner = [Problem(f"/input{one.field}", one.code, one.message) for one in asked.said.unclear]
    return [*inner, *asked.record.unclear]


async def asking_page(
    request: Request, asked: Asked, refused: Sequence[Problem] | None, status: int = 200
) -> Response:
    """Draw the page with the problems of a refusal, or (None) those that there are while somebody types."""
    context = context_of(request)
    workspace, params = context.workspace, request.path_params
    name, id_ = params["entity"], record_id(request)
    view = await preview_action(
        workspace, context.signed_in, name, id_, params["name"], asked.payload or None
    )
    if not view.asks:
        return onward(entity_href(name, id_))
    cells = Cells(context.words, formats_of(request))
    tried = bool(refused) or asked.marks.get("_tried") == "1"
    problems = [*unclear(asked), *(refused if refused is not None else _problems(view))] if tried else []
    drawing = _Drawing(view, asked, cells, by_input(view.record.entity, problems, cells))
    sections = drawing.sections()
    href, here = entity_href(name, id_, "actions", params["name"]), entity_href(name, id_)
    title = say(view.pressed.label, context.words.language.tag)
    labels = {one.id: one.label for section in sections for one in section.inputs}
    marks = [
        Hidden("_key", asked.marks.get("_key") or workspace.clock.token()),
        Hidden("_version", asked.marks.get("_version") or str(view.record.version)),
        *([Hidden("_tried", "1")] if tried else []),
    ]
    entity = view.record.entity
    page = FormPage(
        title=title,
        icon=entity.icon,
        breadcrumb=[
            Link(say(entity.plural, context.words.language.tag), entity_href(name)),
            Link(view.record.title, here),
            Link(title, ""),
        ],
        action=href,
        preview_href=f"{href}/preview",
        cancel_href=here,
        sections=sections,
        hidden=[*marks, *drawing.inputs.marks],
        problems=[
            replace(one, label=one.label or labels.get(one.target, ""))
            for one in summary(entity, problems, cells, sections, ())
        ],
        save_label=title,
        focus_problems=bool(refused),
    )
    return await framed(request, "form.html", page, status)


def _inside(name: str) -> bool:
    return name.startswith((INPUT, f"_was.{INPUT}", f"_kept.{INPUT}"))


def _problems(view: AskView) -> list[Problem]:
    said = view.said.problems if view.said is not None else ()
    found = [Problem(f"/input{one.field}", one.code, one.message) for one in said]
    return [*found, *(view.filled.problems if view.filled is not None else ())]


class _Drawing:
    """Draws the inputs of what is asked for."""

    def __init__(self, view: AskView, asked: Asked, cells: Cells, problems: Mapping[str, str]) -> None:
        self.view, self.asked, self.cells, self.problems = view, asked, cells, problems
        titles = {**view.record.titles, **asked.titles}
        titles |= view.said.titles if view.said is not None else {}
        self.inputs = Inputs(cells, titles)

    def sections(self) -> list[FormSection]:
        """What is asked for, then what is missing."""
        tag = self.cells.words.language.tag
        made = self._said(self.view.said) if self.view.said is not None else []
        if self.view.filled is not None:
            made += self._missing(self.view.filled)
        first = [one for one in made if not one.value][:1]
        made = [_focused(one, focus=one in first) for one in made]
        return [FormSection(label=say(self.view.record.entity.label, tag), inputs=made)]

    def _said(self, form: FormView) -> list[Input]:
        head = self.asked.said.head
        place = Place(INPUT, f"{form.entity.name}/", head, form.values, self.problems)
        made = []
        for name, one in form.entity.fields.items():
            if form.states[name].visible or f"{INPUT}{name}" in self.problems:
                wide = one.type in ("longText", "address")
                made.append(
                    self.inputs.entered(one, place, form.states[name], self._label(one.label), wide=wide)
                )
        return made

    def _missing(self, form: FormView) -> list[Input]:
        entity = form.entity
        place = Place("", f"{entity.name}/", self.asked.record.head, form.values, self.problems)
        return [
            self.inputs.entered(
                entity.fields[name],
                place,
                ALWAYS,
                self._label(entity.fields[name].label),
                wide=entity.fields[name].type in ("longText", "address"),
            )
            for name in self.view.missing
        ]

    def _label(self, label: Mapping[str, str]) -> str:
        return say(label, self.cells.words.language.tag)


def _focused(one: Input, *, focus: bool) -> Input:
    return replace(one, focus=focus)
