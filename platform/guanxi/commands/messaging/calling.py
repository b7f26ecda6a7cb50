"""Calling programs outside, in the transaction of what they are told about."""

from collections.abc import Mapping
from typing import Any

import orjson

from guanxi.commands.workspace import Turn
from guanxi.delivery.webhook import LARGEST
from guanxi.errors import N_, Invalid
from guanxi.storage.deliveries import add_delivery
from guanxi.storage.jobs import Job, defer

WEBHOOK = "webhook"
TOO_LARGE = N_("A webhook cannot carry that much. Send fewer fields.")


async def call_webhook(turn: Turn, key: str, url: str, body: Mapping[str, Any], secret: str) -> None:
    """Call a web address once for a key, after the commit, signed with the secret of this name.

    Raises:
        Invalid: the body is larger than is sent.
    """
    if len(orjson.dumps(dict(body))) > LARGEST:
        raise Invalid(TOO_LARGE)
    content = {"body": dict(body), "secret": secret}
    delivery = await add_delivery(turn.session, f"webhook {key}", "webhook", url, content, turn.now)
    if delivery is not None:
        await defer(turn.session, Job(WEBHOOK, {"delivery": delivery}), turn.now)
