"""What a page says when a request could not be carried out."""

from guanxi.errors import N_, Text
from guanxi.web.rendering.catalogs import Catalog
from guanxi.web.rendering.views.frame import ErrorPage
from guanxi.web.rendering.views.values import Link

_WORDS: dict[int, tuple[Text, Text, str]] = {
    400: (
        N_("That request was not understood"),
        N_("Go back, reload the page and try again."),
        "circle-alert",
    ),
    403: (
        N_("This is not yours to do"),
        N_("Your role does not allow it. If you need it for your work, ask your administrator."),
        "lock",
    ),
    404: (
        N_("There is nothing here"),
        N_("It may have been deleted, or it is not among what you may see."),
        "search-x",
    ),
    409: (
        N_("Somebody was faster"),
        N_("What you saw has changed meanwhile. Look at it again, then decide."),
        "git-merge",
    ),
    410: (
        N_("This link has been used or has expired"),
        N_("One-time links work once. Ask your administrator for a new one."),
        "link-2-off",
    ),
    413: (
        N_("That is too much at once"),
        N_("Send less: shorter texts or fewer lines."),
        "circle-alert",
    ),
    422: (
        N_("Something in it does not hold"),
        N_("Go back, correct it and send it again."),
        "circle-alert",
    ),
    429: (
        N_("Too many attempts"),
        N_("Wait a little, then try again. Nothing is locked for good."),
        "hourglass",
    ),
    500: (
        N_("That went wrong on our side"),
        N_("Nothing was changed. Try again; if it happens again, tell your administrator."),
        "server-crash",
    ),
    503: (
        N_("Not available just now"),
        N_("The database did not answer in time. Nothing was changed. Try again in a moment."),
        "server-crash",
    ),
}
_BY_CLASS = {4: 400, 5: 500}


def error_page(
    status: int, catalog: Catalog, *, text: str = "", home: str = "/", reference: str = ""
) -> ErrorPage:
    """The page for an HTTP status, in product words.

    `text` replaces the second sentence where the refusal itself says more (already translated); `reference` is
    what an administrator looks for in the log.
    """
    title, usual, symbol = _WORDS.get(status) or _WORDS[_BY_CLASS.get(status // 100, 500)]
    return ErrorPage(
        status=status,
        title=catalog.say(title),
        text=text or catalog.say(usual),
        icon=symbol,
        way_out=Link(catalog.say(N_("Back to the start")), home),
        reference=reference,
    )
