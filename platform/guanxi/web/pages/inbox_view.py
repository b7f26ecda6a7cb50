"""The inbox page: a box on the left, the opened task on the right."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.tasks.count_tasks import count_tasks
from guanxi.commands.tasks.list_tasks import Box, list_tasks
from guanxi.commands.tasks.read_task import read_task
from guanxi.commands.views import TaskView
from guanxi.definitions import Catalog
from guanxi.definitions.labels import say, say_inside
from guanxi.errors import N_
from guanxi.web.context import context_of
from guanxi.web.pages.approval_view import approval_card_view, assign_form, decide_form
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.drawing import entity_href, formats_of, framed
from guanxi.web.pages.record_view import highlights
from guanxi.web.rendering.views.tasks import ApprovalCard, InboxPage, Tab, TaskDetail, TaskRow
from guanxi.web.rendering.views.values import Hidden, Link, Tone

PAGE_SIZE = 30
TABS = {
    "waiting": N_("Waiting for me"),
    "sent": N_("Sent by me"),
    "done": N_("Done"),
    "held": N_("Held"),
}
EMPTY = {
    "waiting": N_("New requests appear here by themselves."),
    "sent": N_("What you submit for approval appears here."),
    "done": N_("What you decide appears here."),
    "held": N_("Requests that nobody may decide appear here."),
}
OUTCOMES: dict[str, tuple[object, Tone]] = {
    "approve": (N_("Approved"), "ok"),
    "reject": (N_("Rejected"), "bad"),
    "hold": (N_("Held"), "warn"),
}
OPEN_RECORD = N_("Open the {label}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a refused form sent, and why it was refused."""

    comment: str = ""
    text: str = ""
    problem: str = ""
    stale: str = ""


async def inbox_page(
    request: Request, task_id: int | None, typed: Typed | None = None, status: int = 200
) -> Response:
    """Draw the inbox; without a task the first of the box is opened, if there is one."""
    context = context_of(request)
    workspace, actor = context.workspace, context.signed_in
    cells = Cells(context.words, formats_of(request))
    box = _box(request)
    page = await list_tasks(workspace, actor, box, PAGE_SIZE, request.query_params.get("after"))
    chosen = task_id if task_id is not None else next((task.id for task in page.items), None)
    opened = await read_task(workspace, actor, chosen) if chosen is not None else None
    view = InboxPage(
        tabs=await _tabs(request, box),
        tasks=tuple(_row(cells, task, box, opened) for task in page.items),
        detail=_detail(request, await workspace.live(), cells, opened, typed or Typed())
        if opened is not None
        else None,
        opened=task_id is not None,
        back_href=_href(box),
        empty=context.words.say(EMPTY[box]),
        next_href=f"{_href(box)}{'&' if '?' in _href(box) else '?'}after={page.next}" if page.next else "",
    )
    return await framed(request, "inbox.html", view, status)


def _box(request: Request) -> Box:
    asked = request.query_params.get("box", "waiting")
    return asked if asked in TABS else "waiting"  # type: ignore[return-value] # the keys are the boxes


def _href(box: str, task: int | None = None) -> str:
    path = f"/inbox/{task}" if task is not None else "/inbox"
    return path if box == "waiting" else f"{path}?box={box}"


async def _tabs(request: Request, box: Box) -> tuple[Tab, ...]:
    context = context_of(request)
    catalog = await context.workspace.live()
    names = [name for name in TABS if name != "held" or context.signed_in.may(catalog, "process")]
    tasks = await count_tasks(context.workspace, context.signed_in)
    return tuple(
        Tab(
            label=context.words.say(TABS[name]),
            href=_href(name),
            current=name == box,
            count={"waiting": tasks.waiting, "held": tasks.held}.get(name),
        )
        for name in names
    )


def _row(cells: Cells, task: TaskView, box: Box, opened: TaskView | None) -> TaskRow:
    outcome = "hold" if task.kind == "hold" and task.open else task.outcome or ""
    said, tone = OUTCOMES.get(outcome, ("", "neutral"))
    return TaskRow(
        title=task.title,
        detail=" · ".join(_summary(cells, task)),
        approval=say(task.approval, cells.words.language.tag),
        at=task.opened_at,
        href=_href(box, task.id),
        current=opened is not None and opened.id == task.id,
        badge=cells.words.say(said) if said else "",  # type: ignore[arg-type] # a sentence
        tone=tone,
    )


def _summary(cells: Cells, task: TaskView) -> list[str]:
    """Who the record is about and how much it is worth: its first reference and its first money."""
    if task.record is None:
        return [task.submitter.name]
    view, texts = task.record, []
    for kind in ("reference", "money"):
        fields = (f for f in view.entity.fields.values() if f.type == kind and f.to != "user")
        for field in fields:
            cell = cells.cell(field, view.values, view.titles, view.levels.get(field.name, "masked"))
            if cell.text:
                texts.append(cell.text)
                break
    return texts or [task.submitter.name]


def _detail(request: Request, catalog: Catalog, cells: Cells, task: TaskView, typed: Typed) -> TaskDetail:
    view = task.record
    entity = view.entity if view is not None else None
    label = say_inside(entity.label if entity is not None else {"en": task.entity}, cells.words.language.tag)
    values = (
        highlights(cells, view, catalog.layout_for(view.entity.name, "detail")) if view is not None else ()
    )
    return TaskDetail(
        title=task.title,
        icon=entity.icon if entity is not None else "file",
        record=Link(cells.words.say(OPEN_RECORD(label=label)), entity_href(task.entity, task.record_id)),
        card=_card(request, cells, task, typed),
        highlights=values,
    )


def _card(request: Request, cells: Cells, task: TaskView, typed: Typed) -> ApprovalCard:
    context = context_of(request)
    if task.card is None or task.record is None:
        raise LookupError(f"task {task.id} was read without its card")
    hidden = (Hidden("_key", context.workspace.clock.token()),)
    decide = assign = None
    if task.mine:
        decide = decide_form(task.id, task.record.version, hidden, typed.comment, typed.problem)
    elif task.open and task.id in task.card.held_task_ids:
        assign = assign_form(cells, task.id, hidden, typed.text, typed.problem)
    return approval_card_view(
        cells,
        task.record.entity,
        task.card,
        context.signed_in.user_id,
        decide=decide,
        assign=assign,
        stale=typed.stale,
    )
