"""The cookies: who is signed in, and how the person wants pages to look.

Over https the session cookie carries the `__Host-` prefix, so no other host or path can set it. Browsers drop
such a cookie over plain http, so there the name is plain, and only on loopback: elsewhere nobody can sign in
without https.
"""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from guanxi.web.rendering.views.frame import Theme

SESSION = "guanxi_session"
LANGUAGE = "guanxi_language"
THEME = "guanxi_theme"
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_A_YEAR = 365 * 24 * 3600


def is_https(connection: HTTPConnection) -> bool:
    """Whether the browser reached us over https (a proxy on loopback says so for it)."""
    return connection.url.scheme == "https"


def may_hold_session(connection: HTTPConnection) -> bool:
    """Whether a session cookie may be given here: over https, or on loopback."""
    return is_https(connection) or (connection.url.hostname or "") in _LOOPBACK


def session_cookie_name(connection: HTTPConnection) -> str:
    """The name under which this connection's session cookie goes."""
    return f"__Host-{SESSION}" if is_https(connection) else SESSION


def session_token(connection: HTTPConnection) -> str | None:
    """The session token that the browser sent, if any."""
    return connection.cookies.get(session_cookie_name(connection)) or None


def give_session(response: Response, connection: HTTPConnection, token: str) -> None:
    """Set the session cookie; it ends with the browser, or earlier when the session expires."""
    response.set_cookie(
        session_cookie_name(connection),
        token,
        path="/",
        secure=is_https(connection),
        httponly=True,
        samesite="lax",
    )


def take_session(response: Response, connection: HTTPConnection) -> None:
    """Remove the session cookie."""
    response.delete_cookie(
        session_cookie_name(connection),
        path="/",
        secure=is_https(connection),
        httponly=True,
        samesite="lax",
    )


def remember(response: Response, connection: HTTPConnection, name: str, value: str) -> None:
    """Keep a choice of looks (language, theme) for a year."""
    response.set_cookie(
        name, value, max_age=_A_YEAR, path="/", secure=is_https(connection), httponly=True, samesite="lax"
    )


def chosen_theme(connection: HTTPConnection) -> Theme:
    """The theme that the person chose: auto, light or dark."""
    chosen = connection.cookies.get(THEME)
    return next((theme for theme in THEMES if theme == chosen), "auto")
