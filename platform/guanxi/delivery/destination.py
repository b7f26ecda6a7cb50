"""Where a webhook may go: its address is resolved once, judged, and kept to.

A name may answer with an inner address, or with another one the second time it is asked; so what was judged
is what is connected to.
"""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from guanxi.delivery.outcome import NotDelivered, Rejected

Network = IPv4Network | IPv6Network
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Destination:
    """An https address of which is known to which machine it leads; `url` names the machine by number."""

    url: str
    host: str
    host_header: str


async def resolve(url: str, allowed: Sequence[Network]) -> Destination:
    """Find out where an address leads, and whether it may.

    Inner addresses (private, loopback, link-local, those of cloud metadata) and plain http are refused, but
    for the networks that the operator allows.

    Raises:
        Rejected: it may not be called.
        NotDelivered: the name has no address at the moment.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in ("https", "http") or not parts.hostname or port == 0 or len(url) > LONGEST:
        raise Rejected("The address of the webhook is not a web address.")
    if parts.username is not None or parts.password is not None:
        raise Rejected("The address of the webhook holds a name or a password; nothing is sent there.")
    port = port or (443 if parts.scheme == "https" else 80)
    found = await _addresses(parts.hostname, port)
    inside = [any(_within(one, network) for network in allowed) for one in found]
    for address, known in zip(found, inside, strict=True):
        if not (known or public(address)):
            raise Rejected(f"{parts.hostname} leads to the inner address {address}; nothing is sent there.")
    if parts.scheme == "http" and not all(inside):
        raise Rejected("The address of the webhook is not https.")
    number = f"[{found[0]}]" if found[0].version == 6 else str(found[0])
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return Destination(f"{parts.scheme}://{number}:{port}{path}{query}", parts.hostname, parts.netloc)


def public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the open Internet, looking into IPv6 addresses that carry an IPv4 one."""
    if isinstance(address, IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour
        if carried is None and address in IPv6Network("64:ff9b::/96"):
            carried = IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return public(carried)
        if address.is_site_local or address.teredo is not None or address in IPv6Network("::/96"):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def _addresses(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    try:
        answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotDelivered(f"The name {host} has no address: {error}") from error
    return list(dict.fromkeys(ip_address(str(sockaddr[0]).partition("%")[0]) for *_, sockaddr in answers))


def _within(address: IPv4Address | IPv6Address, network: Network) -> bool:
    return address.version == network.version and address in network
