"""Webhooks: signed, tried again with the same key, and never to an inner address."""

import asyncio
import hashlib
import hmac
import json
import ssl
from ipaddress import ip_address, ip_network

import pytest

from guanxi.cli.running import OPERATOR
from guanxi.commands.actor import SYSTEM
from guanxi.commands.messaging.calling import call_webhook
from guanxi.commands.messaging.deliver_webhook import deliver_webhook
from guanxi.commands.secrets.list_secrets import list_secrets
from guanxi.commands.secrets.store_secret import store_secret
from guanxi.delivery import webhook
from guanxi.delivery.destination import public, resolve
from guanxi.delivery.outcome import NotDelivered, Rejected
from guanxi.delivery.webhook import Call, call
from guanxi.errors import Invalid
from guanxi.storage.deliveries import deliveries
from guanxi.storage.jobs import GiveUp
from tests.web.site import open_site
from tests.work.catcher import Receiver, catching

pytestmark = pytest.mark.postgres
SECRET = "a secret of the receiver"
LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.fixture
async def receiver():
    async with catching(Receiver()) as one:
        yield one


@pytest.fixture
async def calling(database_url, tmp_path):
    async with open_site(database_url, tmp_path, GUANXI_WEBHOOK_NETWORKS="127.0.0.0/8") as opened:
        await store_secret(opened.workspace, OPERATOR, "webhook.billing", SECRET)
        yield opened


async def put(site, url, body, signed_by="webhook.billing"):
    async def work(turn):
        await call_webhook(turn, "order 7 won", url, body, signed_by)

    await site.workspace.write(SYSTEM, work)


async def stored(site):
    async with site.workspace.database.reading() as session:
        return await deliveries(session, 10)


async def test_a_call_is_signed_over_time_and_body(calling, receiver):
    await put(calling, f"http://127.0.0.1:{receiver.port}/hooks?a=1", {"order": "7", "客户": "华信"})
    (one,) = await stored(calling)
    await deliver_webhook(calling.workspace, one.id)
    ((line, headers, body),) = receiver.requests
    assert line == "POST /hooks?a=1 HTTP/1.1"
    assert json.loads(body) == {"order": "7", "客户": "华信"}
    signed = headers["guanxi-timestamp"].encode() + b"." + body
    assert (
        headers["guanxi-signature"] == "sha256=" + hmac.digest(SECRET.encode(), signed, hashlib.sha256).hex()
    )
    (sent,) = await stored(calling)
    assert (sent.state, sent.status) == ("sent", 200)
    assert SECRET not in str(sent)
    await deliver_webhook(calling.workspace, one.id)
    assert len(receiver.requests) == 1


async def test_it_is_tried_again_with_the_same_key_and_kept_in_the_end(calling, receiver):
    """Fault 23: answers 500, redirects inside."""
    receiver.answers = ["500 Oh", "302 Found\r\nLocation: http://127.0.0.1/latest/meta-data", "503 No"]
    await put(calling, f"http://127.0.0.1:{receiver.port}/", {})
    (one,) = await stored(calling)
    for status in (500, 302):
        with pytest.raises(NotDelivered, match=str(status)):
            await deliver_webhook(calling.workspace, one.id)
        assert (await stored(calling))[0].state == "waiting"
    with pytest.raises(GiveUp, match="503"):
        await deliver_webhook(calling.workspace, one.id, last=True)
    (failed,) = await stored(calling)
    assert (failed.state, failed.status, failed.attempts) == ("failed", 503, 3)
    assert len({headers["idempotency-key"] for _, headers, _ in receiver.requests}) == 1
    assert len(receiver.requests) == 3


async def test_a_receiver_that_hangs_is_left(receiver, monkeypatch):
    """Fault 23: hangs."""
    monkeypatch.setattr(webhook, "SECONDS", 0.3)
    receiver.answers = [None]
    begun = asyncio.get_running_loop().time()
    with pytest.raises(NotDelivered, match="No reply"):
        await call(Call(f"http://127.0.0.1:{receiver.port}/", "k", b"{}", SECRET), 0, LOOPBACK)
    assert asyncio.get_running_loop().time() - begun < 3


async def test_without_permission_nothing_inside_is_called(site, receiver):
    await store_secret(site.workspace, OPERATOR, "webhook.billing", SECRET)
    await put(site, f"http://127.0.0.1:{receiver.port}/", {})
    with pytest.raises(GiveUp, match="inner address"):
        await deliver_webhook(site.workspace, (await stored(site))[0].id)
    assert receiver.requests == []
    assert (await stored(site))[0].state == "failed"


async def test_a_name_that_answers_otherwise_the_second_time_is_not_asked_twice(receiver, monkeypatch):
    asked = []

    async def once(host, port, **more):
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))] if len(asked) == 1 else 1 / 0

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", once)
    where = await resolve(f"http://shop.example.org:{receiver.port}/x", LOOPBACK)
    assert where.url == f"http://127.0.0.1:{receiver.port}/x"
    assert (where.host, where.host_header) == ("shop.example.org", f"shop.example.org:{receiver.port}")
    assert asked == ["shop.example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.1.2.3",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "::127.0.0.1", "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_inner_addresses_are_known_in_every_dress(address):
    assert not public(ip_address(address))


def test_addresses_of_the_internet_may_be_called():
    assert public(ip_address("93.184.215.14"))
    assert public(ip_address("2606:2800:21f:cb07:6820:80da:af6b:8b2c"))


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "https://", "http://93.184.215.14/", "https://user:word@example.org/",
     "https://example.org:0/", "https://example.org:99999/", "file:///etc/passwd",
     "https://2130706433/", "https://0x7f.1/", "https://[::ffff:10.0.0.1]/"],
)  # fmt: skip
async def test_other_addresses_are_refused(url):
    with pytest.raises((Rejected, NotDelivered)) as refused:
        await resolve(url, ())
    assert refused.value.status is None


async def test_a_certificate_is_asked_for_by_name():
    assert webhook._tls().verify_mode is ssl.CERT_REQUIRED
    assert webhook._tls().check_hostname


async def test_without_its_secret_nothing_is_sent(calling, receiver):
    await put(calling, f"http://127.0.0.1:{receiver.port}/", {}, signed_by="webhook.other")
    with pytest.raises(GiveUp, match="no secret"):
        await deliver_webhook(calling.workspace, (await stored(calling))[0].id)
    assert receiver.requests == []


async def test_secrets_are_named_and_never_shown(calling):
    assert await list_secrets(calling.workspace, OPERATOR) == ["webhook.billing"]
    for name, value in (("Wrong Name", SECRET), ("short", "x")):
        with pytest.raises(Invalid):
            await store_secret(calling.workspace, OPERATOR, name, value)
    async with calling.workspace.database.reading() as session:
        kept = await session.fetch("SELECT detail FROM g_audit WHERE verb = 'set secret'")
    assert kept
    assert not any(SECRET in row["detail"] for row in kept)


async def test_too_much_is_not_accepted(calling):
    with pytest.raises(Invalid):
        await put(calling, "https://example.org/", {"text": "x" * 300_000})
    assert await stored(calling) == []
