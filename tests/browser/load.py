"""People at work through the API while something else goes on."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count

import httpx

AT_ONCE = 20
"""Connections; each asks again as soon as it is answered."""


class Load:
    """Everything that was answered: the keys of each record, in the order of the answers."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.shapes: list[frozenset[str]] = []
        self.over = threading.Event()
        self._numbers = count(1)

    def work(self) -> None:
        """Add a customer, read it, change it, until told to stop."""
        while not self.over.is_set():
            name = f"Customer at work {next(self._numbers)}"
            made = self._asked(self.client.post("/api/v1/records/account", json={"name": name}), 201)
            here = f"/api/v1/records/account/{made['id']}"
            self._asked(self.client.get(here), 200)
            headers = {"If-Match": f'"{made["version"]}"'}
            self._asked(self.client.patch(here, json={"city": "Ningbo"}, headers=headers), 200)

    def _asked(self, reply: httpx.Response, status: int) -> dict:
        assert reply.status_code == status, reply.text
        self.shapes.append(frozenset(reply.json()))
        return reply.json()


@contextmanager
def under_load(address: str, token: str):
    """Requests all the time inside; leaving waits for the last of them and tells the first that failed."""
    headers = {"Authorization": f"Bearer {token}"}
    # Connections are new each time, so that every process is asked.
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=0)
    with (
        httpx.Client(base_url=address, headers=headers, timeout=60, limits=limits) as client,
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):
        load = Load(client)
        working = [threads.submit(load.work) for _ in range(AT_ONCE)]
        try:
            yield load
        finally:
            load.over.set()
        for one in working:
            one.result()
