"""The form as the draft would have it, as a role sees it in a language."""

from dataclasses import replace

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.titles import titles_of
from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.fields import entity_in
from guanxi.commands.studio.preview_draft import HAS_PROBLEMS, preview_draft
from guanxi.commands.views import FormView
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import say
from guanxi.errors import N_, Forbidden, NotFound
from guanxi.studio.heads import draft_of, entity_href, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.views import PreviewPage
from guanxi.web.context import context_of
from guanxi.web.forms import read_form
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.drawing import formats_of, framed
from guanxi.web.pages.form_codec import payload_of, read_draft
from guanxi.web.pages.form_draft import Draft, new_draft
from guanxi.web.pages.form_lines import NO_FOCUS, Focus, press
from guanxi.web.pages.form_problems import by_input
from guanxi.web.pages.form_references import leads, link_in
from guanxi.web.pages.form_view import FormDrawing
from guanxi.web.rendering import LANGUAGES, language
from guanxi.web.rendering.views.forms import FormPage
from guanxi.web.rendering.views.values import Link, Notice

PREVIEW, ROLE, LANGUAGE = N_("Preview"), N_("As"), N_("In")
NOT_FILLED_IN = N_("This role does not fill in this form")
FIRST_SOLVE = N_("There is no preview yet")


async def show(request: Request) -> Response:
    """The form of a new record, and after each change what it would be; nothing is saved."""
    draft = await draft_of(request)
    entity, words = entity_in(draft.definitions, request.path_params["entity"]), context_of(request).words
    name, tag = entity["name"], tag_of(request)
    roles = draft.live.roles if draft.catalog is None else draft.catalog.roles
    role = request.query_params.get("role", "")
    role = role if role in roles else next(iter(roles))
    seen_in = language(request.query_params.get("language", tag))
    form, notices = await _drawn(request, draft, name, role, seen_in.tag)
    inputs = Inputs(words, {"role": role, "language": seen_in.tag})
    known = [(one, say(it.label, tag)) for one, it in roles.items()]
    tongues = [(one.tag, one.name) for one in LANGUAGES]
    page = PreviewPage(
        head=head_of(
            request,
            draft,
            entity_label(draft, name, tag),
            entity.get("icon", "box"),
            crumbs=[Link(words.say(PREVIEW), "")],
            entity=name,
            notices=notices,
        ),
        action=entity_href(name, "preview"),
        inputs=[
            inputs.choice("role", ROLE, known, required=True),
            inputs.choice("language", LANGUAGE, tongues, required=True),
        ],
        tag=seen_in.tag,
        form=form,
    )
    return await framed(request, "studio/preview.html", page)


async def _drawn(
    request: Request, draft: Drafted, name: str, role: str, tag: str
) -> tuple[str, list[Notice]]:
    """The form as HTML, or why there is none."""
    words = context_of(request).words
    if draft.catalog is None:
        return "", [Notice("warn", words.say(FIRST_SOLVE), words.say(HAS_PROBLEMS))]
    entity = draft.catalog.entities[name]
    typed, focus = await _typed(request, entity)
    context = context_of(request)
    payload = payload_of(entity, typed, context.workspace.settings.timezone, stored=False)
    try:
        view = await preview_draft(context.workspace, context.signed_in, draft, role, name, payload)
    except (Forbidden, NotFound) as refusal:
        return "", [Notice("info", words.say(NOT_FILLED_IN), words.say(refusal.message))]
    href = f"{entity_href(name, 'preview')}?role={role}&language={tag}"
    return await _html(request, draft, view, typed, focus, href, tag), []


async def _typed(request: Request, entity: Entity) -> tuple[Draft, Focus]:
    if request.method != "POST":
        return new_draft(entity, {}), NO_FOCUS
    typed = read_draft(entity, await read_form(request))
    return typed, press(typed, typed.marks.get("_do", ""))


async def _html(
    request: Request, draft: Drafted, view: FormView, typed: Draft, focus: Focus, href: str, tag: str
) -> str:
    context = context_of(request)
    formats = replace(formats_of(request), language=language(tag))
    cells = Cells(context.renderer.catalogs[tag], formats)
    layout = (draft.catalog or draft.live).layout_for(view.entity.name, "detail")
    titles = await titles_of(context.workspace, context.signed_in, _chosen(view.entity, typed, draft))
    problems = by_input(view.entity, [], cells)
    drawing = FormDrawing(cells, layout, view, typed, titles, problems, focus)
    before, lines, after = drawing.parts()
    page = FormPage(
        title="",
        icon=view.entity.icon,
        breadcrumb=(),
        action=href,
        preview_href=href,
        cancel_href=href,
        sections=before,
        lines=lines,
        after=after,
        hidden=drawing.hidden,
    )
    return Markup(context.renderer.fragment("fragments/studio_form.html", page, formats))  # noqa: S704 - drawn by an escaping template


def _chosen(entity: Entity, typed: Draft, draft: Drafted) -> dict[str, set[int]]:
    """What is chosen in look-ups, of entities that have records already."""
    wanted: dict[str, set[int]] = {}
    for name, one in entity.fields.items():
        link = link_in(one, typed.head.values.get(name, "")) if leads(one) else None
        if link is not None and link.entity in draft.live.entities:
            wanted.setdefault(link.entity, set()).add(link.id)
    return wanted
