"""The inbox: what waits for the person, what was asked for, what was decided."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guanxi.commands.messaging.unread_count import unread_count
from guanxi.commands.tasks.assign_task import assign_task
from guanxi.commands.tasks.assignable_people import assignable_people
from guanxi.commands.tasks.count_tasks import count_tasks
from guanxi.commands.tasks.decide_task import decide_task
from guanxi.commands.tasks.list_tasks import list_tasks
from guanxi.errors import N_, Conflict, Invalid, VersionMismatch
from guanxi.web.addresses import local
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.drawing import fragment, onward
from guanxi.web.pages.form_references import is_id
from guanxi.web.pages.inbox_view import Typed, inbox_page
from guanxi.web.rendering.views.forms import LookupOptions, Option
from guanxi.web.rendering.views.frame import BadgePage

CHOOSE = N_("Choose a person from the list.")
INBOX = "/inbox"


async def show(request: Request) -> Response:
    """A box, with its first task opened beside it."""
    return await inbox_page(request, None)


async def open_(request: Request) -> Response:
    """A box with one task opened."""
    return await inbox_page(request, id_of(request.path_params["id"]))


async def badge(request: Request) -> Response:
    """The number on the badge, and the dot at the bell."""
    context = context_of(request)
    waiting = await count_tasks(context.workspace, context.signed_in)
    unread = await unread_count(context.workspace, context.signed_in)
    return fragment(request, "fragments/badge.html", BadgePage(waiting=waiting.all, unread=unread))


async def approve(request: Request) -> Response:
    """Approved; the next task opens."""
    return await _decide(request, "approve")


async def reject(request: Request) -> Response:
    """Rejected; the next task opens."""
    return await _decide(request, "reject")


async def _decide(request: Request, answer: str) -> Response:
    context = context_of(request)
    form = await small_form(request, "comment", "_key", "_next", "_version")
    task_id = id_of(request.path_params["id"])
    try:
        await decide_task(
            context.workspace,
            context.signed_in,
            task_id,
            "approve" if answer == "approve" else "reject",
            form["comment"],
            version=int(form["_version"]) if is_id(form["_version"]) else None,
            key=form["_key"] or None,
        )
    except Invalid as refusal:
        problem = next((p.message for p in refusal.problems), refusal.message)
        typed = Typed(comment=form["comment"], problem=context.words.say(problem))
        return await inbox_page(request, task_id, typed, status=refusal.status)
    except (Conflict, VersionMismatch) as refusal:
        typed = Typed(comment=form["comment"], stale=context.words.say(refusal.message))
        return await inbox_page(request, task_id, typed, status=refusal.status)
    return await _onward(request, form["_next"], "approved" if answer == "approve" else "rejected")


async def assign(request: Request) -> Response:
    """A held task given to a person."""
    context = context_of(request)
    form = await small_form(request, "person", "person._text", "_key", "_next")
    task_id = id_of(request.path_params["id"])
    person = form["person"]
    if not (person.isascii() and person.isdigit() and len(person) < 19):
        found = await assignable_people(context.workspace, context.signed_in, form["person._text"])
        person = str(found[0].id) if len(found) == 1 else ""
    if not person:
        typed = Typed(text=form["person._text"], problem=context.words.say(CHOOSE))
        return await inbox_page(request, task_id, typed, status=422)
    try:
        await assign_task(context.workspace, context.signed_in, task_id, int(person))
    except Invalid as refusal:
        typed = Typed(text=form["person._text"], problem=context.words.say(refusal.message))
        return await inbox_page(request, task_id, typed, status=refusal.status)
    except Conflict as refusal:
        typed = Typed(stale=context.words.say(refusal.message))
        return await inbox_page(request, task_id, typed, status=refusal.status)
    return await _onward(request, form["_next"], "assigned")


async def people(request: Request) -> Response:
    """The people an administrator may assign."""
    context = context_of(request)
    text = request.query_params.get("q", "").strip()[:200]
    hits = await assignable_people(context.workspace, context.signed_in, text)
    options = [Option(value=str(hit.id), title=hit.title, detail=hit.detail) for hit in hits]
    return fragment(request, "fragments/options.html", LookupOptions(options=options, text=text))


async def _onward(request: Request, next_: str, said: str) -> Response:
    """To the record it was decided on, or to the next task that waits."""
    if next_:
        return onward(local(next_), said)
    context = context_of(request)
    page = await list_tasks(context.workspace, context.signed_in, "waiting", 1)
    return onward(f"{INBOX}/{page.items[0].id}" if page.items else INBOX, said)


async def home(request: Request) -> Response:
    """The start page: the inbox when something waits, else the first list."""
    context = context_of(request)
    actor = context.signed_in
    tasks = await count_tasks(context.workspace, actor)
    if tasks.all:
        return RedirectResponse(INBOX if tasks.waiting else f"{INBOX}?box=held", 303)
    catalog = await context.workspace.live()
    for pack in catalog.packs.values():
        for group in pack.navigation:
            for name in group.entities:
                if actor.access(catalog, catalog.entities[name], {}).may("read"):
                    return RedirectResponse(f"/records/{name}", 303)
    return RedirectResponse(INBOX, 303)
