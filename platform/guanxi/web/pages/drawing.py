"""Drawing the pages inside the frame: navigation, badge, the New menu, confirmations."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from guanxi.commands.actor import Actor
from guanxi.commands.messaging.unread_count import unread_count
from guanxi.commands.tasks.count_tasks import count_tasks
from guanxi.definitions import Catalog
from guanxi.definitions.entity import Entity
from guanxi.errors import N_, Sentence
from guanxi.web.areas import Entry
from guanxi.web.context import RequestContext, context_of
from guanxi.web.cookies import chosen_theme
from guanxi.web.pages.errors import here
from guanxi.web.rendering import Formats
from guanxi.web.rendering.views.frame import Frame, NavItem, NavSection, Toast
from guanxi.web.rendering.views.values import Link, Person

Say = Callable[[Sentence | str], str]

TOASTS = {
    "saved": N_("Saved."),
    "created": N_("Created."),
    "deleted": N_("Deleted."),
    "done": N_("Done."),
    "approved": N_("Approved."),
    "rejected": N_("Rejected. The submitter sees your comment."),
    "assigned": N_("Assigned."),
    "returned": N_("Returned. It comes back to the inbox when it is submitted again."),
    "asked": N_("Asked. It is yours again when the reply is there."),
    "replied": N_("Reply sent."),
    "transferred": N_("Transferred. It is not yours to decide any more."),
    "delegated": N_("Passed on for advice. You decide when the reply is there."),
    "added": N_("Approver added."),
    "unasked": N_("Removed. This person is not asked any more."),
    "copied": N_("Copy sent."),
    "skipped": N_("Left out."),
    "claimed": N_("It is yours now."),
    "released": N_("Given back. The others can take it."),
    "moved": N_("Moved."),
    "cancelled": N_("Cancelled."),
    "reminded": N_("Reminder sent."),
    "remarked": N_("Remark added."),
    "away": N_("Saved. Your deputy decides for you on these days."),
    "back": N_("Your absence is over. You decide yourself again."),
    "away_other": N_("Saved. The deputy decides for them on these days."),
    "back_other": N_("The absence is over. They decide themselves again."),
    "held": N_("Submitted. Nobody may decide it yet, so an administrator assigns somebody."),
    "recalled": N_("Recalled. You can change it and submit it again."),
    "submitted": N_("Submitted."),
    "drafted": N_("Saved in the draft. It goes live when it is published."),
    "removed": N_("Removed from the draft. It goes live when it is published."),
    "renamed": N_("Renamed in the draft, wherever it is used."),
    "discarded": N_("Discarded."),
    "retried": N_("It is tried again now."),
    "read": N_("Marked as read."),
    "published": N_("Published. It is live now."),
    "rolledBack": N_("The earlier release is live again."),
}
"""What a page may be told to confirm, by the word in its address."""
KEYS = {"order": "o", "account": "a", "contact": "c", "product": "p", "activity": "v"}


async def framed(
    request: Request, template: str, page: object, status: int = 200, *, toast: Toast | None = None
) -> HTMLResponse:
    """A page inside the frame, for the person who is signed in; `toast` says more than the address can."""
    context = context_of(request)
    frame = await _frame(request, context)
    if toast is not None:
        frame = replace(frame, toasts=(toast,))
    html = context.renderer.page(template, page, frame, formats_of(request))
    return HTMLResponse(html, status)


def fragment(request: Request, template: str, page: object) -> HTMLResponse:
    """A piece of a page that a request from the page asks for."""
    return HTMLResponse(context_of(request).renderer.fragment(template, page, formats_of(request)))


def formats_of(request: Request) -> Formats:
    """How values are written for the reader."""
    context = context_of(request)
    workspace = context.workspace
    return Formats(
        context.language,
        workspace.clock.now(),
        workspace.settings.timezone,
        workspace.settings.currency,
    )


def onward(address: str, toast: str = "") -> Response:
    """Off to a page after something was done, with a confirmation."""
    separator = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{separator}said={quote(toast)}" if toast else address, 303)


def entity_href(entity: str, *rest: object) -> str:
    """The address of a list, a record, or something of it."""
    return "/".join(["/records", entity, *(str(part) for part in rest)])


async def _frame(request: Request, context: RequestContext) -> Frame:
    actor, workspace = context.signed_in, context.workspace
    catalog = await workspace.live()
    words = context.words
    path = request.url.path
    said = TOASTS.get(request.query_params.get("said", ""))
    return Frame(
        person=Person(actor.name),
        email=actor.email,
        here=here(request),
        theme=chosen_theme(request),
        waiting=(await count_tasks(workspace, actor)).all,
        unread=await unread_count(workspace, actor),
        at_inbox=path.startswith("/inbox"),
        sections=_navigation(catalog, actor, words.say, path),
        create=_create(catalog, actor, words.say),
        administration=_administration(request, catalog, actor, words.say),
        toasts=(Toast(words.say(said)),) if said is not None else (),
    )


def _navigation(catalog: Catalog, actor: Actor, say: Say, path: str) -> tuple[NavSection, ...]:
    sections = []
    for pack in catalog.packs.values():
        for group in pack.navigation:
            items = tuple(
                _item(catalog.entities[name], say, path)
                for name in group.entities
                if actor.access(catalog, catalog.entities[name], {}).may("read")
            )
            if items:
                sections.append(NavSection(say(group.label), items))
    return tuple(sections)


def _item(entity: Entity, say: Say, path: str) -> NavItem:
    href = entity_href(entity.name)
    current = path == href or path.startswith(f"{href}/")
    return NavItem(say(entity.plural), href, entity.icon, current, KEYS.get(entity.name, ""))


def _create(catalog: Catalog, actor: Actor, say: Say) -> tuple[Link, ...]:
    names = (name for pack in catalog.packs.values() for group in pack.navigation for name in group.entities)
    entities = [catalog.entities[name] for name in dict.fromkeys(names) if name != "user"]
    return tuple(
        Link(say(entity.label), entity_href(entity.name, "new"), entity.icon)
        for entity in entities
        if actor.access(catalog, entity, {}).may("create")
    )


def _administration(request: Request, catalog: Catalog, actor: Actor, say: Say) -> tuple[NavItem, ...]:
    path = request.url.path
    entries = (
        Entry(N_("People and access"), "/people", "shield", "people"),
        Entry(N_("Background work"), "/work", "activity", "process"),
        *request.app.state.entries,
    )
    return tuple(
        NavItem(say(entry.label), entry.href, entry.icon, path.startswith(entry.href))
        for entry in entries
        if actor.may(catalog, entry.right)
    )
