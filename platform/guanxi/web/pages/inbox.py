"""The inbox: what waits for the person, what was asked for, what was decided."""

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guanxi.commands.messaging.unread_count import unread_count
from guanxi.commands.people.colleagues import colleagues
from guanxi.commands.tasks.assign_task import assign_task
from guanxi.commands.tasks.assignable_people import assignable_people
from guanxi.commands.tasks.count_tasks import count_tasks
from guanxi.commands.tasks.decide_task import Beside, decide_task
from guanxi.commands.tasks.list_tasks import list_tasks
from guanxi.commands.tasks.read_task import read_task
from guanxi.commands.views import TaskView
from guanxi.errors import N_, Conflict, Invalid, VersionMismatch
from guanxi.web.addresses import local
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.forms import read_form, small_form
from guanxi.web.pages.act_page import people_options
from guanxi.web.pages.cells import Cells
from guanxi.web.pages.drawing import formats_of, fragment, onward
from guanxi.web.pages.form_codec import UNREADABLE, payload_of
from guanxi.web.pages.form_draft import Draft, version_of
from guanxi.web.pages.form_page import resolved
from guanxi.web.pages.inbox_view import inbox_page
from guanxi.web.pages.step_fields import is_field, problems_by_field, read_fields
from guanxi.web.pages.task_doing import Typed
from guanxi.web.refusals import BadRequest
from guanxi.web.rendering.views.forms import LookupOptions, Option
from guanxi.web.rendering.views.frame import BadgePage

CHOOSE = N_("Choose a person from the list.")
INBOX = "/inbox"
MARKS = frozenset({"comment", "_key", "_next", "_version"})
DECIDED = {"approve": "approved", "reject": "rejected"}


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


async def decide(request: Request) -> Response:
    """Answered, with what the step lets its people fill in; the next task opens."""
    context = context_of(request)
    task_id, answer = id_of(request.path_params["id"]), request.path_params["answer"]
    pairs = await read_form(request)
    marks = {name: text for name, text in pairs if not is_field(name)}
    if not set(marks) <= MARKS:
        raise BadRequest(UNREADABLE)
    comment, key, next_ = (marks.get(name, "") for name in ("comment", "_key", "_next"))
    task = await read_task(context.workspace, context.signed_in, task_id)
    draft, fields = await _filled(request, task, pairs)
    try:
        await decide_task(
            context.workspace,
            context.signed_in,
            task_id,
            answer,
            comment,
            beside=Beside(fields=fields),
            version=version_of(marks.get("_version", "")),
            key=key or None,
        )
    except Invalid as refusal:
        cells = Cells(context.words, formats_of(request))
        wrong = problems_by_field(cells, refusal.problems)
        rest = [p.message for p in refusal.problems if not p.field.startswith("/fields/")]
        problem = "" if wrong and not rest else context.words.say(rest[0] if rest else refusal.message)
        typed = Typed(comment=comment, problem=problem, draft=draft, problems=wrong)
        return await inbox_page(request, task_id, typed, status=refusal.status)
    except (Conflict, VersionMismatch) as refusal:
        typed = Typed(comment=comment, stale=context.words.say(refusal.message), draft=draft)
        return await inbox_page(request, task_id, typed, status=refusal.status)
    return await _onward(request, next_, DECIDED.get(answer, "done"))


async def _filled(
    request: Request, task: TaskView, pairs: list[tuple[str, str]]
) -> tuple[Draft | None, dict[str, Any]]:
    """What was typed into the fields of the step, and as the command takes it."""
    if task.record is None or not any(is_field(name) for name, _ in pairs):
        return None, {}
    entity = task.record.entity
    draft = read_fields(entity, pairs)
    await resolved(request, entity, draft)
    zone = context_of(request).workspace.settings.timezone
    return draft, payload_of(entity, draft, zone, stored=True)


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


async def submitters(request: Request) -> Response:
    """Whose requests can be looked for, as somebody types."""
    context = context_of(request)
    text = request.query_params.get("q", "").strip()[:200]
    return people_options(request, await colleagues(context.workspace, context.signed_in, text))


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
