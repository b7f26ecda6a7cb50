"""The installed packs, and a new one or a newer version, sent as the ZIP of its folder.

The file stays in the page between the plan and the upgrade: nothing is kept of what is not published.
"""

import base64
import binascii
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.releases.applying import apply_plan
from guanxi.commands.releases.plan import Plan
from guanxi.commands.studio.publish_draft import MOVED
from guanxi.commands.studio.upgrading import installed_packs, plan_pack
from guanxi.definitions.bundle import NO_BUNDLE, NOT_ZIP
from guanxi.definitions.labels import say
from guanxi.errors import N_, Conflict, DefinitionsRefused, Invalid, Problem, Refused
from guanxi.studio.deciding import LOOK, accepted, decide_part, noted, typed_choices, typed_values
from guanxi.studio.forms import read_typed, summary_of
from guanxi.studio.heads import draft_of, head_of, tag_of
from guanxi.studio.inputs import Inputs
from guanxi.studio.plan_view import plan_part
from guanxi.studio.plan_views import PackRow, PacksPage, PlanPage
from guanxi.web.context import context_of
from guanxi.web.forms import read_form_with_files
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link, Notice

HOME = "/studio/packs"
UPGRADE = f"{HOME}/upgrade"
PACKS, GO = N_("Packs"), N_("Publish this pack")
NOTE, NOTE_HELP = N_("Note"), N_("Why, for those who read the history.")
ACCEPT, INTRO = N_("Publish although these values are lost"), N_("This goes live at once, for everybody.")
NOT_DONE, TO = N_("Nothing was changed"), N_("{pack} {version}")
NO_FILE = N_("Choose the ZIP file first.")
CHOSEN = N_("This is what your choices lead to. Look at it, then publish.")


async def show(request: Request) -> Response:
    """The packs that are live."""
    return await _packs(request)


async def send(request: Request) -> Response:
    """The plan of the pack that was sent."""
    _, files = await read_form_with_files(request, 1)
    if not files:
        return await _packs(request, Invalid(NO_BUNDLE, [Problem("/pack", "required", NO_FILE)]))
    bundle = base64.urlsafe_b64encode(files[0].content).decode()
    return await _page(request, {"bundle": bundle})


async def publish(request: Request) -> Response:
    """The pack goes live by the plan that was looked at, or the plan is shown with what was chosen."""
    context, typed = context_of(request), await read_typed(request)
    if typed.get("_do") == LOOK:
        return await _page(request, typed)
    try:
        plan = await _plan(request, typed)
        if plan.digest != typed.get("_seen", ""):
            return await _page(request, typed, Conflict(CHOSEN if plan.upgrade is not None else MOVED))
        await apply_plan(
            context.workspace, context.signed_in, plan, accept=accepted(typed), note=_note(plan, typed)
        )
    except (Conflict, Invalid) as refusal:
        return await _page(request, typed, refusal)
    except DefinitionsRefused as refused:
        return await _packs(request, _told(refused))
    return onward("/studio/history", "published")


async def _plan(request: Request, typed: Mapping[str, str]) -> Plan:
    context = context_of(request)
    try:
        content = base64.b64decode(typed.get("bundle", "").encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid(NO_BUNDLE, [Problem("/pack", "bundle", NOT_ZIP)]) from error
    return await plan_pack(
        context.workspace, context.signed_in, content, typed_choices(typed), typed_values(typed)
    )


async def _page(request: Request, typed: Mapping[str, str], refusal: Refused | None = None) -> Response:
    words, draft = context_of(request).words, await draft_of(request)
    try:
        plan = await _plan(request, typed)
    except DefinitionsRefused as refused:
        return await _packs(request, _told(refused))
    except (Conflict, Invalid) as refused:
        return await _packs(request, refused)
    shown, title = plan_part(plan, words), words.say(GO)
    inputs = Inputs(words, {"note": _note(plan, typed), "accept": "false"})
    notices = []
    if refusal is not None:
        more = [words.say(one.message) for one in refusal.problems]
        text = "\n".join([words.say(refusal.message), *more])
        notices.append(Notice("bad", words.say(NOT_DONE), text))
    crumbs = [Link(words.say(PACKS), HOME), Link(title, "")]
    page = PlanPage(
        head=head_of(request, draft, title, "package", crumbs=crumbs, notices=notices),
        plan=shown,
        action=UPGRADE,
        confirm=title,
        cancel_href=HOME,
        hidden=[Hidden("_seen", plan.digest), Hidden("bundle", typed["bundle"])],
        note=inputs.text("note", NOTE, help_=NOTE_HELP, wide=True),
        accept=inputs.text("accept", ACCEPT, "boolean") if shown.lossy else None,
        decide=decide_part(plan, typed, words),
        intro=words.say(INTRO),
    )
    return await framed(request, "studio/plan.html", page, refusal.status if refusal else 200)


async def _packs(request: Request, refusal: Refused | None = None) -> Response:
    words, draft, tag = context_of(request).words, await draft_of(request), tag_of(request)
    rows = [
        PackRow(
            name=one.name,
            label=say(one.label, tag),
            version=one.version,
            definitions=one.definitions,
            extended=one.extended,
        )
        for one in installed_packs(draft.live)
    ]
    title = words.say(PACKS)
    page = PacksPage(
        head=head_of(request, draft, title, "package", crumbs=[Link(title, "")]),
        packs=rows,
        problems=summary_of(refusal, words),
    )
    return await framed(request, "studio/packs.html", page, refusal.status if refusal else 200)


def _note(plan: Plan, typed: Mapping[str, str]) -> str:
    """What was written, else the pack with its version."""
    steps = plan.upgrade.packs if plan.upgrade is not None else ()
    return noted(typed) or ", ".join(str(TO(pack=one.name, version=one.after)) for one in steps)


def _told(refused: DefinitionsRefused) -> Invalid:
    told = [Problem("", "definition", N_("{reason}")(reason=str(one))) for one in refused.problems[:20]]
    return Invalid(NO_BUNDLE, told)
