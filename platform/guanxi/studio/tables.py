"""Decision tables: the list, the grid, CSV in and out."""

import copy

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, Drafted, of_release, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import CHANGED, Data
from guanxi.definitions.decisions.spreadsheet import table_csv, with_csv
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Conflict, Invalid, NotFound, Problem, Refused
from guanxi.studio.field_list import CHANGED as TOUCHED
from guanxi.studio.field_list import NEW
from guanxi.studio.forms import by_input, read_typed, summary_of
from guanxi.studio.heads import draft_of, entity_label, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.pressing import pressed
from guanxi.studio.table_page import Drawing
from guanxi.studio.table_trying import trying
from guanxi.studio.table_typed import new_typed, table_of, table_typed
from guanxi.studio.table_views import TablePage, TableRow, TablesPage
from guanxi.studio.typed import Typed, label_of, name_from
from guanxi.studio.views import Badge
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link

HOME = "/studio/tables"
NEW_NAME = "new"
TITLE, ADD = N_("Decision tables"), N_("New decision table")
NO_TABLE = N_("There is no such decision table.")
TAKEN = N_("There is a decision table of this name already. Choose another label.")
NO_NAME = N_("Write what it is called in English.")
NOT_SAVED = N_("This cannot be saved yet.")


async def index(request: Request) -> Response:
    """All tables, and which of them the draft changes."""
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    live, touched = of_release(draft.live), {(row.kind, row.name) for row in draft.rows}
    rows = []
    for name, data in _tables(draft).items():
        badges = []
        if ("decision", name) not in live:
            badges.append(Badge(words.say(NEW), "ok"))
        elif ("decision", name) in touched:
            badges.append(Badge(words.say(TOUCHED), "warn"))
        rows.append(
            TableRow(
                name=name,
                label=say(data.get("label") or humanised(name), tag),
                href=f"{HOME}/{name}",
                of=entity_label(draft, data["of"], tag) if "of" in data else "",
                rows=len(data["rows"]),
                badges=badges,
            )
        )
    rows.sort(key=lambda row: row.label)
    head = head_of(request, draft, words.say(TITLE), "table-2")
    return await framed(
        request, "studio/tables.html", TablesPage(head=head, add_href=f"{HOME}/{NEW_NAME}", tables=rows)
    )


async def show(request: Request) -> Response:
    """The grid of a table; with `x.` facts in the address, what it answers to them."""
    return await _page(request, None)


async def save(request: Request) -> Response:
    """A table is changed, or the form says what is wrong or shows what a button did."""
    draft, typed = await draft_of(request), await read_typed(request)
    button = typed.pop("_do", "")
    if button:
        return await _page(request, pressed(typed, button, {}))
    name, tables = request.path_params["table"], _tables(draft)
    before = _table(draft, name) if name != NEW_NAME else None
    if before is None:
        name = name_from(label_of(typed, "label", None) or {})
    try:
        if before is None:
            _refuse_name(name, tables)
        await _keep(request, table_of(typed, name, before, tables), typed.get("_seen", ""))
    except (Conflict, Invalid) as refusal:
        return await _page(request, typed, refusal)
    return onward(f"{HOME}/{name}", "drafted")


async def download(request: Request) -> Response:
    """The rows of a table as CSV."""
    draft, name = await draft_of(request), request.path_params["table"]
    text = table_csv(_table(draft, name), _tables(draft))
    # With the mark at its front spreadsheets read it as UTF-8.
    return Response(
        ("\ufeff" + text).encode(),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )


async def take(request: Request) -> Response:
    """The rows of a CSV take the place of those of the table."""
    draft, name = await draft_of(request), request.path_params["table"]
    text = (await small_form(request, "csv"))["csv"]
    before = _table(draft, name)
    try:
        await _keep(request, with_csv(before, text, _tables(draft)), print_of(before))
    except (Conflict, Invalid) as refusal:
        return await _page(request, None, refusal, csv=text)
    return onward(f"{HOME}/{name}", "drafted")


async def _page(
    request: Request, typed: Typed | None, refusal: Refused | None = None, *, csv: str = ""
) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    name, tables = request.path_params["table"], _tables(draft)
    is_new = name == NEW_NAME
    before = None if is_new else _table(draft, name)
    href = f"{HOME}/{name}"
    if typed is None:
        typed = table_typed(before, tables) if before is not None else new_typed()
        typed["_seen"] = print_of(before)
    data, unread = _as_typed(typed, "draft_table" if is_new else name, before, tables)
    drawing = Drawing(
        draft, Inputs(words, typed, by_input(refusal or unread, words)), before, data, href, tag
    )
    tried = None if is_new else trying(request, drawing.look.table, href, words)
    title = words.say(ADD) if before is None else say(before.get("label") or humanised(name), tag)
    page = TablePage(
        head=head_of(
            request, draft, title, "table-2", crumbs=[Link(words.say(TITLE), HOME), Link(title, "")]
        ),
        title=title,
        action=href,
        cancel_href=HOME,
        basics=drawing.basics(),
        hidden=[Hidden("_seen", typed.get("_seen", ""))],
        columns=drawing.columns(),
        rows=drawing.rows(tried.decided if tried else ()),
        otherwise=drawing.otherwise(),
        editors=drawing.editors(),
        remarks=drawing.remarks(),
        unproved=drawing.unproved(),
        checked=drawing.look.table is not None and not drawing.look.checked.problems,
        problems=summary_of(refusal, words),
        trying=tried,
        csv_href="" if is_new else f"{href}/csv",
        import_href="" if is_new else f"{href}/import",
        csv=csv,
    )
    return await framed(request, "studio/table.html", page, refusal.status if refusal else 200)


async def _keep(request: Request, data: Data, seen: str) -> None:
    """Keep a table in the draft, unless it is not as it was seen any more."""
    key = ("decision", data["name"])

    def change(definitions: Definitions) -> None:
        if print_of(definitions.get(key)) != seen:
            raise Conflict(CHANGED)
        definitions[key] = data

    context = context_of(request)
    await edit_draft(context.workspace, context.signed_in, change)


def _as_typed(
    typed: Typed, name: str, before: Data | None, tables: dict[str, Data]
) -> tuple[Data | None, Invalid | None]:
    """The table as it is in the form, so that the checks judge what is seen."""
    try:
        return table_of(copy.copy(typed), name, before, tables), None
    except Invalid as unread:
        return None, unread if before is not None else None


def _refuse_name(name: str, tables: dict[str, Data]) -> None:
    if not name:
        raise Invalid(NOT_SAVED, [Problem("/label.en", "required", NO_NAME)])
    if name in tables or name == NEW_NAME:
        raise Invalid(NOT_SAVED, [Problem("/label.en", "taken", TAKEN)])


def _tables(draft: Drafted) -> dict[str, Data]:
    return {name: data for (kind, name), data in draft.definitions.items() if kind == "decision"}


def _table(draft: Drafted, name: str) -> Data:
    found = draft.definitions.get(("decision", name))
    if found is None:
        raise NotFound(NO_TABLE)
    data: Data = found
    return data
