"""The page of a record, and pressing its buttons."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.approval_card import approval_card
from guanxi.commands.records.list_records import Filter, ListQuery, list_records
from guanxi.commands.records.perform_action import RECALL, perform_action
from guanxi.commands.records.preview_action import preview_action
from guanxi.commands.records.read_record import read_record
from guanxi.commands.records.record_history import record_history
from guanxi.commands.tasks.read_task import read_task
from guanxi.commands.views import ActionResult, ApprovalView, RecordView
from guanxi.definitions.labels import say
from guanxi.definitions.layout import Layout
from guanxi.errors import N_, Conflict, Forbidden, Invalid, Refused, VersionMismatch
from guanxi.web.context import context_of
from guanxi.web.forms import read_form
from guanxi.web.pages import record_notices as top
from guanxi.web.pages import record_view as parts
from guanxi.web.pages.approval_view import approval_card_view, assign_form
from guanxi.web.pages.asking import asking_page, read_asked, unclear
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.drawing import entity_href, formats_of, framed, onward
from guanxi.web.pages.finding import layout_of, record_id
from guanxi.web.pages.form_draft import version_of
from guanxi.web.pages.history_view import history_view
from guanxi.web.pages.task_doing import Doing, doing_of
from guanxi.web.rendering.views.records import RecordPage, Table
from guanxi.web.rendering.views.tasks import ApprovalCard
from guanxi.web.rendering.views.values import Hidden, Link

LOCKED = N_("It was submitted or is closed, so it cannot be changed now.")


async def show(request: Request) -> Response:
    """The record as the person may see it."""
    return await record_page(request)


async def act(request: Request) -> Response:
    """A transition, or recall: then the record as it is, or why not."""
    context = context_of(request)
    asked = await read_asked(request, await read_form(request))
    entity, name = request.path_params["entity"], request.path_params["name"]
    if problems := unclear(asked):
        return await asking_page(request, asked, problems, 422)
    try:
        result = await perform_action(
            context.workspace,
            context.signed_in,
            entity,
            record_id(request),
            name,
            version=version_of(asked.marks.get("_version", "")),
            payload=asked.payload or None,
            key=asked.marks.get("_key") or None,
        )
    except Invalid as refusal:
        if any(problem.field for problem in refusal.problems) and await _asks(request):
            return await asking_page(request, asked, refusal.problems, 422)
        return await record_page(request, refusal)
    except (Conflict, Forbidden, VersionMismatch) as refusal:
        return await record_page(request, refusal)
    if result.opened is not None:
        return onward(entity_href(*result.opened), "done")
    return onward(entity_href(entity, record_id(request)), _said(name, result))


async def _asks(request: Request) -> bool:
    """Whether the page of the button has inputs, to show there what is wrong."""
    context, params = context_of(request), request.path_params
    view = await preview_action(
        context.workspace, context.signed_in, params["entity"], record_id(request), params["name"], None
    )
    return view.asks


async def record_page(request: Request, refusal: Refused | None = None) -> Response:
    """Draw the page; with a refusal, which is said on top."""
    context = context_of(request)
    workspace, actor = context.workspace, context.signed_in
    name, id_ = request.path_params["entity"], record_id(request)
    view = await read_record(workspace, actor, name, id_)
    layout = await layout_of(request, view.entity, "detail")
    cells = Cells(context.words, formats_of(request))
    say_ = context.words.say
    tag = context.words.language.tag
    catalog = await workspace.live()
    history = await record_history(workspace, actor, name, id_)
    here = entity_href(name, id_)
    said = request.query_params.get("said", "")
    approval = await approval_card(workspace, actor, name, id_)
    notices = (top.refused(cells, refusal),) if refusal is not None else ()
    may_change = "update" in view.can and not view.locked
    may_delete = "delete" in view.can and not view.locked
    page = RecordPage(
        title=view.title,
        entity=say(view.entity.label, tag),
        icon=view.entity.icon,
        breadcrumb=(Link(say(view.entity.plural, tag), entity_href(name)), Link(view.title, "")),
        highlights=parts.highlights(cells, view, layout),
        badge=parts.badge(cells, view),
        edit=Link(say_(parts.EDIT), f"{here}/edit") if may_change else None,
        delete=Link(say_(parts.DELETE), f"{here}/delete") if may_delete else None,
        locked=say_(LOCKED) if view.locked and "update" in view.can else "",
        actions=parts.actions(cells, view, workspace.clock.token()),
        routes=parts.routes(cells, view),
        path=parts.path(cells, view),
        why=parts.why_href(view),
        unshown=parts.unshown(cells, view, layout) if actor.may(catalog, "studio") else (),
        notices=notices or top.announced(cells, said, view, approval),
        sections=parts.sections(cells, view, layout),
        tables=(*parts.unplaced_lines(cells, view, layout), *await _related(request, cells, view, layout)),
        approval=await _card(request, cells, view, approval) if approval is not None else None,
        history=history_view(cells, view.entity, view.stages, history, catalog.actions_of(name)),
    )
    status = refusal.status if refusal is not None else 200
    return await framed(request, "record.html", page, status, toast=top.confirmed(cells, said, approval))


async def _related(request: Request, cells: Cells, view: RecordView, layout: Layout) -> list[Table]:
    """Tables of the records that refer to this one, where the person may read those."""
    context = context_of(request)
    catalog = await context.workspace.live()
    tables = []
    for section in layout.sections:
        related = section.related
        if related is None or section.name in view.folded:
            continue
        access = context.signed_in.access(catalog, catalog.entities[related.entity], {})
        if not access.may("read"):
            continue
        query = ListQuery(
            filters=(Filter(related.via, "is", str(view.id)),),
            sort=tuple(f"{'-' if sort.descending else ''}{sort.field}" for sort in related.sort),
            limit=related.limit,
            columns=related.columns,
        )
        rows = await list_records(context.workspace, context.signed_in, related.entity, query)
        # People are let in on their own page, with roles and a link.
        create = access.may("create") and related.entity != "user"
        table = parts.related_table(cells, catalog, view, section, rows, create=create)
        tables += [table] if table is not None else []
    return tables


async def _card(request: Request, cells: Cells, view: RecordView, card: ApprovalView) -> ApprovalCard:
    context, here = context_of(request), entity_href(view.entity.name, view.id)
    workspace, actor = context.workspace, context.signed_in
    key = workspace.clock.token()
    task = await read_task(workspace, actor, card.task_id) if card.task_id is not None else None
    doing = doing_of(cells, task, key, back=here) if task is not None else Doing()
    assign = None
    if not doing.yours and card.held_task_ids:
        hidden = (Hidden("_key", key), Hidden("_next", here))
        assign = assign_form(cells, card.held_task_ids[0], hidden)
    return approval_card_view(cells, view.entity, card, actor.user_id, doing=doing, assign=assign)


def _said(name: str, result: ActionResult) -> str:
    if name == RECALL:
        return "recalled"
    if result.held:
        return top.HELD
    return top.SUBMITTED if result.waiting_for else "done"
