"""Removing a field or an action: the question with its uses, then the deed."""

from starlette.requests import Request
from starlette.responses import Response

from guanxi.commands.studio.drafting import Definitions, print_of
from guanxi.commands.studio.edit_draft import edit_draft
from guanxi.commands.studio.fields import CHANGED, entity_in, field_in, remove_field
from guanxi.commands.studio.removal import left_in_use, places_of, uses_of_action
from guanxi.commands.studio.stages import action_in
from guanxi.definitions.labels import humanised, say
from guanxi.errors import N_, Conflict, Forbidden, Refused
from guanxi.studio.heads import draft_of, entity_href, entity_label, field_label, head_of, tag_of
from guanxi.studio.views import RemovePage
from guanxi.web.context import context_of
from guanxi.web.forms import small_form
from guanxi.web.pages.drawing import framed, onward
from guanxi.web.rendering.views.values import Hidden, Link, Notice

TITLE, REMOVE = N_("Remove {field}?"), N_("Remove")
TEXT = N_("Its values are kept aside. They are there again when you go back to a release that has the field.")
ACTION_TEXT = N_("Nobody can press it any more. What it has done stays.")
STILL_USED = N_("It is still used, so it cannot be removed. Change these places first.")
NOT_REMOVED = N_("This was not removed")


async def ask(request: Request) -> Response:
    """The question, with what shows the field, or with what stands against removing it."""
    return await _page(request)


async def confirm(request: Request) -> Response:
    """The field is removed from the draft with its places in layouts."""
    context, draft = context_of(request), await draft_of(request)
    entity, path = request.path_params["entity"], request.path_params["path"]
    seen = (await small_form(request, "_seen"))["_seen"]
    if await left_in_use(draft, entity, path):
        return await _page(request, Conflict(STILL_USED))

    def change(definitions: Definitions) -> None:
        if print_of(field_in(entity_in(definitions, entity), path)) != seen:
            raise Conflict(CHANGED)
        remove_field(definitions, entity, path)

    try:
        await edit_draft(context.workspace, context.signed_in, change)
    except Conflict as refusal:
        return await _page(request, refusal)
    return onward(entity_href(entity), "removed")


async def ask_action(request: Request) -> Response:
    """The question before an action is removed, with what names it."""
    return await _action_page(request)


async def confirm_action(request: Request) -> Response:
    """The action is removed from the draft, unless something names it."""
    context, draft = context_of(request), await draft_of(request)
    entity, name = request.path_params["entity"], request.path_params["action"]
    seen = (await small_form(request, "_seen"))["_seen"]
    if uses_of_action(draft, name):
        return await _action_page(request, Conflict(STILL_USED))

    def change(definitions: Definitions) -> None:
        if print_of(action_in(definitions, entity, name)) != seen:
            raise Conflict(CHANGED)
        del definitions["action", name]

    try:
        await edit_draft(context.workspace, context.signed_in, change)
    except (Conflict, Forbidden) as refusal:
        return await _action_page(request, refusal)
    return onward(entity_href(entity, "actions"), "removed")


async def _action_page(request: Request, refusal: Refused | None = None) -> Response:
    words, tag, draft = context_of(request).words, tag_of(request), await draft_of(request)
    entity, name = request.path_params["entity"], request.path_params["action"]
    action = action_in(draft.definitions, entity, name)
    label, used = say(action.get("label") or humanised(name), tag), uses_of_action(draft, name)
    here = entity_href(entity, "actions", name)
    notices = [Notice("bad", words.say(NOT_REMOVED), words.say(refusal.message))] if refusal else []
    page = RemovePage(
        head=head_of(
            request,
            draft,
            entity_label(draft, entity, tag),
            "trash-2",
            crumbs=[Link(label, here), Link(words.say(REMOVE), "")],
            entity=entity,
            notices=notices,
        ),
        title=words.say(TITLE(field=label)),
        text=words.say(STILL_USED if used else ACTION_TEXT),
        action=f"{here}/remove",
        cancel_href=here,
        uses=list(dict.fromkeys(words.say(use.where) for use in used)),
        refused=bool(used),
        hidden=[Hidden("_seen", print_of(action))],
    )
    return await framed(request, "studio/remove.html", page, refusal.status if refusal else 200)


async def _page(request: Request, refusal: Conflict | None = None) -> Response:
    words, tag, draft = context_of(request).words, tag_of(request), await draft_of(request)
    entity, path = request.path_params["entity"], request.path_params["path"]
    field = field_in(entity_in(draft.definitions, entity), path)
    label = field_label(draft, entity, path, tag)
    used = await left_in_use(draft, entity, path)
    places = used or places_of(draft, entity, path)
    notices = [Notice("bad", words.say(NOT_REMOVED), words.say(refusal.message))] if refusal else []
    page = RemovePage(
        head=head_of(
            request,
            draft,
            entity_label(draft, entity, tag),
            "trash-2",
            crumbs=[Link(label, entity_href(entity, "fields", path)), Link(words.say(REMOVE), "")],
            entity=entity,
            notices=notices,
        ),
        title=words.say(TITLE(field=label)),
        text=words.say(STILL_USED if used else TEXT),
        action=entity_href(entity, "fields", path, "remove"),
        cancel_href=entity_href(entity, "fields", path),
        uses=list(dict.fromkeys(words.say(use.where) for use in places)),
        refused=bool(used),
        hidden=[Hidden("_seen", print_of(field))],
    )
    return await framed(request, "studio/remove.html", page, refusal.status if refusal else 200)
