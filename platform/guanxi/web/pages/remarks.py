"""Writing a remark on an approval: who is mentioned with @ is told, files go with it."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.approvals.comment_instance import comment_instance
from guanxi.commands.approvals.read_instance import read_instance
from guanxi.commands.files.upload_file import upload_file
from guanxi.commands.process_views import InstanceView
from guanxi.commands.views import PersonView
from guanxi.definitions.labels import say
from guanxi.errors import N_, Conflict, Forbidden, Invalid, NotFound, Refused, TooLarge
from guanxi.web.api.query import id_of
from guanxi.web.context import context_of
from guanxi.web.forms import read_form_with_files
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.pages.instances import INBOX, INSTANCES, REMARK
from guanxi.web.refusals import BadRequest
from guanxi.web.rendering.views.forms import Input
from guanxi.web.rendering.views.inbox import ActPage
from guanxi.web.rendering.views.values import Hidden, Link, Notice

NO_REMARKS = N_("This approval takes no remarks now.")
TEXT = N_("Everybody who may see this approval reads it. It changes no decision.")
YOUR_REMARK, FILE, ADD = N_("Your remark"), N_("File (optional)"), N_("Add the remark")
MENTION = N_("Write @ and a name to tell somebody: {names}")
UNEXPECTED = N_("The form has fields that are not expected here. Reload the page.")
MOST_FILES = 5
KNOWN = frozenset({"text", "_key"})


async def show(request: Request) -> Response:
    """The page."""
    return await _page(request, await _found(request))


async def add(request: Request) -> Response:
    """The remark is there; or the page says what is wrong."""
    context = context_of(request)
    view = await _found(request)
    pairs, files = await read_form_with_files(request, MOST_FILES)
    form = dict(pairs)
    if not set(form) <= KNOWN or any(one.field != "file" for one in files):
        raise BadRequest(UNEXPECTED)
    text = form.get("text", "").replace("\r\n", "\n")
    try:
        kept = [
            await upload_file(context.workspace, context.signed_in, one.name, one.content, pointer="/file")
            for one in files
        ]
        await comment_instance(
            context.workspace,
            context.signed_in,
            view.id,
            text,
            people=mentioned(text, _takers(view)),
            files=[one.id for one in kept],
            key=form.get("_key") or None,
        )
    except (Invalid, Conflict, Forbidden, TooLarge) as refusal:
        return await _page(request, view, text, refusal)
    return onward(f"{INSTANCES}/{view.id}", "remarked")


def mentioned(text: str, people: list[PersonView]) -> list[int]:
    """Those whose names stand in the text behind an @, each once."""
    folded = text.casefold()
    return [one.id for one in people if f"@{one.name.casefold()}" in folded]


def _takers(view: InstanceView) -> list[PersonView]:
    """Who takes part, as far as the card says."""
    card = view.card
    asked = [one for step in card.chain for one in (*step.people, step.by)] if card is not None else []
    everybody = [
        *([card.submitter] if card is not None else []),
        *(one for one in asked if one is not None),
        *(one.by for one in view.history if one.by is not None),
        *(one.person for one in view.copies),
    ]
    return list({one.id: one for one in everybody}.values())


async def _found(request: Request) -> InstanceView:
    context, id_ = context_of(request), id_of(request.path_params["id"])
    view = await read_instance(context.workspace, context.signed_in, id_)
    if not view.comment_at:
        raise NotFound(NO_REMARKS)
    return view


async def _page(
    request: Request, view: InstanceView, text: str = "", refusal: Refused | None = None
) -> Response:
    context = context_of(request)
    words, me, here = context.words, context.signed_in.user_id, f"{INSTANCES}/{view.id}"
    title = say(view.label, words.language.tag)
    about = f"{view.record.title} · {title}" if view.record is not None else title
    told = {one.field: words.say(one.message) for one in refusal.problems} if refusal is not None else {}
    others = " ".join(f"@{one.name}" for one in _takers(view) if one.id != me)
    inputs = [
        Input(
            name="text",
            label=words.say(YOUR_REMARK),
            widget="longText",
            value=text,
            wide=True,
            focus=True,
            help=words.say(MENTION(names=others)) if others else "",
            problem=told.get("/text", ""),
        )
    ]
    shown = "/text" in told
    notice = None
    if refusal is not None and not shown:
        notice = Notice("bad", words.say(refusal.message), " ".join(told.values()))
    page = ActPage(
        title=words.say(REMARK),
        icon="message-square-plus",
        about=about,
        text=words.say(TEXT),
        breadcrumb=[Link(words.say(INBOX), "/inbox"), Link(about, here), Link(words.say(REMARK), "")],
        action=f"{here}/remark",
        cancel=here,
        confirm=words.say(ADD),
        inputs=inputs,
        hidden=[Hidden("_key", context.workspace.clock.token())],
        notice=notice,
        file_label=words.say(FILE),
    )
    return await framed(request, "act.html", page, refusal.status if refusal is not None else 200)
