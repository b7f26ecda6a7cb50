"""Giving a field another API name."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.fields import entity_in, field_in
from guanxi.commands.studio.removal import uses_in_draft
from guanxi.commands.studio.renaming import rename_field
from guanxi.errors import N_, Conflict, Invalid, Problem, Refused
from guanxi.studio.forms import by_input
from guanxi.studio.heads import draft_of, entity_href, entity_label, field_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.views import RenamePage
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Link, Notice

TITLE, NAME = N_("Change the API name of {field}"), N_("New API name")
TEXT = N_("Everything that names the field names it anew. Programs outside must be changed by hand.")
NOT_RENAMED, ANOTHER = N_("This was not renamed"), N_("Type another name.")


async def ask(request: Request) -> Response:
    """The form, with everything that names the field."""
    path = request.path_params["path"]
    return await _page(request, path.rpartition(".")[2])


async def confirm(request: Request) -> Response:
    """The field is renamed in the draft, wherever it is used, or the page says why not."""
    context, draft = context_of(request), await draft_of(request)
    entity, path = request.path_params["entity"], request.path_params["path"]
    name = (await small_form(request, "name"))["name"].strip()
    lines, _, old = path.rpartition(".")
    if name in (old, ""):
        return await _page(request, name, Invalid(ANOTHER, [Problem("/name", "required", ANOTHER)]))
    try:
        await rename_field(context.workspace, context.signed_in, draft, entity, path, name)
    except (Invalid, Conflict) as refusal:
        return await _page(request, name, refusal)
    return onward(entity_href(entity, "fields", f"{lines}.{name}" if lines else name), "renamed")


async def _page(request: Request, name: str, refusal: Refused | None = None) -> Response:
    words, tag, draft = context_of(request).words, tag_of(request), await draft_of(request)
    entity, path = request.path_params["entity"], request.path_params["path"]
    field_in(entity_in(draft.definitions, entity), path)
    label = field_label(draft, entity, path, tag)
    title = words.say(TITLE(field=label))
    notices = [Notice("bad", words.say(NOT_RENAMED), words.say(refusal.message))] if refusal else []
    inputs = Inputs(words, {"name": name}, by_input(refusal, words))
    href = entity_href(entity, "fields", path)
    page = RenamePage(
        head=head_of(
            request,
            draft,
            entity_label(draft, entity, tag),
            "text-cursor",
            crumbs=[Link(label, href), Link(words.say(NAME), "")],
            entity=entity,
            notices=notices,
        ),
        title=title,
        text=words.say(TEXT),
        action=f"{href}/rename",
        cancel_href=href,
        name=inputs.text("name", NAME, required=True),
        uses=list(dict.fromkeys(words.say(use.where) for use in uses_in_draft(draft, entity, path))),
    )
    return await framed(request, "studio/rename.html", page, refusal.status if refusal else 200)
