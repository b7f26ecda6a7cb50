"""A process is killed while it sends: a mail goes out at most once, a webhook keeps its key."""

import asyncio
import os
import sys
import time

import pytest

from guanxi.clock import SystemClock
from guanxi.commands.actor import SYSTEM
from guanxi.commands.messaging.calling import call_webhook
from guanxi.commands.messaging.telling import send_mail
from guanxi.commands.workspace import Workspace
from guanxi.settings import from_environ
from guanxi.storage.deliveries import deliveries
from guanxi.storage.jobs import count_failed
from guanxi.storage.secrets import set_secret
from tests.work.catcher import MailCatcher, Receiver, catching

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
SENDER = """
import asyncio, os, sys
from dataclasses import replace
from datetime import timedelta
from guanxi.clock import SystemClock
from guanxi.commands.messaging import deliver_mail, deliver_webhook
from guanxi.commands.workspace import Workspace
from guanxi.settings import from_environ
from guanxi.worker.running import work_of, working

def dying(send):
    async def sending(*given):
        if sys.argv[1] == "before":
            os.kill(os.getpid(), 9)
        result = await send(*given)
        if sys.argv[1] == "after":
            os.kill(os.getpid(), 9)
        return result
    return sending

deliver_mail.hand_in = dying(deliver_mail.hand_in)
deliver_webhook.call = dying(deliver_webhook.call)

async def main():
    workspace = await Workspace.open(from_environ(os.environ), SystemClock())
    work = replace(work_of(workspace), lease=timedelta(seconds=1.5), again=lambda n, e: (
        None if type(e).__name__ == "GiveUp" else timedelta(seconds=0.1)))
    async with working(workspace, (), work):
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def killed_while_sending(environ, point, prepare):
    """What became of the delivery, after a process was killed and another took over."""
    workspace = await Workspace.open(from_environ(environ), SystemClock())
    processes = []

    async def start(where):
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SENDER, where, env=os.environ | environ
        )
        processes.append(process)
        return process

    try:
        await workspace.write(SYSTEM, prepare)
        assert await asyncio.wait_for((await start(point)).wait(), 20) == -9
        await start("never")
        begun = time.monotonic()
        while time.monotonic() - begun < 15:
            async with workspace.database.reading() as session:
                (one,) = await deliveries(session, 2)
                failed = await count_failed(session)
            if one.state == "sent" or failed:
                return one
            await asyncio.sleep(0.1)
        raise AssertionError("nobody took it over in time")
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
                await process.wait()
        await workspace.close()


@pytest.mark.parametrize(("point", "sent"), [("before", 0), ("after", 1)])
async def test_a_mail_is_never_sent_twice(database_url, tmp_path, point, sent):
    """Fault 3."""

    async def prepare(turn):
        content = {"name": "Emma", "subject": "Hello", "text": "Hello", "language": "en", "href": ""}
        await send_mail(turn, "once", "emma@example.org", content)

    async with catching(MailCatcher()) as catcher:
        environ = {
            "GUANXI_DATABASE_URL": database_url,
            "GUANXI_HOME": str(tmp_path),
            "GUANXI_MAIL_HOST": "127.0.0.1",
            "GUANXI_MAIL_PORT": str(catcher.port),
            "GUANXI_MAIL_SECURITY": "none",
            "GUANXI_MAIL_SENDER": "crm@example.org",
        }
        delivery = await killed_while_sending(environ, point, prepare)
        assert len(catcher.mails) == sent
    assert delivery.state == "doubtful"


@pytest.mark.parametrize(("point", "sent"), [("before", 1), ("after", 2)])
async def test_a_webhook_that_is_sent_again_has_the_same_key(database_url, tmp_path, point, sent):
    """Fault 3: one effect at a receiver that knows the key."""
    async with catching(Receiver()) as receiver:

        async def prepare(turn):
            await set_secret(turn.session, "webhook.billing", "a secret of the receiver")
            url = f"http://127.0.0.1:{receiver.port}/"
            await call_webhook(turn, "once", url, {"order": "7"}, "webhook.billing")

        environ = {
            "GUANXI_DATABASE_URL": database_url,
            "GUANXI_HOME": str(tmp_path),
            "GUANXI_WEBHOOK_NETWORKS": "127.0.0.0/8",
        }
        delivery = await killed_while_sending(environ, point, prepare)
        assert len(receiver.requests) == sent
        assert len({headers["idempotency-key"] for _, headers, _ in receiver.requests}) == 1
    assert delivery.state == "sent"
