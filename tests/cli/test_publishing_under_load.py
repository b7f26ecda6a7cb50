"""A release goes live while four processes answer: each request sees one version, and none fails."""

import asyncio
import json
from itertools import chain

import httpx
import pytest

from tests.cli.test_serving import served

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
FIELD = {"type": "text", "label": {"en": "Channel"}}
REQUESTS = 100


def with_channel(program, folder):
    program("export", folder)
    path = folder / "packs" / "base" / "entities" / "account.json"
    data = json.loads(path.read_text("utf-8"))
    data["fields"]["channel"] = FIELD
    path.write_text(json.dumps(data), "utf-8")
    return folder


async def ask(client, number):
    reply = await client.post("/api/v1/records/account", json={"name": f"Customer {number}"})
    assert reply.status_code == 201, reply.text
    made = reply.json()
    found = await client.get(f"/api/v1/records/account/{made['id']}")
    assert found.status_code == 200, found.text
    changed = await client.patch(
        f"/api/v1/records/account/{made['id']}",
        json={"note": "seen"},
        headers={"If-Match": f'"{made["version"]}"'},
    )
    assert changed.status_code == 200, changed.text
    return [frozenset(one.json()) for one in (reply, found, changed)]


async def load(port, token, publish):
    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=REQUESTS, max_keepalive_connections=0)
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60, limits=limits
    ) as client:
        asked = [asyncio.create_task(ask(client, number)) for number in range(REQUESTS)]
        await asyncio.sleep(0.05)
        done = await asyncio.to_thread(publish)
        assert done.exit_code == 0, done.output
        shapes, _ = await asyncio.gather(asyncio.gather(*asked), asyncio.sleep(1))
        # Connections are new each time, so every process is asked.
        late = await asyncio.gather(*(ask(client, number) for number in range(16)))
    return set(chain(*shapes)), set(chain(*late))


def test_each_request_sees_one_release_and_none_fails(base, tmp_path):
    assert base("user", "add", "Li Wei", "li.wei@example.com", "--role", "rep").exit_code == 0
    token = base("token", "Li Wei").output.split()[-1]
    folder = with_channel(base, tmp_path / "export")
    with served(base.environ, "--workers", "4") as (port, _):
        shapes, late = asyncio.run(load(port, token, lambda: base("apply", folder)))
    assert len(late) == 1, "a second later every process knows"
    (new,) = late
    assert "channel" in new
    assert shapes <= {new, new - {"channel"}}
