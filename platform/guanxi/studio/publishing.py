"""Publishing: the plan of the draft, then the release; and forgetting changes."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.records.titles import titles_of
from guanxi.commands.releases.plan import Plan
from guanxi.commands.studio.drafting import Drafted
from guanxi.commands.studio.edit_draft import discard_draft
from guanxi.commands.studio.planning import NOTHING, plan_draft
from guanxi.commands.studio.publish_draft import publish_draft
from guanxi.definitions.uses_words import Words
from guanxi.errors import N_, Conflict, DefinitionsRefused, Invalid, Refused
from guanxi.studio.deciding import LOOK, NOTHING_TYPED, accepted, decide_part, noted, typed_values
from guanxi.studio.forms import read_typed
from guanxi.studio.heads import draft_of, head_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.plan_view import plan_part
from guanxi.studio.plan_views import ChangeGroup, Decide, PlanPage, PlanPart
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link, Notice

PUBLISH, NOTE, ACCEPT = N_("Publish"), N_("Note"), N_("Publish although these values are lost")
NOTE_HELP = N_("Why, for those who read the history.")
INTRO = N_("This goes live at once, for everybody, and can be taken back.")
STANDS_AGAINST = N_("This was not published")


async def show(request: Request) -> Response:
    """What publishing would do."""
    return await _page(request, await draft_of(request))


async def publish(request: Request) -> Response:
    """The draft goes live if it still is what was looked at."""
    context = context_of(request)
    typed = await read_typed(request)
    if typed.get("_do") == LOOK:
        return await _page(request, await draft_of(request), typed=typed)
    try:
        await publish_draft(
            context.workspace,
            context.signed_in,
            typed.get("_seen", ""),
            accept=accepted(typed),
            note=noted(typed),
            values=typed_values(typed),
        )
    except (Conflict, Invalid) as refusal:
        return await _page(request, await draft_of(request), refusal, typed=typed)
    except DefinitionsRefused:
        # The page says itself what stands against it.
        return await _page(request, await draft_of(request), status=409)
    return onward("/studio", "published")


async def discard(request: Request) -> Response:
    """The changes of one definition, or all, are forgotten."""
    context = context_of(request)
    typed = await small_form(request, "key")
    kind, _, name = typed["key"].partition("/")
    keys = None if typed["key"] == "*" else [(kind, name)]
    await discard_draft(context.workspace, context.signed_in, keys)
    return onward("/studio/publish" if keys else "/studio", "discarded")


async def _page(
    request: Request,
    draft: Drafted,
    refusal: Refused | None = None,
    status: int = 200,
    typed: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    context = context_of(request)
    words = context.words
    notices = [_notice(request, refusal)] if refusal is not None else []
    seen, plan, decide = "", PlanPart(groups=(), ready=False), Decide()
    try:
        made = await _plan(request, draft, typed)
        seen, decide = made.digest, decide_part(made, typed, words)
        plan = plan_part(made, words, await _people(request, draft), discardable=True)
    except Conflict as stopped:
        if stopped.message != NOTHING:
            plan = PlanPart(groups=_groups(request, draft), ready=False)
    except DefinitionsRefused:
        # The head of the page says what stands against it.
        plan = PlanPart(groups=_groups(request, draft), ready=False)
    title = words.say(PUBLISH)
    inputs = Inputs(words, {"note": noted(typed), "accept": "false"})
    page = PlanPage(
        head=head_of(request, draft, title, "rocket", crumbs=[Link(title, "")], notices=notices),
        plan=plan,
        action="/studio/publish",
        confirm=title,
        cancel_href="/studio",
        hidden=[Hidden("_seen", seen)],
        note=inputs.text("note", NOTE, help_=NOTE_HELP, wide=True),
        accept=inputs.text("accept", ACCEPT, "boolean") if plan.lossy else None,
        decide=decide,
        intro=words.say(INTRO),
        history_href="/studio/history",
    )
    return await framed(request, "studio/plan.html", page, refusal.status if refusal else status)


async def _plan(request: Request, draft: Drafted, typed: Mapping[str, str]) -> Plan:
    """The plan with what was chosen; without it where that no longer fits the draft."""
    context = context_of(request)
    try:
        return await plan_draft(context.workspace, context.signed_in, draft, typed_values(typed))
    except Invalid:
        return await plan_draft(context.workspace, context.signed_in, draft)


def _notice(request: Request, refusal: Refused) -> Notice:
    words = context_of(request).words
    more = [words.say(one.message) for one in refusal.problems]
    return Notice("bad", words.say(STANDS_AGAINST), "\n".join([words.say(refusal.message), *more]))


def _groups(request: Request, draft: Drafted) -> list[ChangeGroup]:
    """What the draft touches, while there can be no plan."""
    words = context_of(request).words
    said = Words(draft.live.effective)
    return [
        ChangeGroup(
            label=words.say(said.definition(row.kind, row.name)),
            rows=(),
            key=f"{row.kind}/{row.name}",
            clash=(row.kind, row.name) in draft.clashes,
        )
        for row in draft.rows
    ]


async def _people(request: Request, draft: Drafted) -> dict[tuple[str, str], str]:
    context = context_of(request)
    ids = {row.updated_by for row in draft.rows if row.updated_by is not None}
    titles = await titles_of(context.workspace, context.signed_in, {"user": ids})
    return {(row.kind, row.name): titles.get(("user", row.updated_by or 0), "") for row in draft.rows}
