"""Deliver a mail."""

import hashlib

from guanxi.commands.messaging.progress import begin, end, failed
from guanxi.commands.workspace import Workspace
from guanxi.definitions.labels import say
from guanxi.delivery.letter import Letter, mime
from guanxi.delivery.outcome import Doubtful, NotDelivered, Rejected
from guanxi.delivery.smtp import hand_in
from guanxi.storage.deliveries import Delivery

OPEN = {"en": "Open in Guanxi (you may have to sign in):", "zh-CN": "在 Guanxi 中打开（可能需要登录）："}


async def deliver_mail(workspace: Workspace, delivery_id: int, *, last: bool = False) -> None:
    """Hand a mail to the mail server, at most once.

    A mail server knows no idempotency key: when the process died while it sent, nobody knows whether the mail
    is on its way, so it is left to an administrator. Without a mail account mails are noted and not sent.
    `last`: when this fails it is not tried again.

    Raises:
        NotDelivered: it was not sent; try again.
        GiveUp: it will not be sent by itself.
    """
    account = workspace.settings.mail
    delivery = await begin(workspace, delivery_id)
    if delivery is None:
        return
    if account is None:
        await end(workspace, delivery, "skipped")
        return
    try:
        if delivery.state == "sending":
            raise Doubtful("The process died while it sent this mail, so it may have arrived.")
        try:
            message = mime(
                _letter(workspace, delivery), account.sender, _id(delivery.key), workspace.clock.now()
            )
        except ValueError as error:
            raise Rejected(f"This mail cannot be written: {error}") from error
        await hand_in(account, message)
    except NotDelivered as error:
        raise await failed(workspace, delivery, error, last=last) from error
    await end(workspace, delivery, "sent")


def _letter(workspace: Workspace, delivery: Delivery) -> Letter:
    content = delivery.content
    base = workspace.settings.public_url
    href = content["href"]
    return Letter(
        to=delivery.target,
        to_name=content["name"],
        subject=content["subject"],
        text=content["text"],
        language=content["language"],
        link=f"{base}{href}" if base and href else "",
        link_text=say(OPEN, content["language"]),
    )


def _id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]
