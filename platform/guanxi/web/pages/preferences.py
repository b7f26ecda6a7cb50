"""How a person wants pages to look: kept in the browser, so that it also holds before signing in."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from guanxi.web.addresses import local
from guanxi.web.cookies import LANGUAGE, THEME, THEMES, remember
from guanxi.web.forms import small_form
from guanxi.web.rendering import LANGUAGES


async def choose(request: Request) -> Response:
    """Language, theme or both; then back to the page."""
    form = await small_form(request, "language", "theme", "next")
    response = RedirectResponse(local(form["next"]), 303)
    if form["language"] in {language.tag for language in LANGUAGES}:
        remember(response, request, LANGUAGE, form["language"])
    if form["theme"] in THEMES:
        remember(response, request, THEME, form["theme"])
    return response
