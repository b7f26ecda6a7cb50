"""Telling people something, in the transaction of what they are told about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from guanxi.commands.workspace import Turn
from guanxi.definitions.labels import Label, say
from guanxi.storage.deliveries import add_delivery
from guanxi.storage.jobs import Job, defer
from guanxi.storage.notifications import Recipient, Told, add_notifications, recipients

MAIL = "mail"
ABOUT = ("message", "entity", "record")
"""What the content of a mail calls what it is about."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is told, in each language; `href` is a page of the application that shows more.

    Each person is told once for a `key`: it names the occasion, such as `task 12 opened`. `about` says of
    which message of the definitions, and which record of which entity, a mail goes with.
    """

    key: str
    title: Label
    body: Label
    href: str = ""
    about: tuple[str, str, int] | None = None


async def tell(turn: Turn, people: Collection[int], message: Message, *, by_mail: bool = False) -> int:
    """Notify people, in the language of each, and send a mail too if wanted; returns how many are new.

    Whoever is not active is left out. What a message says must be what its recipient may see.
    """
    return sum(await tell_each(turn, [(people, message)], by_mail=by_mail))


async def tell_each(
    turn: Turn, messages: Sequence[tuple[Collection[int], Message]], *, by_mail: bool = False
) -> list[bool]:
    """Tell several messages at once, each to people of its own; whether each notice is new."""
    known = await recipients(turn.session, {person for people, _ in messages for person in people})
    told = [(one, message) for people, message in messages for one in known if one.user_id in people]
    if not told:
        return []
    notices = [_notice(one, message) for one, message in told]
    new = await add_notifications(turn.session, turn.now, notices)
    if by_mail:
        for (one, message), notice, first in zip(told, notices, new, strict=True):
            if first and one.email:
                await _mail(turn, one, notice, message)
    return new


def _notice(one: Recipient, message: Message) -> Told:
    title, body = say(message.title, one.language), say(message.body, one.language)
    return Told(one.user_id, message.key, title, body, message.href)


async def _mail(turn: Turn, one: Recipient, notice: Told, message: Message) -> None:
    content = {
        "name": one.name,
        "subject": notice.title,
        "text": notice.body or notice.title,
        "href": notice.href,
        "language": one.language,
    }
    if message.about is not None:
        content |= dict(zip(ABOUT, map(str, message.about), strict=True))
    await send_mail(turn, f"{message.key} {one.user_id}", one.email, content)


async def send_mail(turn: Turn, key: str, address: str, content: dict[str, str]) -> None:
    """Send a mail to an address once for a key, after the commit.

    `content` has `name`, `subject`, `text`, `language` (a tag) and `href` (a page of the application, or
    empty).
    """
    delivery = await add_delivery(turn.session, f"mail {key}", "mail", address, content, turn.now)
    if delivery is not None:
        await defer(turn.session, Job(MAIL, {"delivery": delivery}), turn.now)
