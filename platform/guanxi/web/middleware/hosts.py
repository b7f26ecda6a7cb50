"""Which host names the server answers to, so that a foreign name cannot be rebound to it."""

import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from guanxi.errors import N_
from guanxi.web.refusals import MisdirectedHost

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::[1-9][0-9]{0,4})?", re.ASCII)


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
    match = _HOST.fullmatch(host.lower())
    return match[1].strip("[]") if match else ""
