"""Deliver a webhook."""

import hashlib

import orjson

from guanxi.commands.messaging.progress import begin, end, failed
from guanxi.commands.workspace import Workspace
from guanxi.delivery.outcome import NotDelivered, Rejected
from guanxi.delivery.webhook import Call, call
from guanxi.storage.secrets import secret_of


async def deliver_webhook(workspace: Workspace, delivery_id: int, *, last: bool = False) -> None:
    """Call a webhook, signed; however often that is tried, its idempotency key is the same.

    `last`: when this fails it is not tried again.

    Raises:
        NotDelivered: no success was answered; try again.
        GiveUp: it will not be called by itself.
    """
    delivery = await begin(workspace, delivery_id)
    if delivery is None:
        return
    name = delivery.content["secret"]
    async with workspace.database.reading() as session:
        secret = await secret_of(session, name)
    try:
        if secret is None:
            raise Rejected(f"There is no secret called {name!r} to sign with; set it by `guanxi secret set`.")
        key = hashlib.sha256(delivery.key.encode()).hexdigest()
        body = orjson.dumps(delivery.content["body"])
        timestamp = int(workspace.clock.now().timestamp())
        request = Call(delivery.target, key, body, secret)
        status = await call(request, timestamp, workspace.settings.webhook_networks)
    except NotDelivered as error:
        raise await failed(workspace, delivery, error, last=last) from error
    await end(workspace, delivery, "sent", status)
