"""Which host names the server answers to, so that a foreign name cannot be rebound to it."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from guanxi.errors import N_
from guanxi.web.refusals import MisdirectedHost


class TrustedHosts:
    """Refuses requests whose Host header names none of the allowed hosts."""

    def __init__(self, app: ASGIApp, allowed: Sequence[str]) -> None:
        self.app = app
        self._names = frozenset(name.strip("[]") for name in allowed if not name.startswith("*"))
        self._suffixes = tuple(name[1:] for name in allowed if name.startswith("*."))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI.

        Raises:
            MisdirectedHost: the host is not ours.
        """
        if scope["type"] == "http" and not self.answers_to(Headers(scope=scope).getlist("host")):
            raise MisdirectedHost(
                N_("This server does not answer to that host name; add it to GUANXI_ALLOWED_HOSTS.")
            )
        await self.app(scope, receive, send)

    def answers_to(self, hosts: Sequence[str]) -> bool:
        """Whether exactly one Host header was sent and names us."""
        if len(hosts) != 1:
            return False
        name = _host_name(hosts[0])
        return bool(name) and (name in self._names or name.endswith(self._suffixes))


def _host_name(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        # Reading the port checks it.
        malformed = parts.username is not None or parts.path or (parts.port or 1) < 1
    except ValueError:
        return ""
    return "" if malformed else (parts.hostname or "")
