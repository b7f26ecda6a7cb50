"""The list of an entity."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.lists.list_views import list_views
from guanxi.commands.lists.views import ListView
from guanxi.commands.records.list_records import ListQuery, list_records
from guanxi.commands.records.titles import titles_of
from guanxi.commands.views import RecordPage
from guanxi.definitions.entity import Entity
from guanxi.definitions.fields import FIELD_TYPES
from guanxi.definitions.labels import say, say_inside
from guanxi.definitions.layout import Layout
from guanxi.definitions.system_fields import field_of
from guanxi.errors import N_, Invalid
from guanxi.web.context import context_of
from guanxi.web.pages.cells import Cells, kind_of
from guanxi.web.pages.drawing import entity_href, formats_of, framed
from guanxi.web.pages.filters import Asked, chips, filters_of, read_asked, shown_in_lists
from guanxi.web.pages.finding import layout_of, visible_entity
from guanxi.web.pages.saved_views import LEFT_OUT, missing_parts, saved_link, saving_links
from guanxi.web.rendering.views.lists import Column, ListPage, Row, Sorted, with_slots
from guanxi.web.rendering.views.values import Cell, CellPart, Link, Notice

PAGE_SIZE = 25
MOST_LINKS = 2
NEW = N_("New {label}")


async def show(request: Request) -> Response:
    """The rows that the person may see, filtered, sorted, a page at a time."""
    context = context_of(request)
    entity = await visible_entity(request)
    layout = await layout_of(request, entity, "list")
    asked = read_asked(request.query_params.multi_items(), entity, layout)
    if asked.saved and asked.sort and not await _sortable(request, entity, layout, asked.sort[0]):
        asked = replace(asked, sort=())
    columns = await _columns(request, entity, layout, asked)
    query = ListQuery(
        filters=filters_of(asked, entity),
        search=asked.search,
        sort=asked.sort,
        limit=PAGE_SIZE,
        after=asked.after,
        before=asked.before,
        columns=tuple(columns),
        view=asked.view,
        count=True,
    )
    notices: tuple[Notice, ...] = ()
    try:
        page = await list_records(context.workspace, context.signed_in, entity.name, query)
    except Invalid as refusal:
        notices = (Notice("warn", context.words.say(refusal.message)),)
        empty = ListQuery(limit=PAGE_SIZE, columns=tuple(columns), count=True)
        page = await list_records(context.workspace, context.signed_in, entity.name, empty)
        asked = Asked(view=asked.view, saved=asked.saved)
    saved = await list_views(context.workspace, context.signed_in, entity.name)
    if missing_parts(saved, asked, entity, layout, columns):
        notices = (*notices, Notice("warn", context.words.say(LEFT_OUT)))
    view = await _page(request, entity, layout, columns, asked, page, notices=notices, saved=saved)
    return await framed(request, "list.html", view)


async def _sortable(request: Request, entity: Entity, layout: Layout, text: str) -> bool:
    """Whether a list can still be sorted as a saved view says, by this person."""
    context, name = context_of(request), text.removeprefix("-")
    scope = context.signed_in.access(await context.workspace.live(), entity, {}).scope("read")
    return name in shown_in_lists(entity, layout) and scope.seen_somewhere(name.partition(".")[0])


async def _columns(request: Request, entity: Entity, layout: Layout, asked: Asked) -> list[str]:
    """The columns that are asked for, or those of the layout, that the person may see on some row."""
    context = context_of(request)
    catalog = await context.workspace.live()
    scope = context.signed_in.access(catalog, entity, {}).scope("read")

    def seen(names: Iterable[str]) -> list[str]:
        return [name for name in names if scope.seen_somewhere(name.partition(".")[0])]

    return seen(asked.columns) or seen(one.field for one in layout.columns)


async def _page(
    request: Request,
    entity: Entity,
    layout: Layout,
    columns: Sequence[str],
    asked: Asked,
    page: RecordPage,
    *,
    notices: tuple[Notice, ...],
    saved: Sequence[ListView],
) -> ListPage:
    context = context_of(request)
    tag = context.words.language.tag
    cells = Cells(context.words, formats_of(request))
    href = entity_href(entity.name)
    catalog = await context.workspace.live()
    access = context.signed_in.access(catalog, entity, {})
    titles = await titles_of(context.workspace, context.signed_in, asked.references(entity))
    placed = with_slots([_column(request, cells, entity, layout, name, asked) for name in columns])
    rows = [
        Row(
            entity_href(entity.name, view.id),
            [
                in_short(cells.cell(field_of(entity, name), view.values, view.titles, view.level_of(name)))
                for name in columns
            ],
        )
        for view in page.items
    ]
    return ListPage(
        title=say(entity.plural, tag),
        action=href,
        entity=say(entity.label, tag),
        icon=entity.icon,
        columns=placed,
        rows=rows,
        search=asked.search,
        searchable=bool(entity.search),
        filters=chips(entity, layout, asked, cells, titles, access.scope("read")),
        hidden=asked.kept(),
        views=[
            (
                Link(say(view.label, tag), f"{href}?{urlencode({'view': view.name})}"),
                _current(view.name, asked, layout),
            )
            for view in layout.views
        ]
        + [(saved_link(one), str(one.id) == asked.saved) for one in saved],
        keep=saving_links(context.words.say, entity, asked, saved),
        create=Link(
            context.words.say(NEW(label=new_label(entity, tag))), entity_href(entity.name, "new"), "plus"
        )
        if access.may("create") and entity.name != "user"
        else None,
        total=page.total,
        previous_href=_with(request, "before", page.previous),
        next_href=_with(request, "after", page.next),
        clear_href=f"{href}?{urlencode({'view': asked.view})}" if asked.view else href,
        filtered=asked.filtered,
        notices=notices,
    )


def in_short(cell: Cell) -> Cell:
    """A cell in one line: of many links the first, and how many more there are."""
    more = len(cell.parts) - MOST_LINKS
    if cell.kind != "links" or more <= 0:
        return cell
    return replace(cell, parts=(*cell.parts[:MOST_LINKS], CellPart(f"+{more}")))


def new_label(entity: Entity, tag: str) -> str:
    """The entity's label inside a phrase."""
    return say_inside(entity.label, tag)


def _current(name: str, asked: Asked, layout: Layout) -> bool:
    return not asked.saved and name == (asked.view or layout.views[0].name)


def _column(
    request: Request, cells: Cells, entity: Entity, layout: Layout, name: str, asked: Asked
) -> Column:
    field = field_of(entity, name)
    given = next((place.label for place in layout.columns if place.field == name), None)
    label = say(given, cells.words.language.tag) if given is not None else cells.label(field)
    first = asked.sort[0] if asked.sort else _declared(layout)
    sorted_: Sorted = "none"
    if first.removeprefix("-") == name:
        sorted_ = "descending" if first.startswith("-") else "ascending"
    order = f"-{name}" if sorted_ == "ascending" else name
    sortable = FIELD_TYPES[field.type].sortable and field.type != "longText"
    return Column(
        name=name,
        label=label,
        kind=kind_of(field),
        sort_href=_with(request, "sort", order) if sortable else "",
        sorted=sorted_,
        amount=field.type == "money",
    )


def _declared(layout: Layout) -> str:
    first = layout.sort[0] if layout.sort else None
    return "" if first is None else f"{'-' if first.descending else ''}{first.field}"


def _with(request: Request, name: str, value: str | None) -> str:
    """The address of this list with one parameter changed, from the first page on unless that is the one."""
    if value is None:
        return ""
    dropped = {"after", "before", "said", name}
    kept = [(key, text) for key, text in request.query_params.multi_items() if key not in dropped and text]
    return f"{request.url.path}?{urlencode([*kept, (name, value)])}"
