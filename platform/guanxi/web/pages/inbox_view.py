"""The inbox page: a box on the left, the opened task on the right."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.people.read_absence import read_absence
from guanxi.commands.tasks.count_tasks import count_tasks
from guanxi.commands.tasks.list_tasks import Box, list_tasks
from guanxi.commands.tasks.read_task import read_task
from guanxi.commands.views import TaskView
from guanxi.definitions import Catalog
from guanxi.definitions.labels import say, say_inside
from guanxi.errors import N_, Text
from guanxi.web.context import context_of
from guanxi.web.pages.approval_view import approval_card_view, assign_form
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.drawing import entity_href, formats_of, framed
from guanxi.web.pages.inbox_filters import Asked, chips, chosen, kept, read_asked
from guanxi.web.pages.record_view import highlights
from guanxi.web.pages.task_doing import Typed, doing_of
from guanxi.web.rendering.views.inbox import Bulk, InboxPage, Tab, TaskDetail, TaskRow
from guanxi.web.rendering.views.tasks import ApprovalCard
from guanxi.web.rendering.views.values import Hidden, Link, Notice, Tone

PAGE_SIZE = 30
AWAY = N_("You are away now. {name} decides for you.")
UNTIL = N_("Until {day}. You can still decide yourself, or end the absence in the menu of your account.")
TABS: dict[Box, Text] = {
    "waiting": N_("Waiting for me"),
    "sent": N_("Sent by me"),
    "done": N_("Done"),
    "cc": N_("Copies"),
    "held": N_("Held"),
}
EMPTY: dict[Box, Text] = {
    "waiting": N_("New requests appear here by themselves."),
    "sent": N_("What you submit for approval appears here."),
    "done": N_("What you decide appears here."),
    "cc": N_("What others send you a copy of appears here."),
    "held": N_("Requests that nobody may decide appear here."),
}
OUTCOMES: dict[str, tuple[Text, Tone]] = {
    "approve": (N_("Approved"), "ok"),
    "reject": (N_("Rejected"), "bad"),
    "hold": (N_("Held"), "warn"),
    "overdue": (N_("Overdue"), "bad"),
}
OPEN_RECORD = N_("Open the {label}")


@dataclass(frozen=True, slots=True)
class Picked:
    """Tasks that were to be decided together, and why they were not."""

    ids: frozenset[int] = frozenset()
    comment: str = ""
    problem: str = ""


async def inbox_page(
    request: Request,
    task_id: int | None,
    typed: Typed | None = None,
    status: int = 200,
    picked: Picked | None = None,
) -> Response:
    """Draw the inbox; without a task the first of the box is opened, if there is one."""
    context = context_of(request)
    workspace, actor, catalog = context.workspace, context.signed_in, await context.workspace.live()
    cells, asked, picked = Cells(context.words, formats_of(request)), read_asked(request), picked or Picked()
    which = chosen(asked, workspace.settings.timezone)
    page = await list_tasks(workspace, actor, asked.box, PAGE_SIZE, asked.after, chosen=which)
    first = task_id if task_id is not None else next((task.id for task in page.items), None)
    opened = await read_task(workspace, actor, first) if first is not None else None
    rows = tuple(_row(cells, task, asked, opened, picked) for task in page.items)
    many = asked.box == "waiting" and sum(bool(row.id) for row in rows) > 1
    view = InboxPage(
        tabs=await _tabs(request, asked.box),
        tasks=rows,
        detail=_detail(request, catalog, cells, opened, typed or Typed()) if opened is not None else None,
        opened=task_id is not None,
        back_href=asked.href(),
        empty=context.words.say(EMPTY[asked.box]),
        next_href=asked.href(after=page.next) if page.next else "",
        kept=kept(asked),
        filters=chips(request, catalog, cells, asked) if page.items or asked.filtered else (),
        filtered=asked.filtered,
        clear_href=Asked(asked.box).href(),
        bulk=Bulk(
            href="/inbox/decide",
            hidden=(Hidden("_key", workspace.clock.token()),),
            comment=picked.comment,
            problem=picked.problem,
        )
        if many
        else None,
        notices=await _away(request),
    )
    return await framed(request, "inbox.html", view, status)


async def _away(request: Request) -> tuple[Notice, ...]:
    """Who is away is told so, and who decides meanwhile."""
    context = context_of(request)
    absence = await read_absence(context.workspace, context.signed_in, context.signed_in.user_id or 0)
    if absence is None or not absence.now:
        return ()
    last = formats_of(request).day(absence.last_day)
    title = context.words.say(AWAY(name=absence.deputy.name))
    return (Notice("warn", title, context.words.say(UNTIL(day=last))),)


async def _tabs(request: Request, box: Box) -> tuple[Tab, ...]:
    context = context_of(request)
    catalog = await context.workspace.live()
    names = [name for name in TABS if name != "held" or context.signed_in.may(catalog, "process")]
    tasks = await count_tasks(context.workspace, context.signed_in)
    return tuple(
        Tab(
            label=context.words.say(TABS[name]),
            href=Asked(name).href(),
            current=name == box,
            count={"waiting": tasks.waiting, "held": tasks.held}.get(name),
        )
        for name in names
    )


def _row(cells: Cells, task: TaskView, asked: Asked, opened: TaskView | None, picked: Picked) -> TaskRow:
    outcome = "hold" if task.kind == "hold" and task.open else task.outcome or ""
    badge, tone = _badge(cells, "overdue" if task.overdue else outcome)
    return TaskRow(
        title=task.title,
        detail=" · ".join(_summary(cells, task)),
        approval=say(task.approval, cells.words.language.tag),
        at=task.opened_at,
        href=asked.href(task.id),
        id=str(task.id) if task.open and task.kind == "decide" else "",
        picked=task.id in picked.ids,
        current=opened is not None and opened.id == task.id,
        badge=badge,
        tone=tone,
        due=task.due if task.open else None,
    )


def _badge(cells: Cells, outcome: str) -> tuple[str, Tone]:
    if outcome not in OUTCOMES:
        return "", "neutral"
    said, tone = OUTCOMES[outcome]
    return cells.words.say(said), tone


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
    key = context.workspace.clock.token()
    doing = doing_of(cells, task, key, typed)
    assign = None
    if not doing.yours and task.open and task.id in task.card.held_task_ids:
        assign = assign_form(cells, task.id, (Hidden("_key", key),), typed.text, typed.problem)
    return approval_card_view(
        cells,
        task.record.entity,
        task.card,
        context.signed_in.user_id,
        doing=doing,
        assign=assign,
        stale=typed.stale,
    )
