"""Deciding many tasks at once, and being told what became of each."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.process_views import Verdict
from guanxi.commands.tasks.decide_tasks import decide_tasks
from guanxi.commands.tasks.read_task import read_task
from guanxi.errors import N_, Invalid, NotFound
from guanxi.web.context import context_of
from guanxi.web.forms import read_form
from guanxi.web.pages.drawing import framed
from guanxi.web.pages.form_codec import UNREADABLE
from guanxi.web.pages.form_references import is_id
from guanxi.web.pages.inbox_view import Picked, inbox_page
from guanxi.web.pages.task_doing import Typed
from guanxi.web.refusals import BadRequest
from guanxi.web.rendering import Catalog
from guanxi.web.rendering.views.inbox import BulkPage, Outcome
from guanxi.web.rendering.views.values import Link

NOTHING = N_("Select the requests to decide.")
SAY_WHY = N_("Say why you reject them: the submitters see your comment.")
ALL_DONE, SOME_DONE = N_("{count} decided"), N_("{done} of {count} decided")
INBOX, BACK = N_("Inbox"), N_("Back to the inbox")
ANSWERS = ("approve", "reject")


async def decide(request: Request) -> Response:
    """Each is decided for itself; the page says of each what became of it."""
    context = context_of(request)
    pairs = await read_form(request)
    form = {name: text for name, text in pairs if name != "task"}
    ids = [int(text) for name, text in pairs if name == "task" and is_id(text)]
    if not set(form) <= {"comment", "answer", "_key"} or form.get("answer") not in ANSWERS:
        raise BadRequest(UNREADABLE)
    answer, comment = form["answer"], form.get("comment", "")
    problem = NOTHING if not ids else SAY_WHY if answer == "reject" and not comment.strip() else None
    if problem is not None:
        picked = Picked(frozenset(ids), comment, context.words.say(problem))
        return await inbox_page(request, None, Typed(), status=422, picked=picked)
    titles = await _titles(request, ids)
    try:
        verdicts = await decide_tasks(
            context.workspace, context.signed_in, ids, answer, comment, key=form.get("_key") or None
        )
    except Invalid as refusal:
        picked = Picked(frozenset(ids), comment, context.words.say(refusal.message))
        return await inbox_page(request, None, Typed(), status=422, picked=picked)
    return await framed(request, "bulk.html", _page(context.words, verdicts, titles))


def _page(words: Catalog, verdicts: Sequence[Verdict], titles: dict[int, str]) -> BulkPage:
    done = sum(verdict.refusal is None for verdict in verdicts)
    said = ALL_DONE(count=done) if done == len(verdicts) else SOME_DONE(done=done, count=len(verdicts))
    title = words.say(said)
    outcomes = [
        Outcome(
            title=titles.get(verdict.task_id) or f"#{verdict.task_id}",
            href=f"/inbox/{verdict.task_id}",
            why=words.say(verdict.refusal.message) if verdict.refusal is not None else "",
        )
        for verdict in sorted(verdicts, key=lambda one: one.refusal is None)
    ]
    crumbs = [Link(words.say(INBOX), "/inbox"), Link(title, "")]
    return BulkPage(title=title, breadcrumb=crumbs, outcomes=outcomes, back=Link(words.say(BACK), "/inbox"))


async def _titles(request: Request, ids: Sequence[int]) -> dict[int, str]:
    context, found = context_of(request), {}
    for id_ in ids:
        try:
            found[id_] = (await read_task(context.workspace, context.signed_in, id_)).title
        except NotFound:
            continue
    return found
