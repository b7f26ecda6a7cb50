"""The page of an approval as a whole: its flow, card and history, and what its people may do with it."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.approvals.assignable_tasks import Tasks, assignable_tasks
from guanxi.commands.approvals.explain_instance import explain_instance
from guanxi.commands.approvals.read_instance import read_instance
from guanxi.commands.approvals.recall_instance import recall_instance
from guanxi.commands.approvals.remind_instance import remind_instance
from guanxi.commands.process_views import InstanceView
from guanxi.commands.tasks.read_task import read_task
from guanxi.definitions.labels import say, say_inside
from guanxi.errors import N_, Conflict, Forbidden
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.acts import ON_INSTANCE
from guanxi.web.pages.approval_view import approval_card_view, names
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.drawing import entity_href, formats_of, framed, onward
from guanxi.web.pages.happened_view import happened_view
from guanxi.web.pages.route_view import route_view
from guanxi.web.pages.task_doing import Doing, doing_of
from guanxi.web.rendering.views.inbox import InstancePage
from guanxi.web.rendering.views.tasks import ApprovalCard, Press
from guanxi.web.rendering.views.values import Hidden, Link, Notice

INSTANCES = "/approvals"
INBOX, REMARK = N_("Inbox"), N_("Write a remark")
RECALL, REMIND = N_("Recall"), N_("Remind")
OPEN_RECORD = N_("Open the {label}")
NOT_DONE = N_("Nothing was changed.")
COPIED_TO = N_("Copies: {names}")


async def show(request: Request) -> Response:
    """The approval as the person may see it."""
    return await instance_page(request)


async def recall(request: Request) -> Response:
    """The submitter takes it back."""
    context, id_ = context_of(request), id_of(request.path_params["id"])
    form = await small_form(request, "_key")
    try:
        await recall_instance(context.workspace, context.signed_in, id_, key=form["_key"] or None)
    except (Conflict, Forbidden) as refusal:
        return await instance_page(request, refusal)
    return onward(f"{INSTANCES}/{id_}", "recalled")


async def remind(request: Request) -> Response:
    """Those who are asked are told again."""
    context, id_ = context_of(request), id_of(request.path_params["id"])
    form = await small_form(request, "_key")
    try:
        await remind_instance(context.workspace, context.signed_in, id_, key=form["_key"] or None)
    except (Conflict, Forbidden) as refusal:
        return await instance_page(request, refusal)
    return onward(f"{INSTANCES}/{id_}", "reminded")


async def instance_page(request: Request, refusal: Conflict | Forbidden | None = None) -> Response:
    """Draw the page; with a refusal, which is said on top."""
    context, id_ = context_of(request), id_of(request.path_params["id"])
    workspace, actor, words = context.workspace, context.signed_in, context.words
    view = await read_instance(workspace, actor, id_)
    tasks = await assignable_tasks(workspace, actor, id_) if view.manage else ()
    cells = Cells(words, formats_of(request))
    flow, told = route_view(cells, await explain_instance(workspace, actor, id_))
    title = say(view.label, words.language.tag)
    subject = view.record.title if view.record is not None else f"#{view.record_id}"
    notice = None
    if refusal is not None:
        notice = Notice("warn", words.say(refusal.message), words.say(NOT_DONE))
    page = InstancePage(
        title=title,
        record_title=subject,
        breadcrumb=(Link(words.say(INBOX), "/inbox"), Link(f"{title} · {subject}", "")),
        card=await _card(request, cells, view),
        flow=flow,
        explanation=told,
        happened=happened_view(words, view),
        copies=words.say(COPIED_TO(names=names(cells, [one.person for one in view.copies])))
        if view.copies
        else "",
        record=_record(cells, view),
        manage=_manage(cells, view, tasks),
        remark=Link(words.say(REMARK), f"{INSTANCES}/{id_}/remark", "message-square-plus")
        if view.comment_at
        else None,
        notice=notice,
    )
    return await framed(request, "instance.html", page, refusal.status if refusal is not None else 200)


def _record(cells: Cells, view: InstanceView) -> Link | None:
    if view.record is None:
        return None
    label = say_inside(view.record.entity.label, cells.words.language.tag)
    return Link(cells.words.say(OPEN_RECORD(label=label)), entity_href(view.entity, view.record_id))


async def _card(request: Request, cells: Cells, view: InstanceView) -> ApprovalCard | None:
    context = context_of(request)
    workspace, actor, card = context.workspace, context.signed_in, view.card
    if card is None:
        return None
    here, key = f"{INSTANCES}/{view.id}", workspace.clock.token()
    task = await read_task(workspace, actor, card.task_id) if card.task_id is not None else None
    doing = doing_of(cells, task, key, back=here) if task is not None else Doing()
    entity = (await workspace.live()).entities[view.entity]
    hidden = (Hidden("_key", key),)
    presses = list(doing.presses)
    if view.remind:
        label = cells.words.say(REMIND)
        presses.append(Press(label=label, href=f"{here}/remind", icon="bell-ring", hidden=hidden))
    if view.recall:
        label = cells.words.say(RECALL)
        presses.append(Press(label=label, href=f"{here}/recall", icon="undo-2", hidden=hidden))
    return approval_card_view(cells, entity, card, actor.user_id, doing=doing.pressing(presses), linked=False)


def _manage(cells: Cells, view: InstanceView, tasks: Tasks) -> list[Link]:
    """What who manages the process may do with this one."""
    offered = {"assign": bool(tasks), "move": bool(view.moves), "cancel": True}
    return [
        Link(cells.words.say(act.title), f"{INSTANCES}/{view.id}/{act.name}", act.icon)
        for act in ON_INSTANCE.values()
        if view.manage and offered[act.name]
    ]
