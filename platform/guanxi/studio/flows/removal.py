"""Removing an approval: the question, then the deed."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.approvals import remove_approval
from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.errors import N_, Conflict, Forbidden, NotFound, Refused
from guanxi.studio.flows.homes import APPROVALS, opened
from guanxi.studio.flows.words import Names
from guanxi.studio.heads import draft_of, head_of, tag_of
from guanxi.studio.removal import NOT_REMOVED, REMOVE
from guanxi.studio.removal import TITLE as QUESTION
from guanxi.studio.views import RemovePage
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link, Notice

TEXT = N_(
    "The button that started it then leads on at once. Requests under way keep the rules they began with."
)


async def ask(request: Request) -> Response:
    """The question."""
    return await _page(request)


async def confirm(request: Request) -> Response:
    """The approval is removed from the draft."""
    name, seen = request.path_params["approval"], (await small_form(request, "_seen"))["_seen"]

    def change(definitions: Definitions) -> None:
        remove_approval(definitions, name, seen)

    try:
        await edit_draft(context_of(request).workspace, context_of(request).signed_in, change)
    except (Conflict, Forbidden, NotFound) as refusal:
        return await _page(request, refusal)
    return onward(APPROVALS.address, "removed")


async def _page(request: Request, refusal: Refused | None = None) -> Response:
    draft, words, tag = await draft_of(request), context_of(request).words, tag_of(request)
    name = request.path_params["approval"]
    data = opened(request, draft)
    label = Names(draft, data, words.say, tag).label(data, name)
    crumbs = [
        Link(words.say(APPROVALS.title), APPROVALS.address),
        Link(label, APPROVALS.href(name)),
        Link(words.say(REMOVE), ""),
    ]
    notices = [Notice("bad", words.say(NOT_REMOVED), words.say(refusal.message))] if refusal else []
    page = RemovePage(
        head=head_of(request, draft, label, "trash-2", crumbs=crumbs, notices=notices),
        title=words.say(QUESTION(field=label)),
        text=words.say(TEXT),
        action=APPROVALS.href(name, "remove"),
        cancel_href=APPROVALS.href(name, "settings"),
        uses=(),
        refused=False,
        hidden=[Hidden("_seen", print_of(data))],
    )
    return await framed(request, "studio/remove.html", page, refusal.status if refusal else 200)
