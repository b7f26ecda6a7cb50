"""Pages that say what went wrong and the way out."""

import re
from datetime import datetime
from urllib.parse import urlencode

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from guanxi.errors import N_, Refused, Text, Unauthenticated
from guanxi.web.cookies import chosen_theme
from guanxi.web.rendering import Catalog, Formats, Language, Renderer
from guanxi.web.rendering.views.frame import Bare, ErrorPage
from guanxi.web.rendering.views.values import Link
from guanxi.web.replies import headers_of

_TITLES: dict[int, tuple[Text, str]] = {
    403: (N_("Not allowed"), "shield-x"),
    404: (N_("Nothing here"), "search-x"),
    405: (N_("Not possible here"), "ban"),
    409: (N_("Not possible now"), "git-compare"),
    410: (N_("This link has been used"), "link-2-off"),
    412: (N_("Changed in the meantime"), "git-compare"),
    413: (N_("Too large"), "scaling"),
    422: (N_("This does not hold"), "triangle-alert"),
    428: (N_("Open it again"), "refresh-cw"),
    429: (N_("Too many attempts"), "hourglass"),
    500: (N_("Something went wrong"), "bug"),
    503: (N_("Back in a moment"), "hourglass"),
}
_OTHER = (N_("The request was not understood"), "circle-question-mark")
_BELOW_A_RECORD = re.compile(r"(/records/[a-z0-9_]+/[0-9]+)/")


def error_page(
    connection: HTTPConnection,
    refusal: Refused,
    renderer: Renderer,
    language: Language,
    now: datetime,
    reference: str = "",
) -> Response:
    """The page for a refusal; who is not signed in is led to the sign-in page and back."""
    if isinstance(refusal, Unauthenticated):
        return to_sign_in(connection)
    words = renderer.catalogs[language.tag]
    title, icon = _TITLES.get(refusal.status, _OTHER)
    page = ErrorPage(
        status=refusal.status,
        title=words.say(title),
        text=words.say(refusal.message),
        icon=icon,
        way_out=_way_out(connection, refusal, words),
        reference=reference,
    )
    bare = Bare(here=here(connection), theme=chosen_theme(connection))
    html = renderer.bare("error.html", page, bare, Formats(language, now))
    return HTMLResponse(html, refusal.status, headers_of(refusal))


def _way_out(connection: HTTPConnection, refusal: Refused, words: Catalog) -> Link:
    """From what a record's state does not allow, back to the record; else to the start page."""
    record = _BELOW_A_RECORD.match(connection.scope["path"])
    if refusal.status == 409 and record is not None:
        return Link(words.say(N_("Back to the record")), record.group(1))
    return Link(words.say(N_("To the start page")), "/")


def to_sign_in(connection: HTTPConnection) -> Response:
    """Off to the sign-in page; reading comes back to the same address afterwards."""
    is_htmx = "hx-request" in connection.headers
    query = ""
    if connection.scope["method"] == "GET" and not is_htmx and here(connection) != "/":
        query = "?" + urlencode({"next": here(connection)})
    return RedirectResponse(f"/sign-in{query}", 303)


def here(connection: HTTPConnection) -> str:
    """The path and query of the page."""
    query = connection.url.query
    return connection.url.path + (f"?{query}" if query else "")
