"""Signing in and out."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guanxi.commands.people.sign_in import sign_in
from guanxi.commands.people.sign_out import sign_out
from guanxi.errors import N_, Refused, TooManyRequests, Unauthenticated
from guanxi.web.addresses import local
from guanxi.web.context import context_of
from guanxi.web.cookies import give_session, may_hold_session, take_session
from guanxi.web.forms import small_form
from guanxi.web.pages.bare import bare_page
from guanxi.web.rendering.views.frame import SignInPage

PATH = "/sign-in"
NEEDS_HTTPS = N_(
    "Signing in needs https. Put a proxy with a certificate before this server, or use it on its own machine."
)


async def show(request: Request) -> Response:
    """The sign-in page; who is signed in goes on."""
    next_ = local(request.query_params.get("next", ""))
    if context_of(request).actor is not None:
        return RedirectResponse(next_, 303)
    return _page(request, "", next_)


async def submit(request: Request) -> Response:
    """A session in a cookie, and off to where the person wanted to go."""
    form = await small_form(request, "email", "password", "next")
    next_ = local(form["next"])
    context = context_of(request)
    if not may_hold_session(request):
        return _page(request, form["email"], next_, context.words.say(NEEDS_HTTPS), 403)
    address = request.client.host if request.client else ""
    try:
        grant = await sign_in(context.workspace, form["email"], form["password"], address)
    except (Unauthenticated, TooManyRequests) as refusal:
        return _refused(request, form["email"], next_, refusal)
    # A session that the browser held before ends: a new one is never mixed with an old one.
    if context.actor is not None:
        await sign_out(context.workspace, context.actor)
    response = RedirectResponse(next_, 303)
    give_session(response, request, grant.token)
    return response


async def leave(request: Request) -> Response:
    """The session ends on the server, not only in the browser."""
    context = context_of(request)
    if context.actor is not None:
        await sign_out(context.workspace, context.actor)
    response = RedirectResponse(PATH, 303)
    take_session(response, request)
    # The browser forgets what it has stored of the pages, so Back shows nothing to the next person.
    response.headers["clear-site-data"] = '"cache"'
    return response


def _refused(request: Request, email: str, next_: str, refusal: Refused) -> Response:
    response = _page(request, email, next_, context_of(request).words.say(refusal.message), refusal.status)
    if isinstance(refusal, TooManyRequests):
        response.headers["retry-after"] = str(refusal.retry_after)
    return response


def _page(request: Request, email: str, next_: str, problem: str = "", status: int = 200) -> Response:
    page = SignInPage(email=email[:200], problem=problem, next=next_, action=PATH)
    return bare_page(request, "sign_in.html", page, f"{PATH}?{urlencode({'next': next_})}", status)
