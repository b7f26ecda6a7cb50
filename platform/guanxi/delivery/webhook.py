"""Calling a webhook: one signed POST, no redirects, little patience."""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import httpx

from guanxi.delivery.destination import Network, resolve
from guanxi.delivery.outcome import NotDelivered, Rejected
from guanxi.delivery.signature import sign

SECONDS = 15
"""For everything together: resolving, connecting, sending, and the head of the reply."""
LARGEST = 256 * 1024
"""Bytes of a body."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent where. `key` stays the same however often it is sent."""

    url: str
    key: str
    body: bytes
    secret: str = field(repr=False)


async def call(request: Call, timestamp: int, allowed: Sequence[Network]) -> int:
    """Send it and return the status of the reply, which is 2xx; nothing of the reply's content is read.

    Raises:
        Rejected: the address may not be called, or the receiver said 410 Gone.
        NotDelivered: no reply in time, or another status; it may have been acted on, which `key` tells.
    """
    if len(request.body) > LARGEST:
        raise Rejected(f"The body has {len(request.body)} bytes; at most {LARGEST} are sent.")
    try:
        async with asyncio.timeout(SECONDS):
            status = await _post(request, timestamp, allowed)
    except (TimeoutError, httpx.HTTPError) as error:
        raise NotDelivered(f"No reply: {type(error).__name__} {error}".rstrip()) from error
    if 200 <= status < 300:
        return status
    if status == 410:
        raise Rejected("The receiver said 410 Gone.", status)
    told = "a redirect, which is not followed" if 300 <= status < 400 else "no success"
    raise NotDelivered(f"The receiver said {status}: {told}.", status)


async def _post(request: Call, timestamp: int, allowed: Sequence[Network]) -> int:
    where = await resolve(request.url, allowed)
    headers = {
        "host": where.host_header,
        "content-type": "application/json",
        "user-agent": "Guanxi",
        "idempotency-key": request.key,
        "guanxi-timestamp": str(timestamp),
        "guanxi-signature": sign(request.secret, timestamp, request.body),
    }
    # Proxies of the environment would resolve the name again; cookies and redirects have no business here.
    async with (
        httpx.AsyncClient(verify=_tls(), trust_env=False, follow_redirects=False, timeout=SECONDS) as client,
        client.stream(
            "POST",
            where.url,
            content=request.body,
            headers=headers,
            extensions={"sni_hostname": where.host},
        ) as reply,
    ):
        return reply.status_code


@cache
def _tls() -> ssl.SSLContext:
    """Made once: reading the certificates takes longer than the call."""
    return ssl.create_default_context()
