"""Which language a reply is in."""

from starlette.requests import HTTPConnection

from guanxi.commands.actor import Actor
from guanxi.web.cookies import LANGUAGE
from guanxi.web.rendering import Language, language, negotiate


def language_for(connection: HTTPConnection, actor: Actor | None) -> Language:
    """The language of the reply.

    A program says it with each request (Accept-Language). A person's choice in the page counts before the one
    of their account, and that before what the browser prefers.
    """
    accepted = connection.headers.get("accept-language")
    if actor is not None and actor.channel == "api" and accepted:
        return negotiate(accepted)
    chosen = connection.cookies.get(LANGUAGE) or (actor.locale if actor else None)
    return language(chosen) if chosen else negotiate(accepted)
