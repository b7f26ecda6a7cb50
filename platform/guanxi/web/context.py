"""What a handler knows of its request besides the request itself."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from guanxi.commands.actor import Actor
from guanxi.commands.workspace import Workspace
from guanxi.errors import N_, Unauthenticated
from guanxi.web.rendering import Catalog, Language, Renderer

SCOPE_KEY = "guanxi.context"


@dataclass(frozen=True, slots=True)
class RequestContext:
    """Who asks, in which language, of which workspace."""

    workspace: Workspace
    renderer: Renderer
    language: Language
    actor: Actor | None

    @property
    def words(self) -> Catalog:
        """The product's sentences in the reader's language."""
        return self.renderer.catalogs[self.language.tag]

    @property
    def signed_in(self) -> Actor:
        """The person who asks.

        Raises:
            Unauthenticated: nobody is signed in.
        """
        if self.actor is None:
            raise Unauthenticated(N_("Sign in first, or send a valid token."))
        return self.actor


def context_of(connection: HTTPConnection) -> RequestContext:
    """The context that the middleware put beside the request."""
    found: RequestContext = connection.scope[SCOPE_KEY]
    return found
