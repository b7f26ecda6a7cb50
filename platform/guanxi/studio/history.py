"""The releases, and going back to one."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.titles import titles_of
from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.plan import Plan
from guanxi.commands.releases.roll_back import list_releases, plan_roll_back
from guanxi.commands.studio.publish_draft import MOVED
from guanxi.errors import N_, Conflict, DefinitionsRefused, Invalid, Refused
from guanxi.studio.deciding import LOOK, NOTHING_TYPED, accepted, decide_part, noted, typed_values
from guanxi.studio.forms import read_typed
from guanxi.studio.heads import draft_of, head_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.plan_view import plan_part
from guanxi.studio.plan_views import HistoryPage, PlanPage, ReleaseRow
from guanxi.web.context import context_of
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link, Notice

HISTORY, GO_BACK = N_("Releases"), N_("Go back to this release")
NOTE, NOTE_HELP = N_("Note"), N_("Why, for those who read the history.")
ACCEPT, INTRO = N_("Go back although these values are lost"), N_("This goes live at once, for everybody.")
NOT_DONE, BACK_NOTE = N_("Nothing was changed"), N_("Back to {digest}")
SAME = N_("This release is what is live now.")
SHOWN = 12


async def show(request: Request) -> Response:
    """All releases, newest first."""
    context, draft = context_of(request), await draft_of(request)
    found = await list_releases(context.workspace)
    ids = {one.created_by for one in found if one.created_by is not None}
    titles = await titles_of(context.workspace, context.signed_in, {"user": ids})
    rows = [
        ReleaseRow(
            at=one.created_at,
            by=titles.get(("user", one.created_by or 0), ""),
            note=one.note,
            digest=one.digest[:SHOWN],
            live=index == 0,
            href="" if one.digest == found[0].digest else f"/studio/history/{one.digest}",
        )
        for index, one in enumerate(found)
    ]
    title = context.words.say(HISTORY)
    head = head_of(request, draft, title, "history", crumbs=[Link(title, "")])
    return await framed(request, "studio/history.html", HistoryPage(head=head, releases=rows))


async def ask(request: Request) -> Response:
    """What going back would do."""
    return await _page(request)


async def go_back(request: Request) -> Response:
    """The earlier release is live again, with the values that were there."""
    context = context_of(request)
    typed = await read_typed(request)
    if typed.get("_do") == LOOK:
        return await _page(request, typed=typed)
    try:
        plan = await _plan(request, typed)
        if plan.digest != typed.get("_seen", ""):
            return await _page(request, Conflict(MOVED), typed)
        note = noted(typed) or context.words.say(BACK_NOTE(digest=plan.to[:SHOWN]))
        await apply_plan(context.workspace, context.signed_in, plan, accept=accepted(typed), note=note)
    except (Conflict, Invalid) as refusal:
        return await _page(request, refusal)
    except DefinitionsRefused as refused:
        return await _page(request, Conflict(N_("{reason}")(reason=refused.problems[0].message)))
    return onward("/studio/history", "rolledBack")


async def _plan(request: Request, typed: Mapping[str, str]) -> Plan:
    context = context_of(request)
    await draft_of(request)
    return await plan_roll_back(
        context.workspace, context.signed_in, request.path_params["digest"], typed_values(typed)
    )


async def _page(
    request: Request, refusal: Refused | None = None, typed: Mapping[str, str] = NOTHING_TYPED
) -> Response:
    words, draft = context_of(request).words, await draft_of(request)
    plan = await _plan(request, typed)
    notices = []
    if refusal is not None:
        more = [words.say(one.message) for one in refusal.problems]
        text = "\n".join([words.say(refusal.message), *more])
        notices.append(Notice("bad", words.say(NOT_DONE), text))
    if plan.empty:
        notices.append(Notice("info", words.say(SAME)))
    title, shown = words.say(GO_BACK), plan_part(plan, words)
    inputs = Inputs(words, {"note": noted(typed), "accept": "false"})
    crumbs = [Link(words.say(HISTORY), "/studio/history"), Link(title, "")]
    page = PlanPage(
        head=head_of(request, draft, title, "history", crumbs=crumbs, notices=notices),
        plan=shown,
        action=f"/studio/history/{request.path_params['digest']}",
        confirm=title,
        cancel_href="/studio/history",
        hidden=[Hidden("_seen", plan.digest)],
        note=inputs.text("note", NOTE, help_=NOTE_HELP, wide=True),
        accept=inputs.text("accept", ACCEPT, "boolean") if shown.lossy else None,
        decide=decide_part(plan, typed, words),
        intro=words.say(INTRO),
    )
    return await framed(request, "studio/plan.html", page, refusal.status if refusal else 200)
