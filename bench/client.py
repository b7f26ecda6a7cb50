"""A keep-alive HTTP/1.1 client that costs less than what it measures: prebuilt requests over raw sockets."""

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

HOST = "127.0.0.1"
_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


class UnexpectedAnswer(Exception):
    """The server answered with another status than the measure expects; the message holds the answer."""


@dataclass(frozen=True)
class Reply:
    """Status and body."""

    status: int
    body: bytes


class Source(Protocol):
    """Requests that cannot be written before those sent earlier are answered."""

    def next(self) -> bytes:
        """The next one."""


Requests = Sequence[bytes | Source]


def request_bytes(
    method: str, target: str, token: str, body: bytes | None = None, version: int | None = None
) -> bytes:
    """A whole request, ready to be written; `version` is what it was made on."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {HOST}", f"Authorization: Bearer {token}"]
    if version is not None:
        lines.append(f'If-Match: "{version}"')
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + _HEAD_END + (body or b"")


class Connection(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        """Start without an answer awaited."""
        self._buffer = b""
        self._reply: asyncio.Future[Reply] | None = None
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport to write to."""
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        """Settle the awaited reply once its body is complete."""
        self._buffer += data
        head, found, body = self._buffer.partition(_HEAD_END)
        if not found or self._reply is None:
            return
        start = head.lower().find(_LENGTH) + len(_LENGTH)
        length = int(head[start:].split(b"\r\n", 1)[0])
        if len(body) >= length:
            self._buffer = b""
            self._reply.set_result(Reply(int(head[9:12]), body))

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail a request that is still waiting."""
        if self._reply is not None and not self._reply.done():
            self._reply.set_exception(exc or ConnectionError("The server closed the connection"))

    async def send(self, request: bytes) -> Reply:
        """The reply to the request."""
        if self._transport is None:
            raise ConnectionError("Not connected")
        self._reply = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._reply

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


async def connect(port: int) -> Connection:
    """A connection to the server on the loopback port."""
    _, connection = await asyncio.get_running_loop().create_connection(Connection, HOST, port)
    return connection


async def sequential(port: int, requests: Requests, expected: int, seconds: float, most: int) -> list[float]:
    """Latencies in ms of one request after the other, for so many seconds or requests."""
    connection = await connect(port)
    try:
        return await _drive(connection, itertools.cycle(requests), expected, seconds, most)
    finally:
        connection.close()


async def concurrent(port: int, requests: Requests, expected: int, seconds: float, connections: int) -> float:
    """Milliseconds a request, elapsed time over requests served on so many connections at once."""
    opened = [await connect(port) for _ in range(connections)]
    source = itertools.cycle(requests)
    started = time.perf_counter()
    try:
        latencies = await asyncio.gather(*(_drive(c, source, expected, seconds, 1_000_000) for c in opened))
    finally:
        for connection in opened:
            connection.close()
    return (time.perf_counter() - started) * 1000 / sum(map(len, latencies))


async def _drive(
    connection: Connection,
    source: "Iterator[bytes | Source]",
    expected: int,
    seconds: float,
    most: int,
) -> list[float]:
    latencies: list[float] = []
    now = time.perf_counter()
    end = now + seconds
    while now < end and len(latencies) < most:
        request = next(source)
        reply = await connection.send(request if isinstance(request, bytes) else request.next())
        after = time.perf_counter()
        if reply.status != expected:
            raise UnexpectedAnswer(f"{reply.status} instead of {expected}: {reply.body[:500]!r}")
        latencies.append((after - now) * 1000)
        now = after
    return latencies
