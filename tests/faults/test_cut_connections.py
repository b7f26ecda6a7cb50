"""Faults 14 and 15 as a client of the API meets them; the storage itself is tried in `tests/storage`."""

import asyncio

import asyncpg
import pytest

from guanxi.storage.postgres import PostgresSession
from tests.web.crm import make_crm
from tests.web.site import open_site

pytestmark = pytest.mark.postgres
POOL = 4


async def cut(url):
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()


@pytest.fixture
async def crm_and_url(database_url, tmp_path):
    async with open_site(database_url, tmp_path, GUANXI_POOL_SIZE=str(POOL)) as site:
        yield await make_crm(site), database_url


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_all_connections_cut(crm_and_url):
    """Fault 14: at most as many errors as there were connections, then all is well."""
    crm, url = crm_and_url
    await asyncio.gather(*(crm.rep.get("/api/v1/records/order") for _ in range(8)))
    await cut(url)
    replies = await asyncio.gather(
        *(crm.rep.post("/api/v1/records/order", json=crm.order("5")) for _ in range(20))
    )
    failed = [reply for reply in replies if reply.status_code != 201]
    assert len(failed) <= POOL
    assert {reply.status_code for reply in failed} <= {503}
    assert (await crm.rep.post("/api/v1/records/order", json=crm.order("5"))).status_code == 201
    items = (await crm.rep.get("/api/v1/records/order")).json()["items"]
    assert len(items) == 20 - len(failed) + 1


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_connection_cut_inside_a_command(crm_and_url, monkeypatch):
    """Fault 15: rolled back, 503 that says to try again, and the next request is fine."""
    crm, url = crm_and_url
    honest, left = PostgresSession.commit, [1]

    async def commit(session):
        if left:
            left.clear()
            await cut(url)
        await honest(session)

    monkeypatch.setattr(PostgresSession, "commit", commit)
    reply = await crm.rep.post("/api/v1/records/order", json=crm.order("5"))
    assert reply.status_code == 503, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in reply.text
    assert (await crm.rep.get("/api/v1/records/order")).json()["items"] == []
    assert (await crm.rep.post("/api/v1/records/order", json=crm.order("5"))).status_code == 201
