"""Doing something with a task besides deciding it: returning, handing on, asking, adding, copying."""

from collections.abc import Awaitable, Callable
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.actor import Actor
from guanxi.commands.approvals.copy_to_people import copy_to_people
from guanxi.commands.process_views import PowersView
from guanxi.commands.tasks.add_approver import add_approver
from guanxi.commands.tasks.ask_about_task import ask_about_task
from guanxi.commands.tasks.claim_task import claim_task
from guanxi.commands.tasks.delegate_task import delegate_task
from guanxi.commands.tasks.read_task import read_task
from guanxi.commands.tasks.release_task import release_task
from guanxi.commands.tasks.remove_approver import remove_approver
from guanxi.commands.tasks.reply_to_task import reply_to_task
from guanxi.commands.tasks.return_task import return_task
from guanxi.commands.tasks.skip_task import skip_task
from guanxi.commands.tasks.transfer_task import transfer_task
from guanxi.commands.views import TaskView
from guanxi.commands.workspace import Workspace
from guanxi.definitions.labels import say
from guanxi.errors import N_, Conflict, Forbidden, Invalid, NotFound
from guanxi.web.addresses import local
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.act_page import Sent, Subject, act_page, missing, people_options, read_sent
from guanxi.web.pages.acts import ON_TASK, Act
from guanxi.web.pages.drawing import onward
from guanxi.web.pages.inbox_view import inbox_page
from guanxi.web.pages.task_doing import Typed, offered, people_for
from guanxi.web.rendering.views.lists import Choice
from guanxi.web.rendering.views.values import Link

Run = Callable[[Workspace, Actor, TaskView, Sent], Awaitable[object]]

NOT_OFFERED = N_("This cannot be done with this task, or not any more. Look at it again.")
THE_SUBMITTER = N_("The submitter, {name}")
WHERE = {
    "before": N_("Before me: they decide first, then I"),
    "after": N_("After me: they decide once I have approved"),
    "beside": N_("Beside me: in any order"),
}
INBOX, TASKS = N_("Inbox"), "/inbox"


async def show(request: Request) -> Response:
    """The page of an act."""
    act, task = await _found(request)
    return await act_page(request, act, _subject(request, act, task))


async def people(request: Request) -> Response:
    """Who can be chosen, as somebody types."""
    act, task = await _found(request)
    return people_options(request, people_for(task.powers or PowersView(), act.name))


async def perform(request: Request) -> Response:
    """It is done, and the inbox goes on; or the page says what is wrong, with all that was typed."""
    context = context_of(request)
    act, task = await _found(request)
    subject = _subject(request, act, task)
    sent = await read_sent(request, subject.people)
    if problems := missing(act, sent, subject):
        return await act_page(request, act, subject, sent, problems)
    try:
        await RUNS[act.name](context.workspace, context.signed_in, task, sent)
    except (Invalid, Conflict, Forbidden) as refusal:
        return await act_page(request, act, subject, sent, refusal.problems, refusal)
    return onward(local(sent.next) if sent.next else subject.back, act.said)


async def reply(request: Request) -> Response:
    """What was asked is answered."""
    context, id_ = context_of(request), id_of(request.path_params["id"])
    form = await small_form(request, "comment", "_key", "_next", "_version")
    try:
        await reply_to_task(
            context.workspace, context.signed_in, id_, form["comment"], key=form["_key"] or None
        )
    except Invalid as refusal:
        problem = next((p.message for p in refusal.problems), refusal.message)
        typed = Typed(comment=form["comment"], problem=context.words.say(problem))
        return await inbox_page(request, id_, typed, status=refusal.status)
    except Conflict as refusal:
        typed = Typed(comment=form["comment"], stale=context.words.say(refusal.message))
        return await inbox_page(request, id_, typed, status=refusal.status)
    return onward(local(form["_next"]) if form["_next"] else TASKS, "replied")


async def claim(request: Request) -> Response:
    """The others leave it to the person."""
    return await _press(request, claim_task, "claimed")


async def release(request: Request) -> Response:
    """The others may take it again."""
    return await _press(request, release_task, "released")


async def _press(request: Request, do: Callable[..., Awaitable[TaskView]], said: str) -> Response:
    context, id_ = context_of(request), id_of(request.path_params["id"])
    form = await small_form(request, "_key", "_next")
    try:
        task = await do(context.workspace, context.signed_in, id_, key=form["_key"] or None)
    except Conflict as refusal:
        typed = Typed(stale=context.words.say(refusal.message))
        return await inbox_page(request, id_, typed, status=refusal.status)
    return onward(local(form["_next"]) if form["_next"] else f"{TASKS}/{task.id}", said)


async def _found(request: Request) -> tuple[Act, TaskView]:
    """The act and its task. Raises NotFound, also where it is not offered (any more)."""
    context = context_of(request)
    act = ON_TASK.get(request.path_params["act"])
    task = await read_task(context.workspace, context.signed_in, id_of(request.path_params["id"]))
    if act is None or not offered(task.powers, act.name):
        raise NotFound(NOT_OFFERED)
    return act, task


def _subject(request: Request, act: Act, task: TaskView) -> Subject:
    words, powers = context_of(request).words, task.powers or PowersView()
    here = f"{TASKS}/{task.id}"
    places: list[Choice] = []
    if act.choice == "to":
        submitter = words.say(THE_SUBMITTER(name=task.submitter.name))
        places = [
            Choice(to, submitter if label is None else say(label, words.language.tag))
            for to, label in powers.returns
        ]
    elif act.choice == "where":
        places = [Choice(where, words.say(text)) for where, text in WHERE.items()]
    return Subject(
        about=f"{task.title} · {say(task.approval, words.language.tag)}",
        crumbs=[Link(words.say(INBOX), TASKS), Link(task.title, here)],
        here=here,
        back=here,
        people=people_for(powers, act.name),
        places=places,
    )


async def _return(workspace: Workspace, actor: Actor, task: TaskView, sent: Sent) -> object:
    return await return_task(workspace, actor, task.id, sent.place, sent.comment, key=sent.key or None)


async def _add(workspace: Workspace, actor: Actor, task: TaskView, sent: Sent) -> object:
    where: Literal["before", "after", "beside"] = "before"
    if sent.place in ("after", "beside"):
        where = "after" if sent.place == "after" else "beside"
    return await add_approver(
        workspace, actor, task.id, _person(sent), where, sent.comment, key=sent.key or None
    )


async def _ask(workspace: Workspace, actor: Actor, task: TaskView, sent: Sent) -> object:
    return await ask_about_task(workspace, actor, task.id, _person(sent), sent.comment, key=sent.key or None)


async def _transfer(workspace: Workspace, actor: Actor, task: TaskView, sent: Sent) -> object:
    return await transfer_task(workspace, actor, task.id, _person(sent), sent.comment, key=sent.key or None)


async def _delegate(workspace: Workspace, actor: Actor, task: TaskView, sent: Sent) -> object:
    return await delegate_task(workspace, actor, task.id, _person(sent), sent.comment, key=sent.key or None)


async def _remove(workspace: Workspace, actor: Actor, task: TaskView, sent: Sent) -> object:
    return await remove_approver(workspace, actor, task.id, _person(sent), key=sent.key or None)


async def _copy(workspace: Workspace, actor: Actor, task: TaskView, sent: Sent) -> object:
    people = [_person(sent)]
    return await copy_to_people(
        workspace, actor, task.instance_id, people, sent.comment, key=sent.key or None
    )


async def _skip(workspace: Workspace, actor: Actor, task: TaskView, sent: Sent) -> object:
    return await skip_task(workspace, actor, task.id, sent.comment, key=sent.key or None)


def _person(sent: Sent) -> int:
    if sent.person is None:
        raise LookupError("an act was run before it was checked that somebody is chosen")
    return sent.person.id


RUNS: dict[str, Run] = {
    "return": _return,
    "ask": _ask,
    "transfer": _transfer,
    "delegate": _delegate,
    "add": _add,
    "remove": _remove,
    "copy": _copy,
    "skip": _skip,
}
