"""Saving a view of a list, changing it, and removing it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.lists.change_view import change_view
from guanxi.commands.lists.delete_view import delete_view
from guanxi.commands.lists.list_views import list_views
from guanxi.commands.lists.save_view import save_view
from guanxi.commands.lists.views import GONE, SHARE, ListView
from guanxi.definitions.entity import Entity
from guanxi.definitions.labels import say
from guanxi.definitions.layout import Layout
from guanxi.definitions.system_fields import field_of
from guanxi.errors import N_, Invalid, NotFound
from guanxi.web.context import context_of
from guanxi.web.forms import read_form
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.drawing import entity_href, formats_of, framed, onward
from guanxi.web.pages.filters import Asked, chips, read_asked, shown_in_lists
from guanxi.web.pages.finding import layout_of, record_id, visible_entity
from guanxi.web.pages.saved_views import saved_link, views_href
from guanxi.web.rendering.views.forms import Input, SavedViewPage
from guanxi.web.rendering.views.lists import Choice
from guanxi.web.rendering.views.values import Hidden, Notice

TITLE, NAME, COLUMNS = N_("Save this view of the list"), N_("Name"), N_("Columns")
ROLE, ROLE_HELP = N_("For"), N_("Leave it empty to keep the view for yourself.")
COLUMNS_HELP = N_("Without any, the list shows its usual columns.")
OWN = ("_label", "_role", "_columns", "_query")


async def new(request: Request) -> Response:
    """The form that saves the list as its address asks for it."""
    entity = await visible_entity(request)
    asked = await _asked(request, entity, request.query_params.multi_items())
    return await _page(request, entity, asked, {}, None)


async def create(request: Request) -> Response:
    """The view is saved and opened; or the form says what is wrong."""
    context, entity = context_of(request), await visible_entity(request)
    typed, asked = await _typed(request, entity)
    role = typed["_role"] or None
    try:
        view = await save_view(
            context.workspace,
            context.signed_in,
            entity.name,
            typed["_label"],
            asked.query(),
            role,
        )
    except Invalid as refusal:
        return await _page(request, entity, asked, typed, None, refusal)
    return onward(saved_link(view).href, "saved")


async def edit(request: Request) -> Response:
    """The form of a saved view; parameters of the address are what it is to keep from now on."""
    entity = await visible_entity(request)
    view = await _view(request, entity)
    pairs = request.query_params.multi_items() or list(view.query)
    asked = await _asked(request, entity, pairs)
    return await _page(request, entity, asked, {"_label": view.label, "_role": view.role or ""}, view)


async def save(request: Request) -> Response:
    """The view is kept as it is now; or the form says what is wrong."""
    context, entity = context_of(request), await visible_entity(request)
    view = await _view(request, entity)
    typed, asked = await _typed(request, entity)
    role = typed["_role"] or None
    try:
        view = await change_view(
            context.workspace, context.signed_in, view.id, typed["_label"], asked.query(), role
        )
    except Invalid as refusal:
        return await _page(request, entity, asked, typed, view, refusal)
    return onward(saved_link(view).href, "saved")


async def remove(request: Request) -> Response:
    """The view is gone; the list is there as usual."""
    context, entity = context_of(request), await visible_entity(request)
    await read_form(request)
    view = await _view(request, entity)
    await delete_view(context.workspace, context.signed_in, view.id)
    return onward(entity_href(entity.name), "deleted")


async def _view(request: Request, entity: Entity) -> ListView:
    context = context_of(request)
    views = await list_views(context.workspace, context.signed_in, entity.name)
    found = next((one for one in views if one.id == record_id(request) and one.yours), None)
    if found is None:
        raise NotFound(GONE)
    return found


async def _asked(request: Request, entity: Entity, pairs: list[tuple[str, str]]) -> Asked:
    layout: Layout = await layout_of(request, entity, "list")
    return read_asked(pairs, entity, layout)


async def _typed(request: Request, entity: Entity) -> tuple[Mapping[str, str], Asked]:
    """The name and the role, and what the view is to hold with the columns that were chosen."""
    form = await read_form(request)
    typed = {name: next((value for key, value in form if key == name), "") for name in OWN}
    columns = [value for key, value in form if key == "_columns" and value]
    held = [pair for pair in form if pair[0] not in OWN]
    return typed, await _asked(request, entity, [*held, ("columns", ",".join(columns))])


async def _page(
    request: Request,
    entity: Entity,
    asked: Asked,
    typed: Mapping[str, str],
    view: ListView | None,
    refusal: Invalid | None = None,
) -> Response:
    context = context_of(request)
    words, tag = context.words, context.words.language.tag
    catalog = await context.workspace.live()
    scope = context.signed_in.access(catalog, entity, {}).scope("read")
    layout = await layout_of(request, entity, "list")
    cells = Cells(words, formats_of(request))
    told = {one.field: words.say(one.message) for one in refusal.problems} if refusal is not None else {}
    usual = asked.columns or tuple(one.field for one in layout.columns)
    columns = [
        Choice(name, cells.label(field_of(entity, name)), name in usual)
        for name in shown_in_lists(entity, layout)
        if scope.seen_somewhere(name.partition(".")[0])
    ]
    inputs = [
        Input(
            name="_label", label=words.say(NAME), widget="text", value=typed.get("_label", ""), required=True,
            wide=True, problem=told.get("/label", ""), focus=True,
        ),
        Input(
            name="_columns", label=words.say(COLUMNS), widget="multiSelect", choices=columns, wide=True,
            help=words.say(COLUMNS_HELP),
        ),
    ]  # fmt: skip
    more = told.get("", "")
    if not context.signed_in.may(catalog, SHARE):
        more = more or told.get("/role", "")
    else:
        roles = [Choice(name, say(one.label, tag)) for name, one in sorted(catalog.roles.items())]
        inputs.append(
            Input(
                name="_role", label=words.say(ROLE), widget="select", value=typed.get("_role", ""),
                choices=roles, wide=True, help=words.say(ROLE_HELP), problem=told.get("/role", ""),
            )
        )  # fmt: skip
    here = views_href(entity.name) + (f"/{view.id}" if view is not None else "")
    query = urlencode(asked.query())
    set_ = [chip for chip in chips(entity, layout, asked, cells, {}, scope) if chip.summary]
    page = SavedViewPage(
        title=words.say(TITLE),
        action=here,
        cancel=f"{entity_href(entity.name)}?{query}" if query else entity_href(entity.name),
        inputs=inputs,
        filters=[f"{chip.label} {chip.summary}" for chip in set_],
        hidden=[Hidden(name, value) for name, value in asked.query() if name != "columns"],
        delete_href=f"{here}/delete" if view is not None else "",
        notice=Notice("bad", words.say(refusal.message), more) if refusal is not None else None,
    )
    return await framed(request, "saved_view.html", page, refusal.status if refusal is not None else 200)
