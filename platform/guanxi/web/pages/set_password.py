"""The one-time link: a person chooses a password and is signed in."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guanxi.commands.people.accept_invitation import accept_invitation
from guanxi.commands.people.passwords import SHORTEST
from guanxi.commands.people.read_invitation import read_invitation
from guanxi.errors import Invalid
from guanxi.web.context import context_of
from guanxi.web.cookies import give_session, may_hold_session
from guanxi.web.forms import small_form
from guanxi.web.pages.bare import bare_page
from guanxi.web.rendering.views.frame import SetPasswordPage


async def show(request: Request) -> Response:
    """The form; looking does not use the link up."""
    return await _page(request)


async def submit(request: Request) -> Response:
    """The password is kept, the link is used up, and the person is in."""
    context = context_of(request)
    form = await small_form(request, "password")
    token = request.path_params["token"]
    try:
        grant = await accept_invitation(context.workspace, token, form["password"])
    except Invalid as refusal:
        return await _page(request, context.words.say(refusal.message), refusal.status)
    if not may_hold_session(request):
        return RedirectResponse("/sign-in", 303)
    response = RedirectResponse("/", 303)
    give_session(response, request, grant.token)
    return response


async def _page(request: Request, problem: str = "", status: int = 200) -> Response:
    context = context_of(request)
    token = request.path_params["token"]
    invited = await read_invitation(context.workspace, token)
    path = request.url.path
    page = SetPasswordPage(
        name=invited.name, email=invited.email, action=path, problem=problem, minimum=SHORTEST
    )
    return bare_page(request, "set_password.html", page, path, status)
