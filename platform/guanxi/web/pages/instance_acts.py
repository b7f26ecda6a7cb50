"""What who manages a process may do with one instance of it: reassign, move, cancel."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.approvals.assignable_tasks import Tasks, assignable_tasks
from guanxi.commands.approvals.cancel_instance import cancel_instance
from guanxi.commands.approvals.move_instance import move_instance
from guanxi.commands.approvals.read_instance import read_instance
from guanxi.commands.process_views import InstanceView
from guanxi.commands.tasks.assign_task import assign_task
from guanxi.commands.tasks.assignable_people import assignable_people
from guanxi.commands.views import PersonView
from guanxi.definitions.labels import say
from guanxi.errors import N_, Conflict, Forbidden, Invalid, NotFound
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.pages.act_page import Sent, Subject, act_page, missing, people_options, read_sent
from guanxi.web.pages.acts import ON_INSTANCE, Act
from guanxi.web.pages.drawing import onward
from guanxi.web.pages.instances import INBOX, INSTANCES
from guanxi.web.rendering.views.lists import Choice
from guanxi.web.rendering.views.values import Link

NOT_OFFERED = N_("This cannot be done with this approval, or not any more. Look at it again.")
EVERYBODY = 1000
"""People of whom one is chosen."""


async def show(request: Request) -> Response:
    """The page of an act."""
    act, view, tasks = await _found(request)
    return await act_page(request, act, await _subject(request, act, view, tasks))


async def people(request: Request) -> Response:
    """Who can be chosen, as somebody types."""
    act, _, _ = await _found(request)
    return people_options(request, await _people(request, act))


async def perform(request: Request) -> Response:
    """It is done; or the page says what is wrong, with all that was typed."""
    act, view, tasks = await _found(request)
    subject = await _subject(request, act, view, tasks)
    sent = await read_sent(request, subject.people)
    if problems := missing(act, sent, subject):
        return await act_page(request, act, subject, sent, problems)
    try:
        await _run(request, act, view, sent)
    except (Invalid, Conflict, Forbidden) as refusal:
        return await act_page(request, act, subject, sent, refusal.problems, refusal)
    return onward(subject.back, act.said)


async def _run(request: Request, act: Act, view: InstanceView, sent: Sent) -> None:
    context, key = context_of(request), sent.key or None
    workspace, actor = context.workspace, context.signed_in
    if act.name == "assign" and sent.person is not None:
        await assign_task(workspace, actor, int(sent.place), sent.person.id, comment=sent.comment, key=key)
    elif act.name == "move":
        await move_instance(workspace, actor, view.id, sent.place, sent.comment, key=key)
    elif act.name == "cancel":
        await cancel_instance(workspace, actor, view.id, sent.comment, key=key)


async def _found(request: Request) -> tuple[Act, InstanceView, Tasks]:
    """The act and its instance. Raises NotFound, also to others than who manages the process."""
    context, id_ = context_of(request), id_of(request.path_params["id"])
    act = ON_INSTANCE.get(request.path_params["act"])
    view = await read_instance(context.workspace, context.signed_in, id_)
    if act is None or not view.manage:
        raise NotFound(NOT_OFFERED)
    return act, view, await assignable_tasks(context.workspace, context.signed_in, id_)


async def _people(request: Request, act: Act) -> list[PersonView]:
    context = context_of(request)
    if act.person is None:
        return []
    hits = await assignable_people(context.workspace, context.signed_in, "", EVERYBODY)
    return [PersonView(hit.id, hit.title) for hit in hits]


async def _subject(request: Request, act: Act, view: InstanceView, tasks: Tasks) -> Subject:
    words = context_of(request).words
    tag, here = words.language.tag, f"{INSTANCES}/{view.id}"
    labels = [(str(id_), label) for id_, label in tasks] if act.name == "assign" else view.moves
    title = say(view.label, tag)
    about = f"{view.record.title} · {title}" if view.record is not None else title
    return Subject(
        about=about,
        crumbs=[Link(words.say(INBOX), "/inbox"), Link(about, here)],
        here=here,
        back=here,
        people=await _people(request, act),
        places=[Choice(name, say(label, tag)) for name, label in labels] if act.choice else (),
    )
